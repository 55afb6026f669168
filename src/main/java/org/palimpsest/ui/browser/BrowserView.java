package org.palimpsest.ui.browser;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.Texts;

/// The images of the project: filter, grid or list, and statistics. Confined to the JavaFX thread.
public final class BrowserView implements FxmlView<BrowserViewModel> {
    /// So often what was missing is looked for again, while the browser is in sight.
    private static final Duration LOOKING_AGAIN = Duration.seconds(4);

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double LIST_SHARE = 0.55;

    @FXML private VBox root;
    @FXML private Label count;
    @FXML private MenuButton sort;
    @FXML private Button layout;
    @FXML private Button statisticsButton;
    @FXML private MenuButton more;
    @FXML private Slider size;
    @FXML private HBox sizeRow;
    @FXML private StackPane filterPlace;
    @FXML private SplitPane parts;
    @FXML private StackPane images;
    @FXML private VBox empty;
    @FXML private FontIcon emptyIcon;
    @FXML private Label emptyTitle;
    @FXML private Label emptyText;
    @FXML private Button emptyAction;
    @FXML private ProgressIndicator loading;

    @InjectViewModel private BrowserViewModel viewModel;

    private final ContextMenu contextMenu = new ContextMenu();
    private final Timeline lookingAgain = new Timeline();

    public void initialize() {
        var grid = new ImageGrid(viewModel);
        grid.setId("imageGrid");
        grid.setAccessibleText(Texts.get("browser.images"));
        images.getChildren().addFirst(grid);
        new GridKeys(grid, viewModel).install();
        var statistics = new StatisticsPane(viewModel.statistics());
        var filter = new FilterBar(viewModel.filter());
        filterPlace.getChildren().add(filter);
        viewModel.onFind(filter::focusField);
        count.textProperty().bind(viewModel.countProperty());
        size.setMin(BrowserViewModel.SMALLEST);
        size.setMax(BrowserViewModel.LARGEST);
        size.valueProperty().bindBidirectional(viewModel.thumbnailSizeProperty());
        viewModel.gridProperty().addListener(_ -> showLayout());
        showLayout();
        viewModel.statistics().showingProperty().addListener(_ -> showStatistics(statistics));
        showStatistics(statistics);
        viewModel.contentProperty().addListener(_ -> showContent(grid));
        showContent(grid);
        viewModel.currentProperty().addListener(_ -> grid.reveal(viewModel.currentIndex()));
        sort.setOnShowing(_ -> fillSort());
        fillSort();
        more.setOnShowing(_ -> more.getItems().setAll(new SelectionMenu(viewModel).items()));
        more.getItems().setAll(new SelectionMenu(viewModel).items());
        grid.setOnContextMenuRequested(event -> {
            contextMenu.getItems().setAll(new SelectionMenu(viewModel).items());
            if (event.isKeyboardTrigger()) {
                contextMenu.show(grid, Side.TOP, 20, 20);
            } else {
                contextMenu.show(grid, event.getScreenX(), event.getScreenY());
            }
            event.consume();
        });
        grid.setOnMousePressed(_ -> contextMenu.hide());
        lookAgainWhileShown(grid);
    }

    private void lookAgainWhileShown(ImageGrid grid) {
        lookingAgain.getKeyFrames().setAll(new KeyFrame(LOOKING_AGAIN, _ -> lookAgain(grid)));
        lookingAgain.setCycleCount(Animation.INDEFINITE);
        root.sceneProperty()
                .addListener((_, _, scene) -> {
                    if (scene == null) {
                        lookingAgain.stop();
                    } else {
                        lookingAgain.play();
                    }
                });
    }

    private void lookAgain(ImageGrid grid) {
        if (viewModel.lookAgain()) {
            grid.refresh();
        }
    }

    private void fillSort() {
        var filter = viewModel.filter();
        sort.getItems().clear();
        var group = new ToggleGroup();
        for (var order : ImageOrder.values()) {
            var item = new RadioMenuItem(Texts.get("browser.order." + order));
            item.setToggleGroup(group);
            item.setSelected(order == filter.order());
            item.setOnAction(_ -> filter.sort(order, filter.isDescending()));
            sort.getItems().add(item);
        }
        var descending = new CheckMenuItem(Texts.get("browser.descending"));
        descending.setSelected(filter.isDescending());
        descending.setOnAction(_ -> filter.sort(filter.order(), !filter.isDescending()));
        sort.getItems().addAll(new SeparatorMenuItem(), descending);
    }

    private void showLayout() {
        boolean isGrid = viewModel.gridProperty().get();
        layout.setGraphic(new FontIcon(isGrid ? "mdmz-view_list" : "mdmz-view_module"));
        var words = Texts.get(isGrid ? "browser.asList" : "browser.asGrid");
        layout.setAccessibleText(words);
        layout.setTooltip(new Tooltip(words));
        show(sizeRow, isGrid);
    }

    private void showStatistics(StatisticsPane statistics) {
        boolean shown = viewModel.statistics().showingProperty().get();
        statisticsButton.pseudoClassStateChanged(CHOSEN, shown);
        if (shown && !parts.getItems().contains(statistics)) {
            parts.getItems().add(statistics);
            parts.setDividerPositions(LIST_SHARE);
        } else if (!shown) {
            parts.getItems().remove(statistics);
        }
    }

    private void showContent(ImageGrid grid) {
        var content = viewModel.contentProperty().get();
        grid.setVisible(content == BrowserViewModel.Content.IMAGES);
        loading.setVisible(content == BrowserViewModel.Content.LOADING);
        var key =
                switch (content) {
                    case NOTHING -> "nothing";
                    case NO_HITS -> "noHits";
                    case PROBLEM -> "problem";
                    case LOADING, IMAGES -> "";
                };
        empty.setVisible(!key.isEmpty());
        if (!key.isEmpty()) {
            emptyIcon.setIconLiteral(
                    switch (content) {
                        case NO_HITS -> "mdmz-search";
                        case PROBLEM -> "mdal-error_outline";
                        case NOTHING, LOADING, IMAGES -> "mdal-image";
                    });
            emptyTitle.setText(Texts.get("browser.empty." + key));
            emptyText.setText(
                    content == BrowserViewModel.Content.PROBLEM
                            ? viewModel.problem()
                            : Texts.get("browser.empty." + key + ".text"));
            emptyAction.setText(Texts.get("browser.empty." + key + ".action"));
        }
    }

    @FXML
    private void doAboutEmpty() {
        switch (viewModel.contentProperty().get()) {
            case NOTHING -> viewModel.commands().run(Command.OPEN_FOLDER);
            case NO_HITS -> viewModel.filter().clear();
            case PROBLEM -> viewModel.reload();
            case LOADING, IMAGES -> {}
        }
    }

    @FXML
    private void changeLayout() {
        viewModel.commands().run(Command.BROWSER_LAYOUT);
    }

    @FXML
    private void changeStatistics() {
        viewModel.commands().run(Command.STATISTICS);
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
