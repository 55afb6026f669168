package org.palimpsest.ui.support;

import java.util.ArrayList;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.stage.Window;

/// Decides whether anything may move by itself: not where the system or the person asks for calm. Every window has the
/// pseudo-class `reduced-motion` then, by which the style sheet stills what turns, slides or grows.
///
/// Confined to the JavaFX thread.
public final class Motion implements AutoCloseable {
    private static final PseudoClass REDUCED = PseudoClass.getPseudoClass("reduced-motion");

    private final BooleanBinding reduced;
    private final InvalidationListener onChange = _ -> dressAll();
    private final ListChangeListener<Window> onWindows = _ -> dressAll();

    /// @param system whether the system asks for reduced motion
    /// @param chosen whether the person does
    public Motion(ObservableBooleanValue system, ObservableBooleanValue chosen) {
        reduced = Bindings.or(system, chosen);
        reduced.addListener(onChange);
        Window.getWindows().addListener(onWindows);
        dressAll();
    }

    /// Whether nothing moves by itself.
    public boolean isReduced() {
        return reduced.get();
    }

    private void dressAll() {
        for (var window : new ArrayList<>(Window.getWindows())) {
            if (window.getScene() != null) {
                dress(window.getScene());
            }
        }
    }

    /// Dresses a scene before its window is shown.
    public void dress(Scene scene) {
        scene.getRoot().pseudoClassStateChanged(REDUCED, reduced.get());
    }

    /// Leaves windows as they are from now on.
    @Override
    public void close() {
        reduced.removeListener(onChange);
        reduced.dispose();
        Window.getWindows().removeListener(onWindows);
    }
}
