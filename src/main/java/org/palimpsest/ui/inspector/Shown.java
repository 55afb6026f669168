package org.palimpsest.ui.inspector;

import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.ui.support.Texts;

/// Which objects a list shows.
public enum Shown {
    ALL,
    /// What a model proposed and nobody has looked at.
    WAITING,
    ACCEPTED,
    REJECTED,
    /// What a person drew or corrected.
    HUMAN;

    boolean includes(ObjectAnnotation object) {
        return switch (this) {
            case ALL -> true;
            case WAITING -> Reviews.isWaiting(object);
            case ACCEPTED -> object.review() == ReviewState.ACCEPTED;
            case REJECTED -> object.review() == ReviewState.REJECTED;
            case HUMAN -> object.provenance().isHuman();
        };
    }

    /// In the person's language.
    String title() {
        return Texts.get("inspector.shown." + name());
    }
}
