package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;

/// The annotations of an image and their details. Confined to the JavaFX thread.
public final class InspectorView implements FxmlView<InspectorViewModel> {
    @FXML private Label count;
    @FXML private ListView<Annotation> list;
    @FXML private VBox empty;
    @FXML private Label emptyTitle;
    @FXML private Label emptyText;
    @FXML private VBox details;
    @FXML private TextField label;
    @FXML private TextArea text;
    @FXML private Button delete;
    @FXML private Label place;
    @FXML private Label origin;

    @InjectViewModel private InspectorViewModel viewModel;

    private boolean selecting;

    public void initialize() {
        list.setItems(viewModel.annotations());
        list.setCellFactory(_ -> new AnnotationCell(viewModel));
        list.setFixedCellSize(AnnotationCell.HEIGHT);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.getSelectionModel()
                .getSelectedItems()
                .addListener((ListChangeListener<Annotation>) _ -> selectedInList());
        viewModel.selectionProperty().addListener(_ -> showSelection());
        viewModel
                .revisionProperty()
                .addListener(_ -> {
                    showCount();
                    showSelection();
                });
        viewModel.singleProperty().addListener((_, _, single) -> showDetails(single));
        label.setOnAction(_ -> viewModel.rename(label.getText()));
        label.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        viewModel.rename(label.getText());
                    }
                });
        text.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        viewModel.rewrite(text.getText());
                    }
                });
        delete.setTooltip(new Tooltip("Delete (Del)"));
        viewModel.hasImageProperty().addListener(_ -> showCount());
        showCount();
        showDetails(viewModel.singleProperty().get());
    }

    private void selectedInList() {
        if (selecting) {
            return;
        }
        var ids = new HashSet<AnnotationId>();
        for (var annotation : list.getSelectionModel().getSelectedItems()) {
            if (annotation != null) {
                ids.add(annotation.id());
            }
        }
        viewModel.select(ids);
    }

    private void showSelection() {
        if (selecting) {
            return;
        }
        selecting = true;
        try {
            var selection = viewModel.selectionProperty().get();
            list.getSelectionModel().clearSelection();
            int first = -1;
            for (int i = 0; i < list.getItems().size() && !selection.isEmpty(); i++) {
                if (selection.contains(list.getItems().get(i).id())) {
                    list.getSelectionModel().select(i);
                    first = first < 0 ? i : first;
                }
            }
            if (first >= 0 && !list.isFocused()) {
                list.scrollTo(Math.max(0, first - 1));
            }
        } finally {
            selecting = false;
        }
    }

    private void showCount() {
        int size = viewModel.annotations().size();
        count.setText(size == 0 ? "" : String.format(Locale.ROOT, "%,d", size));
        list.setVisible(size > 0);
        empty.setVisible(size == 0);
        emptyTitle.setText("Nothing here yet");
        emptyText.setText(
                viewModel.hasImageProperty().get()
                        ? "Ask the model, or draw a box: press B and drag over the image."
                        : "Annotations of the open image are listed here.");
    }

    private void showDetails(Optional<Annotation> single) {
        show(details, single.isPresent());
        single.ifPresent(annotation -> {
            show(label, annotation instanceof ObjectAnnotation);
            show(place, annotation instanceof ObjectAnnotation);
            show(text, annotation instanceof TextAnnotation);
            switch (annotation) {
                case ObjectAnnotation object -> {
                    label.setText(object.label());
                    place.setText(Descriptions.place(object));
                }
                case TextAnnotation words -> text.setText(words.text());
            }
            origin.setText(Descriptions.origin(annotation.provenance()));
        });
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void delete() {
        viewModel.delete();
    }
}
