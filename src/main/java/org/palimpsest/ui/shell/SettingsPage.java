package org.palimpsest.ui.shell;

import atlantafx.base.theme.Styles;
import de.saxsys.mvvmfx.FluentViewLoader;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.settings.SettingsView;
import org.palimpsest.ui.support.Texts;

/// The settings over the window; made when they are opened for the first time.
final class SettingsPage {
    private final Overlays overlays;
    private @Nullable StackPane card;
    private @Nullable SettingsView view;

    SettingsPage(Overlays overlays) {
        this.overlays = overlays;
    }

    void open() {
        var loaded = view;
        var shown = card;
        if (loaded == null || shown == null) {
            var tuple =
                    FluentViewLoader.fxmlView(SettingsView.class)
                            .resourceBundle(Texts.bundle())
                            .load();
            loaded = tuple.getCodeBehind();
            var close = new Button(null, new FontIcon("mdal-close"));
            close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "page-close");
            close.setAccessibleText(Texts.get("shell.close"));
            close.setOnAction(_ -> overlays.close());
            StackPane.setAlignment(close, Pos.TOP_RIGHT);
            shown = new StackPane(tuple.getView(), close);
            shown.getStyleClass().add("settings-card");
            view = loaded;
            card = shown;
        }
        overlays.open(shown, loaded.first(), Pos.CENTER, () -> {});
    }
}
