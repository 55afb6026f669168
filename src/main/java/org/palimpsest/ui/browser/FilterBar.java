package org.palimpsest.ui.browser;

import atlantafx.base.controls.CustomTextField;
import java.util.EnumMap;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.ui.support.Texts;

/// The filter: a field for its text with hints, a menu of terms, and a button for each state.
final class FilterBar extends VBox {
    /// So long nothing is typed before the list is asked for.
    private static final Duration PAUSE = Duration.millis(250);

    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private final FilterViewModel viewModel;
    private final CustomTextField field = new CustomTextField();
    private final Button clear = new Button("", new FontIcon("mdal-close"));
    private final Label fault = new Label();
    private final Map<ImageState, ToggleButton> states = new EnumMap<>(ImageState.class);
    private final PauseTransition typing = new PauseTransition(PAUSE);
    private final HintPopup hints;

    FilterBar(FilterViewModel viewModel) {
        this.viewModel = viewModel;
        getStyleClass().add("filter-bar");
        setId("filterBar");
        field.setId("filter");
        field.setPromptText(Texts.get("browser.filter.prompt"));
        field.setAccessibleText(Texts.get("browser.filter"));
        field.setTooltip(new Tooltip(Texts.get("browser.filter.tooltip")));
        field.setMinWidth(0);
        field.textProperty().bindBidirectional(viewModel.textProperty());
        field.setLeft(new FontIcon("mdmz-search"));
        clear.getStyleClass().addAll("button-icon", "flat", "small");
        clear.setAccessibleText(Texts.get("browser.filter.clear"));
        clear.setTooltip(new Tooltip(Texts.get("browser.filter.clear")));
        clear.setFocusTraversable(false);
        clear.setOnAction(_ -> viewModel.clear());
        field.setRight(clear);
        hints = new HintPopup(field, viewModel);
        var row = new HBox(6, field, menu());
        row.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(field, Priority.ALWAYS);
        fault.setId("filterFault");
        fault.getStyleClass().add("filter-fault");
        fault.setGraphic(new FontIcon("mdal-error_outline"));
        fault.setWrapText(true);
        getChildren().addAll(row, fault, stateRow());
        listen();
    }

    private MenuButton menu() {
        var menu = new MenuButton("", new FontIcon("mdal-filter_list"));
        menu.setId("filterMenu");
        menu.getStyleClass().addAll("button-icon", "no-arrow");
        menu.setAccessibleText(Texts.get("browser.filter.menu"));
        menu.setTooltip(new Tooltip(Texts.get("browser.filter.menu")));
        menu.setMinWidth(Region.USE_PREF_SIZE);
        var items = new FilterMenu(viewModel);
        // Filled before it opens, for it is measured then.
        menu.setOnShowing(_ -> menu.getItems().setAll(items.items()));
        menu.getItems().setAll(items.items());
        return menu;
    }

    private Node stateRow() {
        var row = new HBox(2);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("state-row");
        for (var state : ImageState.values()) {
            var button = new ToggleButton("", StateIcons.of(state));
            var name = Texts.get("browser.state." + state);
            button.getStyleClass().addAll("button-icon", "flat", "small", "state-button");
            button.setId("state" + state);
            button.setAccessibleText(Texts.get("browser.filter.state", name));
            button.setTooltip(new Tooltip(Texts.get("browser.filter.state", name)));
            button.setOnAction(_ -> viewModel.toggle("state", FilterTerms.word(state)));
            states.put(state, button);
            row.getChildren().add(button);
        }
        return row;
    }

    private void listen() {
        typing.setOnFinished(_ -> viewModel.search());
        field.textProperty()
                .addListener(_ -> {
                    showText();
                    if (field.isFocused()) {
                        typing.playFromStart();
                    }
                });
        field.caretPositionProperty()
                .addListener(_ -> {
                    if (field.isFocused() && !field.getText().isEmpty()) {
                        hints.show();
                    }
                });
        field.setOnAction(_ -> searchNow());
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN && !hints.isShowing()) {
                hints.show();
                event.consume();
            }
        });
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (focused) {
                        viewModel.refreshFacetsIfOld();
                    }
                });
        viewModel.faultProperty().addListener(_ -> showFault());
        showText();
        showFault();
    }

    private void searchNow() {
        typing.stop();
        hints.hide();
        viewModel.search();
    }

    private void showText() {
        clear.setVisible(!field.getText().isEmpty());
        var chosen = viewModel.values("state");
        states.forEach(
                (state, button) -> button.setSelected(chosen.contains(FilterTerms.word(state))));
    }

    private void showFault() {
        var what = viewModel.faultProperty().get();
        fault.setText(what.map(this::words).orElse(""));
        fault.setVisible(what.isPresent());
        fault.setManaged(what.isPresent());
        field.pseudoClassStateChanged(ERROR, what.isPresent());
    }

    private String words(ImageFilter.Fault what) {
        var text = field.getText();
        int place = Math.clamp(what.place(), 0, text.length());
        var rest = text.substring(place);
        return place == text.length()
                ? Texts.get("browser.filter.faultAtEnd", what.words())
                : Texts.get(
                        "browser.filter.fault",
                        place + 1,
                        rest.length() > 20 ? rest.substring(0, 20) + "…" : rest,
                        what.words());
    }

    /// Puts the text cursor into the field.
    void focusField() {
        field.requestFocus();
        field.selectAll();
    }
}
