package org.palimpsest.ui.browser;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.css.PseudoClass;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;

/// The badge of each state of an image: another shape for each, so that colours only add to it.
final class StateIcons {
    private static final Map<ImageState, PseudoClass> PSEUDO_CLASSES = pseudoClasses();

    private StateIcons() {}

    static String icon(ImageState state) {
        return switch (state) {
            case NEW -> "mdmz-radio_button_unchecked";
            case PREDICTED -> "mdmz-star";
            case IN_PROGRESS -> "mdmz-timelapse";
            case DONE -> "mdal-check_circle";
            case EMPTY -> "mdal-indeterminate_check_box";
            case REJECTED -> "mdal-block";
        };
    }

    /// By which the stylesheet colours it. Not a style class: of those JavaFX looks for the rules anew.
    static PseudoClass pseudoClass(ImageState state) {
        return Objects.requireNonNull(PSEUDO_CLASSES.get(state));
    }

    private static Map<ImageState, PseudoClass> pseudoClasses() {
        var all = new EnumMap<ImageState, PseudoClass>(ImageState.class);
        for (var state : ImageState.values()) {
            all.put(state, PseudoClass.getPseudoClass("state-" + FilterTerms.word(state)));
        }
        return all;
    }

    static FontIcon of(ImageState state) {
        var icon = new FontIcon(icon(state));
        icon.getStyleClass().add("state-icon");
        icon.pseudoClassStateChanged(pseudoClass(state), true);
        return icon;
    }
}
