package org.palimpsest.ui.queue;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// The panel of runs. Confined to the JavaFX thread.
public final class QueueView implements FxmlView<QueueViewModel> {
    @FXML private Label count;
    @FXML private VBox empty;
    @FXML private VBox rows;
    @InjectViewModel private QueueViewModel viewModel;

    private final Map<UUID, RunRow> known = new HashMap<>();

    public void initialize() {
        viewModel.runs().addListener((ListChangeListener<QueuedRun>) _ -> show());
        show();
    }

    /// Rows stay the same for as long as their runs do, so that a progress report does not take the focus away.
    private void show() {
        var runs = viewModel.runs();
        Set<UUID> gone = new HashSet<>(known.keySet());
        var nodes = new ArrayList<Node>();
        for (var run : runs) {
            gone.remove(run.id());
            var row = known.computeIfAbsent(run.id(), _ -> new RunRow(viewModel));
            row.show(run);
            nodes.add(row);
        }
        gone.forEach(known::remove);
        if (!rows.getChildren().equals(nodes)) {
            rows.getChildren().setAll(nodes);
        }
        int left = viewModel.leftProperty().get();
        count.setText(left == 0 ? "" : Integer.toString(left));
        empty.setVisible(runs.isEmpty());
        empty.setManaged(runs.isEmpty());
    }
}
