package org.palimpsest.ui.shell;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.Texts;

/// The page on which commands are found by typing.
final class CommandPalette {
    private static final int PAGE = 8;

    private final PaletteViewModel viewModel;
    private final Overlays overlays;
    private final TextField typed = new TextField();
    private final ListView<PaletteViewModel.Entry> found = new ListView<>();
    private final VBox card = new VBox();
    private @Nullable Command chosen;

    CommandPalette(PaletteViewModel viewModel, Overlays overlays) {
        this.viewModel = viewModel;
        this.overlays = overlays;
        typed.setPromptText(Texts.get("shell.palette.prompt"));
        typed.setAccessibleText(Texts.get("shell.palette.prompt"));
        typed.getStyleClass().add("palette-field");
        typed.textProperty().addListener(_ -> search());
        typed.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        found.getStyleClass().addAll("palette-list", "edge-to-edge");
        found.setAccessibleText(Texts.get("shell.palette.found"));
        found.setFocusTraversable(false);
        found.setCellFactory(_ -> new Cell());
        found.setPlaceholder(emptyText());
        found.setOnMouseClicked(event -> {
            if (event.getTarget() instanceof javafx.scene.Node) {
                run();
            }
        });
        VBox.setVgrow(found, Priority.ALWAYS);
        var hint = new Label(Texts.get("shell.palette.hint"));
        hint.getStyleClass().addAll("field-hint", "palette-hint");
        hint.setMaxWidth(Double.MAX_VALUE);
        card.getStyleClass().add("palette");
        card.getChildren().addAll(new StackPane(typed), found, hint);
        ((Region) card.getChildren().getFirst()).getStyleClass().add("palette-top");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    }

    private static Label emptyText() {
        var label = new Label(Texts.get("shell.palette.none"));
        label.getStyleClass().add("empty-text");
        return label;
    }

    void open() {
        chosen = null;
        typed.clear();
        search();
        overlays.open(card, typed, Pos.TOP_CENTER, this::runChosen);
    }

    boolean isShowing() {
        return overlays.isShowing(card);
    }

    private void search() {
        found.getItems().setAll(viewModel.find(typed.getText()));
        found.getSelectionModel().selectFirst();
        found.scrollTo(0);
    }

    private void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(PAGE);
            case PAGE_UP -> move(-PAGE);
            case ENTER -> run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        int last = found.getItems().size() - 1;
        int place =
                Math.clamp(
                        found.getSelectionModel().getSelectedIndex() + (long) by,
                        0,
                        Math.max(0, last));
        found.getSelectionModel().select(place);
        found.scrollTo(Math.max(0, place - PAGE + 2));
    }

    private void run() {
        var entry = found.getSelectionModel().getSelectedItem();
        if (entry != null && entry.enabled()) {
            chosen = entry.command();
            overlays.close();
        }
    }

    /// After the page is gone and the focus is back where it was, as if the command's key had been pressed there.
    private void runChosen() {
        var command = chosen;
        chosen = null;
        if (command != null) {
            viewModel.run(command);
        }
    }

    private static final class Cell extends ListCell<PaletteViewModel.Entry> {
        private static final PseudoClass UNAVAILABLE = PseudoClass.getPseudoClass("unavailable");

        private final FontIcon icon = new FontIcon();
        private final Label title = new Label();
        private final Label hint = new Label();
        private final Label keys = new Label();
        private final HBox row = new HBox();

        Cell() {
            var iconPlace = new StackPane(icon);
            iconPlace.getStyleClass().add("palette-icon");
            title.getStyleClass().add("palette-title");
            hint.getStyleClass().add("field-hint");
            keys.getStyleClass().add("key-cap");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            row.getStyleClass().add("palette-row");
            row.setAlignment(Pos.CENTER_LEFT);
            row.getChildren().addAll(iconPlace, title, hint, space, keys);
        }

        @Override
        protected void updateItem(PaletteViewModel.@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            title.setText(entry.title());
            hint.setText(entry.hint());
            keys.setText(entry.keys());
            keys.setVisible(!entry.keys().isEmpty());
            var name = entry.command().icon();
            icon.setVisible(!name.isEmpty());
            if (!name.isEmpty()) {
                icon.setIconLiteral(name);
            }
            row.pseudoClassStateChanged(UNAVAILABLE, !entry.enabled());
            setAccessibleText(
                    Texts.get("shell.palette.entry", entry.title(), entry.hint(), entry.keys()));
            setGraphic(row);
        }
    }
}
