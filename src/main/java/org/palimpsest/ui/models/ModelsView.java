package org.palimpsest.ui.models;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The page of models: the list on the left; on the right one of them, the official checkpoints, or terms that are to be agreed
/// to. Confined to the JavaFX thread.
public final class ModelsView implements FxmlView<ModelsViewModel> {
    @FXML private VBox side;
    @FXML private ListView<ModelLine> list;
    @FXML private ScrollPane scroll;
    @FXML private VBox content;

    @InjectViewModel private ModelsViewModel viewModel;

    private @Nullable ModelDetails details;
    private boolean selecting;

    public void initialize() {
        details = new ModelDetails(viewModel);
        list.setItems(viewModel.lines());
        list.setCellFactory(_ -> new ModelCell());
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, line) -> {
                    if (line != null && !selecting) {
                        viewModel.catalogueProperty().set(false);
                        viewModel.select(line.folder());
                    }
                });
        viewModel.lines().addListener((ListChangeListener<ModelLine>) _ -> keepSelection());
        viewModel
                .selectedProperty()
                .addListener((_, before, now) -> {
                    keepSelection();
                    show(!before.map(ModelLine::folder).equals(now.map(ModelLine::folder)));
                });
        viewModel.adapterProperty().addListener(_ -> show(false));
        viewModel.misfitProperty().addListener(_ -> show(false));
        viewModel.trialProperty().addListener(_ -> show(false));
        viewModel.catalogueProperty().addListener(_ -> show(true));
        viewModel.questionProperty().addListener(_ -> show(true));
        if (viewModel.lines().isEmpty()) {
            viewModel.refresh();
        }
        keepSelection();
        show(true);
    }

    /// Lines are replaced when something is learnt of them, which the list takes for another selection.
    private void keepSelection() {
        selecting = true;
        viewModel
                .selectedProperty()
                .get()
                .ifPresentOrElse(
                        line -> {
                            for (int i = 0; i < list.getItems().size(); i++) {
                                if (list.getItems().get(i).folder().equals(line.folder())) {
                                    list.getSelectionModel().select(i);
                                }
                            }
                        },
                        () -> list.getSelectionModel().clearSelection());
        selecting = false;
    }

    /// @param fromTheTop whether something else is shown than before
    private void show(boolean fromTheTop) {
        var question = viewModel.questionProperty().get();
        side.setDisable(question.isPresent());
        var focused = Optional.ofNullable(content.getScene()).map(scene -> scene.getFocusOwner());
        var name = focused.filter(this::isInContent).map(Node::getId);
        content.getChildren().setAll(shown());
        if (fromTheTop) {
            scroll.setVvalue(0);
        }
        // Whoever pressed a button that was made anew finds the focus on its successor.
        name.map(id -> content.lookup("#" + id)).ifPresent(Node::requestFocus);
        if (question.isPresent() && fromTheTop) {
            Optional.ofNullable(content.lookup("#decline")).ifPresent(Node::requestFocus);
        }
    }

    private boolean isInContent(Node node) {
        for (Node one = node; one != null; one = one.getParent()) {
            if (one == content) {
                return true;
            }
        }
        return false;
    }

    private List<Node> shown() {
        var question = viewModel.questionProperty().get();
        if (question.isPresent()) {
            return List.of(new TermsCard(question.get(), viewModel));
        }
        if (viewModel.catalogueProperty().get()) {
            return List.of(new Catalogue(viewModel));
        }
        return viewModel
                .selectedProperty()
                .get()
                .map(line -> Objects.requireNonNull(details).of(line))
                .orElse(List.of());
    }

    @FXML
    private void addModel() {
        viewModel.add(false);
    }

    @FXML
    private void addAdapter() {
        viewModel.add(true);
    }

    @FXML
    private void showCatalogue() {
        viewModel.catalogueProperty().set(true);
    }
}
