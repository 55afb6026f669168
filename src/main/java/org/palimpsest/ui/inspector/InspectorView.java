package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The objects of an image as a list, with the texts in the same place. Confined to the JavaFX thread.
public final class InspectorView implements FxmlView<InspectorViewModel> {
    @FXML private ToggleButton objectsTab;
    @FXML private ToggleButton textsTab;
    @FXML private VBox objectsPane;
    @FXML private Node texts;
    @FXML private HBox filterRow;
    @FXML private TextField words;
    @FXML private ComboBox<Shown> shown;
    @FXML private ListView<ObjectAnnotation> list;
    @FXML private VBox empty;
    @FXML private Label emptyTitle;
    @FXML private Label emptyText;

    @InjectViewModel private InspectorViewModel viewModel;

    private boolean selecting;

    public void initialize() {
        list.setItems(viewModel.objects());
        list.setCellFactory(_ -> new ObjectCell(viewModel));
        list.setFixedCellSize(ObjectCell.HEIGHT);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.getSelectionModel()
                .getSelectedItems()
                .addListener((ListChangeListener<ObjectAnnotation>) _ -> selectedInList());
        viewModel.selectionProperty().addListener(_ -> showSelection());
        viewModel
                .revisionProperty()
                .addListener(_ -> {
                    showCount();
                    showSelection();
                });
        words.textProperty().bindBidirectional(viewModel.wordsProperty());
        viewModel.safeColorsProperty().addListener(_ -> list.refresh());
        shown.getItems().setAll(Shown.values());
        shown.setConverter(new TitleConverter<>(Shown::title));
        shown.valueProperty().bindBidirectional(viewModel.shownProperty());
        viewModel.hasImageProperty().addListener(_ -> showCount());
        viewModel.showingTextsProperty().addListener(_ -> showTab());
        objectsTab.setOnAction(_ -> viewModel.showingTextsProperty().set(false));
        textsTab.setOnAction(_ -> viewModel.showingTextsProperty().set(true));
        showCount();
        showTab();
    }

    private void showTab() {
        boolean textsShown = viewModel.showingTextsProperty().get();
        objectsTab.setSelected(!textsShown);
        textsTab.setSelected(textsShown);
        show(objectsPane, !textsShown);
        show(texts, textsShown);
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
        var selection = viewModel.selectionProperty().get();
        if (selecting || selection.equals(selectedIds())) {
            return;
        }
        selecting = true;
        try {
            var places = new ArrayList<Integer>();
            for (int i = 0; i < list.getItems().size() && !selection.isEmpty(); i++) {
                if (selection.contains(list.getItems().get(i).id())) {
                    places.add(i);
                }
            }
            list.getSelectionModel().clearSelection();
            if (!places.isEmpty()) {
                int first = places.getFirst();
                list.getSelectionModel()
                        .selectIndices(
                                first,
                                places.stream().skip(1).mapToInt(Integer::intValue).toArray());
                if (!list.isFocused()) {
                    list.scrollTo(Math.max(0, first - 1));
                }
            }
        } finally {
            selecting = false;
        }
    }

    private Set<AnnotationId> selectedIds() {
        var ids = new HashSet<AnnotationId>();
        for (var object : list.getSelectionModel().getSelectedItems()) {
            if (object != null) {
                ids.add(object.id());
            }
        }
        return ids;
    }

    private void showCount() {
        int total = viewModel.totalProperty().get();
        objectsTab.setText(Texts.get("inspector.objects", total));
        textsTab.setText(Texts.get("inspector.texts", viewModel.textsProperty().get()));
        show(filterRow, total > 0);
        boolean any = !viewModel.objects().isEmpty();
        list.setVisible(any);
        empty.setVisible(!any);
        boolean filtered = viewModel.allFilteredOut();
        emptyTitle.setText(
                Texts.get(filtered ? "inspector.filtered.title" : "inspector.empty.title"));
        emptyText.setText(
                filtered
                        ? Texts.get("inspector.filtered.text", total)
                        : Texts.get(
                                viewModel.hasImageProperty().get()
                                        ? "inspector.empty.text"
                                        : "inspector.noImage.text"));
    }

    private static void show(Node node, boolean isShown) {
        node.setVisible(isShown);
        node.setManaged(isShown);
    }
}
