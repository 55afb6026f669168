package org.palimpsest.ui.browser;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;

/// The badge of each state of an image: another shape for each, so that colours only add to it.
final class StateIcons {
    private static final List<PseudoClass> PSEUDO_CLASSES =
            Arrays.stream(ImageState.values())
                    .map(state ->
                            PseudoClass.getPseudoClass(
                                    "state-"
                                            + state.name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', '-')))
                    .toList();

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
        return PSEUDO_CLASSES.get(state.ordinal());
    }

    static FontIcon of(ImageState state) {
        var icon = new FontIcon(icon(state));
        icon.getStyleClass().add("state-icon");
        icon.pseudoClassStateChanged(pseudoClass(state), true);
        return icon;
    }
}
