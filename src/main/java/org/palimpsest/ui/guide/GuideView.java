package org.palimpsest.ui.guide;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.support.Texts;

/// The guide: contents or what was found on the left, the page on the right. Confined to the JavaFX thread.
public final class GuideView implements FxmlView<GuideViewModel> {
    private static final KeyCombination FIND = KeyCombination.valueOf("Shortcut+F");
    private static final KeyCombination BACK = KeyCombination.valueOf("Alt+Left");
    private static final KeyCombination FORWARD = KeyCombination.valueOf("Alt+Right");

    @FXML private BorderPane root;
    @FXML private Button back;
    @FXML private Button forward;
    @FXML private TextField search;
    @FXML private ListView<GuideViewModel.Line> lines;
    @FXML private ScrollPane scroll;
    @FXML private VBox page;

    @InjectViewModel private GuideViewModel viewModel;

    private @Nullable PageNodes nodes;

    public void initialize() {
        back.disableProperty().bind(viewModel.hasBeforeProperty().not());
        forward.disableProperty().bind(viewModel.hasAfterProperty().not());
        search.textProperty().bindBidirectional(viewModel.searchProperty());
        search.setOnAction(_ -> openFirst());
        lines.setItems(viewModel.lines());
        lines.setCellFactory(_ -> new LineCell());
        lines.setPlaceholder(new Label(Texts.get("guide.nothing")));
        lines.setOnMouseClicked(_ -> openChosen());
        lines.addEventHandler(KeyEvent.KEY_PRESSED, this::pressedInList);
        viewModel.lines().addListener((javafx.beans.Observable _) -> mark());
        viewModel
                .placeProperty()
                .addListener((_, was, now) -> show(now, was.topic() != now.topic()));
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        show(viewModel.placeProperty().get(), true);
    }

    private PageNodes nodes() {
        var made = nodes;
        if (made == null) {
            made =
                    new PageNodes(
                            viewModel,
                            Bindings.createDoubleBinding(
                                    () ->
                                            page.getWidth()
                                                    - page.snappedLeftInset()
                                                    - page.snappedRightInset(),
                                    page.widthProperty(),
                                    page.insetsProperty()));
            nodes = made;
        }
        return made;
    }

    private void show(Place place, boolean otherPage) {
        if (otherPage) {
            page.getChildren().setAll(nodes().make(viewModel.page()));
            scroll.setAccessibleText(viewModel.page().title());
        }
        mark();
        page.applyCss();
        root.layout();
        scrollTo(place);
    }

    private void scrollTo(Place place) {
        double room = page.getHeight() - scroll.getViewportBounds().getHeight();
        double top =
                nodes().place(place.anchor())
                        .map(node -> node.getBoundsInParent().getMinY())
                        .orElse(0.0);
        scroll.setVvalue(room <= 0 ? 0 : Math.clamp(top / room, 0, 1));
    }

    /// The page that is read is the chosen one of the contents.
    private void mark() {
        var topic = viewModel.placeProperty().get().topic();
        var selection = lines.getSelectionModel();
        var chosen = selection.getSelectedItem();
        if (chosen == null || chosen.place().topic() != topic) {
            selection.clearSelection();
            viewModel.lines().stream()
                    .filter(line -> line.place().topic() == topic)
                    .findFirst()
                    .ifPresent(selection::select);
        }
    }

    private void openChosen() {
        var chosen = lines.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            viewModel.show(chosen.place());
        }
    }

    private void openFirst() {
        if (!viewModel.lines().isEmpty()) {
            lines.getSelectionModel().selectFirst();
            openChosen();
        }
    }

    private void pressedInList(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            openChosen();
            focusPage();
            event.consume();
        }
    }

    private void pressed(KeyEvent event) {
        if (FIND.match(event)) {
            search.requestFocus();
            event.consume();
        } else if (BACK.match(event)) {
            viewModel.back();
            event.consume();
        } else if (FORWARD.match(event)) {
            viewModel.forward();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
            search.clear();
            event.consume();
        } else if (event.getCode() == KeyCode.DOWN && search.equals(event.getTarget())) {
            lines.requestFocus();
            event.consume();
        }
    }

    /// The keys that scroll go to the page from now on.
    void focusPage() {
        scroll.requestFocus();
    }

    @FXML
    private void back() {
        viewModel.back();
    }

    @FXML
    private void forward() {
        viewModel.forward();
    }
}
