package org.palimpsest.ui.settings;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.support.Fonts;
import org.palimpsest.ui.support.Texts;

/// Dresses every window of the program: light or dark, and how large everything is.
///
/// Confined to the JavaFX thread.
public final class Appearance implements AutoCloseable {
    /// The sizes that can be chosen, in percent.
    public static final List<Integer> SCALES = List.of(80, 90, 100, 110, 125, 150, 175, 200);

    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    private final ObservableValue<ColorScheme> system;
    private final URL ownStyles;
    private final Map<String, String> read = new HashMap<>();
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final InvalidationListener onSystem = _ -> systemChanged();
    private final ListChangeListener<Window> onWindows = this::dressNew;
    private Theme theme = Theme.LIGHT;
    private int percent = 100;
    private String ownAddress = "";
    private String before = "";

    /// @param system the colours that the system asks for now
    /// @param ownStyles the program's rules on top of the theme's
    public Appearance(ObservableValue<ColorScheme> system, URL ownStyles) {
        this.system = system;
        this.ownStyles = ownStyles;
        system.addListener(onSystem);
        Window.getWindows().addListener(onWindows);
    }

    /// Leaves windows as they are from now on.
    @Override
    public void close() {
        system.removeListener(onSystem);
        Window.getWindows().removeListener(onWindows);
    }

    private void systemChanged() {
        if (theme == Theme.SYSTEM) {
            apply();
        }
    }

    /// Shows these colours at this size from now on.
    public void show(Theme chosen, int scalePercent) {
        if (scalePercent < SCALES.getFirst() || scalePercent > SCALES.getLast()) {
            throw new IllegalArgumentException("Not a size of the window: " + scalePercent + " %");
        }
        theme = chosen;
        percent = scalePercent;
        apply();
    }

    /// Whether the colours that are shown are the dark ones.
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    private void apply() {
        boolean isDark = isDark(theme, system.getValue());
        atlantafx.base.theme.Theme sheet = isDark ? new PrimerDark() : new PrimerLight();
        double scale = percent / 100.0;
        before = ownAddress;
        ownAddress = address(ownStyles, scale, fontRule());
        Application.setUserAgentStylesheet(
                percent == 100
                        ? sheet.getUserAgentStylesheetBSS()
                        : address(resource(sheet.getUserAgentStylesheet()), scale, ""));
        dark.set(isDark);
        for (var window : new ArrayList<>(Window.getWindows())) {
            dress(window);
        }
    }

    static boolean isDark(Theme theme, ColorScheme system) {
        return switch (theme) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> system == ColorScheme.DARK;
        };
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Appearance.class.getResource(name), name);
    }

    /// @param more rules that come last
    private String address(URL styles, double scale, String more) {
        if (scale == 1 && more.isEmpty()) {
            return styles.toExternalForm();
        }
        var rules = read.computeIfAbsent(styles.toExternalForm(), _ -> text(styles));
        return ScaledStyles.address(ScaledStyles.scaled(rules, scale) + more);
    }

    /// The font of the language, where it has one of its own.
    private static String fontRule() {
        return Fonts.family(Texts.locale())
                .map(family -> "\n.root { -fx-font-family: \"" + family + "\"; }\n")
                .orElse("");
    }

    private static String text(URL styles) {
        try (var stream = styles.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Styles cannot be read: " + styles, e);
        }
    }

    private void dressNew(ListChangeListener.Change<? extends Window> change) {
        while (change.next()) {
            change.getAddedSubList().forEach(this::dress);
        }
    }

    /// Popups take their styles from the window they belong to; dialogs do not.
    private void dress(Window window) {
        if (!(window instanceof PopupWindow) && window.getScene() != null) {
            dress(window.getScene());
        }
    }

    /// Dresses a scene before its window is shown.
    public void dress(Scene scene) {
        if (ownAddress.isEmpty()) {
            return;
        }
        var sheets = scene.getStylesheets();
        if (!sheets.contains(ownAddress)) {
            sheets.remove(before);
            sheets.addFirst(ownAddress);
        }
        scene.getRoot().pseudoClassStateChanged(DARK, dark.get());
    }
}
