package org.palimpsest.ui.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.ui.support.Texts;

/// Which images are exported.
public enum Scope {
    ALL,
    /// Exactly those that are selected in the list.
    SELECTED,
    /// Those of the list, as it is filtered.
    LIST,
    /// Those that a person is done with, also those where nothing is.
    DONE;

    /// @param list the filter of the list
    /// @param split where only one part of the data set is wanted
    ImageFilter filter(ImageFilter list, Optional<Split> split) {
        var filters = new ArrayList<ImageFilter>();
        switch (this) {
            case ALL, SELECTED -> {}
            case LIST -> filters.add(list);
            case DONE ->
                    filters.add(
                            new ImageFilter.Or(
                                    List.of(
                                            new ImageFilter.InState(ImageState.DONE),
                                            new ImageFilter.InState(ImageState.EMPTY))));
        }
        split.ifPresent(part -> filters.add(new ImageFilter.InSplit(part)));
        return new ImageFilter.And(filters);
    }

    /// @param selected how many images are selected
    String title(int selected) {
        return this == SELECTED
                ? Texts.get("exchange.scope.SELECTED", selected)
                : Texts.get("exchange.scope." + name());
    }
}
