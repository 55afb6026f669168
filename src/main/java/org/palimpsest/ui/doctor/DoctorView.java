package org.palimpsest.ui.doctor;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.ArrayList;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.control.Cards;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The page of the doctor. Confined to the JavaFX thread.
public final class DoctorView implements FxmlView<DoctorViewModel> {
    @FXML private HBox choice;
    @FXML private Label modelLabel;
    @FXML private ComboBox<Boolean> model;
    @FXML private Button again;
    @FXML private Button copy;
    @FXML private HBox busy;
    @FXML private Label step;
    @FXML private VBox content;

    @InjectViewModel private DoctorViewModel viewModel;

    public void initialize() {
        model.getItems().setAll(false, true);
        model.setConverter(
                new TitleConverter<>(
                        used -> Texts.get(used ? "doctor.model.inUse" : "doctor.model.bundled")));
        model.setAccessibleText(Texts.get("doctor.model"));
        modelLabel.setLabelFor(model);
        model.valueProperty()
                .addListener((_, _, now) -> {
                    if (now != null) {
                        viewModel.withModelInUseProperty().set(now);
                    }
                });
        viewModel.withModelInUseProperty().addListener((_, _, now) -> model.setValue(now));
        model.setValue(viewModel.withModelInUseProperty().get());
        again.disableProperty().bind(viewModel.runningProperty());
        busy.visibleProperty().bind(viewModel.runningProperty());
        busy.managedProperty().bind(viewModel.runningProperty());
        step.textProperty().bind(viewModel.stepProperty());
        viewModel.diagnosisProperty().addListener(_ -> show());
        viewModel.failureProperty().addListener(_ -> show());
        viewModel.runningProperty().addListener(_ -> show());
        show();
    }

    private void show() {
        boolean other = viewModel.hasOtherModel();
        choice.setVisible(other);
        choice.setManaged(other);
        var found = viewModel.diagnosisProperty().get();
        copy.setDisable(found.isEmpty());
        var nodes = new ArrayList<Node>();
        viewModel.failureProperty().get().ifPresent(problem -> nodes.add(Cards.problem(problem)));
        found.ifPresent(diagnosis -> nodes.addAll(new DoctorParts(viewModel).of(diagnosis)));
        // What was found before is old while it is looked for anew.
        content.setOpacity(viewModel.runningProperty().get() ? 0.5 : 1);
        content.getChildren().setAll(nodes);
    }

    @FXML
    private void again() {
        viewModel.examine();
    }

    @FXML
    private void stop() {
        viewModel.stop();
    }

    @FXML
    private void copy() {
        copy(viewModel.report());
        viewModel.copied();
    }

    static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
