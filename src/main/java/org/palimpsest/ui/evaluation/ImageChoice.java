package org.palimpsest.ui.evaluation;

import java.util.Optional;
import org.palimpsest.dataset.Split;
import org.palimpsest.project.FilterText;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.ui.support.Texts;

/// Which images a model is judged on; of those, the ones that somebody went through.
enum ImageChoice {
    VALIDATION,
    TEST,
    ALL,
    /// Those of the list, as it is filtered.
    LIST;

    /// @param list the filter of the list
    ImageFilter filter(ImageFilter list) {
        return switch (this) {
            case VALIDATION -> new ImageFilter.InSplit(Split.VALIDATION);
            case TEST -> new ImageFilter.InSplit(Split.TEST);
            case ALL -> ImageFilter.ALL;
            case LIST -> list;
        };
    }

    String title() {
        return Texts.get("evaluation.images." + name());
    }

    /// What the images of an evaluation are called.
    ///
    /// @param filter as a project keeps it
    static String title(String filter) {
        for (var choice : values()) {
            if (choice != LIST
                    && Optional.of(filter).equals(FilterText.of(choice.filter(ImageFilter.ALL)))) {
                return choice.title();
            }
        }
        return filter;
    }
}
