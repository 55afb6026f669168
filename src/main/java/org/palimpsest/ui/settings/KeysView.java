package org.palimpsest.ui.settings;

import atlantafx.base.theme.Styles;
import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.Texts;

/// The page on which keys are changed. Confined to the JavaFX thread.
public final class KeysView implements FxmlView<KeysViewModel> {
    private static final PseudoClass ASKING = PseudoClass.getPseudoClass("asking");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    @FXML private TextField search;
    @FXML private ListView<KeysViewModel.Row> rows;
    @FXML private Label message;

    @InjectViewModel private KeysViewModel viewModel;

    /// The command that gets the next key.
    private Optional<Command> asking = Optional.empty();

    public void initialize() {
        rows.setCellFactory(_ -> new Cell());
        rows.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        search.textProperty().addListener(_ -> fill());
        viewModel.revisionProperty().addListener(_ -> fill());
        rows.focusWithinProperty()
                .addListener((_, _, inside) -> {
                    if (!inside) {
                        ask(Optional.empty());
                    }
                });
        say("", false);
        fill();
    }

    private void fill() {
        var selected = rows.getSelectionModel().getSelectedIndex();
        rows.getItems().setAll(viewModel.rows(search.getText()));
        rows.getSelectionModel().select(selected);
    }

    private void ask(Optional<Command> command) {
        if (!asking.equals(command)) {
            asking = command;
            say(
                    command.map(one -> Texts.get("settings.keys.press", one.title())).orElse(""),
                    false);
            rows.refresh();
        }
    }

    private void pressed(KeyEvent event) {
        if (asking.isEmpty()) {
            var row = rows.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER
                    && row != null
                    && !(event.getTarget() instanceof Button)) {
                ask(Optional.of(row.command()));
                event.consume();
            }
            return;
        }
        event.consume();
        if (event.getCode() == KeyCode.ESCAPE) {
            ask(Optional.empty());
            return;
        }
        var command = asking.get();
        PressedKey.of(event)
                .ifPresent(key -> {
                    var problem = viewModel.bind(command, key);
                    ask(Optional.empty());
                    say(
                            problem.isEmpty()
                                    ? Texts.get("settings.keys.done", command.title(), key.text())
                                    : problem,
                            !problem.isEmpty());
                });
    }

    private void say(String text, boolean error) {
        message.setText(text);
        message.setVisible(!text.isEmpty());
        message.pseudoClassStateChanged(ERROR, error);
    }

    @FXML
    private void resetAll() {
        viewModel.resetAll();
        say(Texts.get("settings.keys.resetAll.done"), false);
    }

    private final class Cell extends ListCell<KeysViewModel.Row> {
        private final Label title = new Label();
        private final Label group = new Label();
        private final HBox keys = new HBox();
        private final Button change = new Button(Texts.get("settings.keys.change"));
        private final Button none = icon("mdmz-remove", "settings.keys.none");
        private final Button reset = icon("mdmz-undo", "settings.keys.reset");
        private final HBox line = new HBox();

        Cell() {
            group.getStyleClass().add("field-hint");
            group.setMinWidth(Region.USE_PREF_SIZE);
            title.setMinWidth(0);
            keys.getStyleClass().add("key-caps");
            keys.setAlignment(Pos.CENTER_RIGHT);
            keys.setMinWidth(Region.USE_PREF_SIZE);
            change.getStyleClass().addAll(Styles.SMALL);
            change.setMinWidth(Region.USE_PREF_SIZE);
            change.setOnAction(_ -> {
                rows.getSelectionModel().select(getIndex());
                ask(Optional.of(getItem().command()));
                rows.requestFocus();
            });
            none.setOnAction(_ -> viewModel.unbind(getItem().command()));
            reset.setOnAction(_ -> {
                var problem = viewModel.reset(getItem().command());
                say(problem, !problem.isEmpty());
            });
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            line.getStyleClass().add("keys-row");
            line.setAlignment(Pos.CENTER_LEFT);
            line.getChildren().addAll(title, group, space, keys, change, none, reset);
        }

        private static Button icon(String name, String text) {
            var button = new Button(null, new FontIcon(name));
            button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
            button.setTooltip(new Tooltip(Texts.get(text)));
            return button;
        }

        @Override
        protected void updateItem(KeysViewModel.@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            boolean ask = row != null && asking.equals(Optional.of(row.command()));
            pseudoClassStateChanged(ASKING, ask);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            title.setText(row.title());
            group.setText(row.group());
            keys.getChildren().clear();
            for (var key : row.keys()) {
                var cap = new Label(key);
                cap.getStyleClass().add("key-cap");
                keys.getChildren().add(cap);
            }
            change.setAccessibleText(Texts.get("settings.keys.change.what", row.title()));
            none.setAccessibleText(Texts.get("settings.keys.none.what", row.title()));
            none.setDisable(row.keys().isEmpty());
            reset.setAccessibleText(Texts.get("settings.keys.reset.what", row.title()));
            reset.setDisable(!row.changed());
            setAccessibleText(row.title() + " " + String.join(", ", row.keys()));
            setGraphic(line);
        }
    }
}
