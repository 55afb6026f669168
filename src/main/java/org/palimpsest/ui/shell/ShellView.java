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
import javafx.scene.control.Label;
import javafx.scene.control.MenuBar;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.settings.Theme;

/// The main window's content. Confined to the JavaFX thread.
public final class ShellView implements FxmlView<ShellViewModel> {
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    @FXML private StackPane root;
    @FXML private MenuBar menuBar;
    @FXML private HBox toolBar;
    @FXML private HBox banner;
    @FXML private FontIcon bannerIcon;
    @FXML private Label bannerText;

    @InjectViewModel private ShellViewModel viewModel;

    private boolean bannerClosed;

    public void initialize() {
        var help = new ShortcutPage();
        var actions = new Actions(viewModel, () -> help.toggle(root), this::closeWindow);
        help.fill(actions.groups());
        new MenuBuilder(viewModel).fill(menuBar, actions.groups());
        new ToolBarBuilder(viewModel, actions).fill(toolBar);
        new KeyDispatcher(viewModel, actions, help).install(root);
        viewModel.noteProperty().addListener(_ -> showNewBanner());
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

    /// Whether the window may be closed; asks the person where work would be lost.
    public boolean mayClose() {
        return viewModel.mayClose();
    }

    private void closeWindow() {
        if (mayClose()) {
            root.getScene().getWindow().hide();
        }
    }

    private void showTheme(Theme theme) {
        root.pseudoClassStateChanged(DARK, theme == Theme.DARK);
        Application.setUserAgentStylesheet(
                switch (theme) {
                    case LIGHT, SYSTEM -> new PrimerLight().getUserAgentStylesheetBSS();
                    case DARK -> new PrimerDark().getUserAgentStylesheetBSS();
                });
    }

    private void showNewBanner() {
        bannerClosed = false;
        showBanner();
    }

    private void showBanner() {
        var note = viewModel.noteProperty().get();
        show(banner, note.isPresent() && !bannerClosed);
        note.ifPresent(model -> {
            bannerText.setText(model.text());
            bannerIcon.setIconLiteral(model.problem() ? "mdal-error" : "mdmz-science");
            banner.pseudoClassStateChanged(ERROR, model.problem());
        });
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
