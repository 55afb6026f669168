package org.palimpsest.ui.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.io.File;
import javafx.application.Application;
import javafx.beans.value.ObservableStringValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.MenuBar;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.palimpsest.settings.Theme;

/// The main window's content. Confined to the JavaFX thread.
public final class ShellView implements FxmlView<ShellViewModel> {
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    @FXML private StackPane root;
    @FXML private MenuBar menuBar;
    @FXML private HBox toolBar;
    @FXML private HBox toyBanner;

    @InjectViewModel private ShellViewModel viewModel;

    private boolean bannerClosed;

    public void initialize() {
        var help = new ShortcutPage();
        var actions =
                new Actions(
                        viewModel,
                        () -> help.toggle(root),
                        () -> root.getScene().getWindow().hide());
        help.fill(actions.groups());
        new MenuBuilder(viewModel).fill(menuBar, actions.groups());
        new ToolBarBuilder(viewModel, actions).fill(toolBar);
        new KeyDispatcher(viewModel, actions, help).install(root);
        viewModel.toyModelProperty().addListener(_ -> showBanner());
        showBanner();
        viewModel.themeProperty().addListener((_, _, theme) -> showTheme(theme));
        showTheme(viewModel.themeProperty().get());
        root.addEventHandler(DragEvent.DRAG_OVER, ShellView::acceptFiles);
        root.addEventHandler(DragEvent.DRAG_DROPPED, this::openDropped);
    }

    /// What the window's title bar says.
    public ObservableStringValue titleProperty() {
        return viewModel.titleProperty();
    }

    private void showTheme(Theme theme) {
        root.pseudoClassStateChanged(DARK, theme == Theme.DARK);
        Application.setUserAgentStylesheet(
                switch (theme) {
                    case LIGHT -> new PrimerLight().getUserAgentStylesheetBSS();
                    case DARK -> new PrimerDark().getUserAgentStylesheetBSS();
                });
    }

    private void showBanner() {
        show(toyBanner, viewModel.toyModelProperty().get() && !bannerClosed);
    }

    private static void acceptFiles(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void openDropped(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            viewModel.open(event.getDragboard().getFiles().stream().map(File::toPath).toList());
            event.setDropCompleted(true);
            event.consume();
        }
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void chooseModel() {
        viewModel.chooseModel();
    }

    @FXML
    private void closeBanner() {
        bannerClosed = true;
        showBanner();
    }
}
