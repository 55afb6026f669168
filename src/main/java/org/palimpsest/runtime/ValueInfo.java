package org.palimpsest.runtime;

import java.util.List;
import org.palimpsest.tensor.ElementType;

/// An input or output of a model.
///
/// @param sizes the sizes of its axes, outermost first; -1 where the model leaves the size open
public record ValueInfo(String name, ElementType elementType, List<Long> sizes) {
    public ValueInfo {
        sizes = List.copyOf(sizes);
    }
}
