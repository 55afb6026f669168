package org.palimpsest.ui.shell;

import atlantafx.base.theme.Styles;
import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.Texts;

/// What the window shows where no project is open. Confined to the JavaFX thread.
public final class WelcomeView implements FxmlView<WelcomeViewModel> {
    private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");

    @FXML private VBox ways;
    @FXML private VBox recent;
    @FXML private Label noRecent;
    @FXML private Label keys;

    @InjectViewModel private WelcomeViewModel viewModel;

    public void initialize() {
        ways.getChildren()
                .setAll(
                        way(Command.OPEN_FOLDER, "shell.welcome.folder"),
                        way(Command.OPEN_PROJECT, "shell.welcome.project"),
                        way(Command.OPEN_SAMPLES, "shell.welcome.samples"));
        ways.getChildren().getFirst().getStyleClass().add("first-way");
        keys.setText(
                Texts.get(
                        "shell.welcome.keys",
                        viewModel.keyText(Command.KEYS),
                        viewModel.keyText(Command.PALETTE)));
        viewModel
                .recent()
                .addListener((ListChangeListener<WelcomeViewModel.Recent>) _ -> showRecent());
        showRecent();
        viewModel.refresh();
    }

    /// Looks again which projects are there.
    void refresh() {
        viewModel.refresh();
    }

    private Button way(Command command, String text) {
        var title = new Label(Texts.get(text));
        title.getStyleClass().add("way-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        var key = new Label(viewModel.keyText(command));
        key.getStyleClass().add("key-cap");
        key.setMinWidth(Region.USE_PREF_SIZE);
        key.setVisible(!key.getText().isEmpty());
        key.setManaged(key.isVisible());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var top = new HBox(title, space, key);
        top.setAlignment(Pos.CENTER_LEFT);
        var hint = new Label(Texts.get(text + ".hint"));
        hint.getStyleClass().add("empty-text");
        var icon = new FontIcon(command.icon().isEmpty() ? "mdmz-science" : command.icon());
        var words = new VBox(top, hint);
        words.getStyleClass().add("way-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(new StackPane(icon), words);
        row.getStyleClass().add("way-row");
        row.setAlignment(Pos.CENTER_LEFT);
        var button = new Button(null, row);
        button.getStyleClass().add("way");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(title.getText());
        button.setAccessibleHelp(hint.getText());
        button.setOnAction(_ -> viewModel.run(command));
        return button;
    }

    private void showRecent() {
        recent.getChildren().setAll(viewModel.recent().stream().map(this::row).toList());
        noRecent.setVisible(viewModel.recent().isEmpty());
        noRecent.setManaged(viewModel.recent().isEmpty());
    }

    private Node row(WelcomeViewModel.Recent project) {
        var name = new Label(project.name());
        name.getStyleClass().add("recent-name");
        var place = new Label(project.folder());
        place.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        place.getStyleClass().add("empty-text");
        var words = new VBox(name, place);
        words.getStyleClass().add("way-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var missing = new Label(Texts.get("shell.welcome.gone"));
        missing.getStyleClass().add("recent-gone");
        missing.setMinWidth(Region.USE_PREF_SIZE);
        missing.setVisible(!project.there());
        var inside = new HBox(words, missing);
        inside.setAlignment(Pos.CENTER_LEFT);
        inside.getStyleClass().add("recent-row");
        var open = new Button(null, inside);
        open.getStyleClass().add("recent");
        open.setMaxWidth(Double.MAX_VALUE);
        open.pseudoClassStateChanged(GONE, !project.there());
        open.setAccessibleText(Texts.get("shell.welcome.open", project.name()));
        open.setTooltip(new Tooltip(project.file().toString()));
        open.setOnAction(_ -> viewModel.open(project));
        HBox.setHgrow(open, Priority.ALWAYS);
        var forget = new Button(null, new FontIcon("mdal-close"));
        forget.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        forget.setAccessibleText(Texts.get("shell.welcome.forget", project.name()));
        forget.setTooltip(new Tooltip(Texts.get("shell.welcome.forget.tip")));
        forget.setOnAction(_ -> viewModel.forget(project));
        var row = new HBox(open, forget);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
