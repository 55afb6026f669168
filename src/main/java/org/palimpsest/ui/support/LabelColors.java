package org.palimpsest.ui.support;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.palimpsest.dataset.LabelSet;

/// The colour in which a label is shown: its own, or one by its place that any colour vision tells from its neighbours.
///
/// What the project keeps and what is exported stays the label's own colour. Confined to the interface's thread.
public final class LabelColors {
    /// Okabe and Ito's set without black (Color Universal Design, 2008, jfly.uni-koeln.de/color), two of Paul Tol's
    /// muted set (sronpersonalpages.nl/~pault, 2021) and a grey, in the order in which the least difference between
    /// neighbours is largest under protanopia, deuteranopia, tritanopia and full colour vision.
    private static final List<Integer> SAFE =
            List.of(
                    0xE69F00, 0x56B4E9, 0xD55E00, 0xF0E442, 0x009E73, 0x332288, 0xCC79A7, 0x882255,
                    0xBBBBBB, 0x0072B2);

    private final BooleanProperty safe = new SimpleBooleanProperty();

    /// The safe colours, in the order in which labels get them.
    public static List<Integer> safeColors() {
        return SAFE;
    }

    /// `0xRRGGBB`; of a label that the set does not have, the colour that it would get.
    public int of(String label, LabelSet labels) {
        if (!safe.get()) {
            return labels.with(label).find(label).orElseThrow().rgb();
        }
        int place = labels.names().indexOf(label);
        return safeAt(place < 0 ? labels.labels().size() : place);
    }

    private static int safeAt(int place) {
        return SAFE.get(Math.floorMod(place, SAFE.size()));
    }

    /// Whether labels are shown in the safe colours.
    public BooleanProperty safeProperty() {
        return safe;
    }
}
