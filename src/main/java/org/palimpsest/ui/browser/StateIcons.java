package org.palimpsest.ui.browser;

import java.util.Locale;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;

/// The badge of each state of an image: another shape for each, so that colours only add to it.
final class StateIcons {
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

    /// The class by which the stylesheet colours it.
    static String styleClass(ImageState state) {
        return "state-" + state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static FontIcon of(ImageState state) {
        var icon = new FontIcon(icon(state));
        icon.getStyleClass().addAll("state-icon", styleClass(state));
        return icon;
    }
}
