package org.palimpsest.ui.browser;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageId;

/// Which images of the list are selected, and from where Shift extends. One is always in front: it has the keyboard.
///
/// Remembers images, not places: what is selected stays so when the list is sorted anew. Confined to the interface's
/// thread.
final class ImageSelection {
    private final IntSupplier size;
    private final IntFunction<ImageId> idAt;
    private final ToIntFunction<ImageId> indexOf;
    private final ReadOnlyObjectWrapper<Set<ImageId>> selected =
            new ReadOnlyObjectWrapper<>(Set.of());
    private @Nullable ImageId anchor;
    private @Nullable ImageId lead;

    /// @param indexOf negative where the image is not in the list
    ImageSelection(IntSupplier size, IntFunction<ImageId> idAt, ToIntFunction<ImageId> indexOf) {
        this.size = size;
        this.idAt = idAt;
        this.indexOf = indexOf;
    }

    /// How a click or key changes what is selected.
    enum Extension {
        /// This one alone.
        ALONE,
        /// This one is added, or taken away.
        TOGGLE,
        /// All from the last one that was chosen.
        RANGE,
        /// The keyboard goes there, what is selected stays.
        MOVE
    }

    ReadOnlyObjectProperty<Set<ImageId>> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    Set<ImageId> selected() {
        return selected.get();
    }

    /// The place of the one with the keyboard; negative where there is none.
    int leadIndex() {
        return lead == null ? -1 : indexOf.applyAsInt(lead);
    }

    Optional<ImageId> lead() {
        return Optional.ofNullable(lead);
    }

    void choose(int index, Extension extension) {
        if (index < 0 || index >= size.getAsInt()) {
            return;
        }
        var id = idAt.apply(index);
        switch (extension) {
            case ALONE -> {
                anchor = id;
                set(Set.of(id));
            }
            case TOGGLE -> {
                anchor = id;
                var changed = new LinkedHashSet<>(selected.get());
                if (!changed.remove(id)) {
                    changed.add(id);
                }
                set(changed);
            }
            case RANGE -> {
                int from = anchor == null ? -1 : indexOf.applyAsInt(anchor);
                int start = from < 0 ? index : from;
                var changed = new LinkedHashSet<ImageId>();
                for (int i = Math.min(start, index); i <= Math.max(start, index); i++) {
                    changed.add(idAt.apply(i));
                }
                if (from < 0) {
                    anchor = id;
                }
                set(changed);
            }
            case MOVE -> {}
        }
        lead = id;
    }

    void chooseAll() {
        var all = new LinkedHashSet<ImageId>();
        for (int i = 0; i < size.getAsInt(); i++) {
            all.add(idAt.apply(i));
        }
        set(all);
    }

    /// Follows what is on the screen: it becomes the only one, unless it is among several that are selected.
    void follow(ImageId shown) {
        if (!selected.get().contains(shown)) {
            set(Set.of(shown));
            anchor = shown;
        }
        lead = shown;
    }

    /// Forgets the images that are in the list no more.
    void keepListed() {
        var kept = new LinkedHashSet<>(selected.get());
        if (kept.removeIf(id -> indexOf.applyAsInt(id) < 0)) {
            set(kept);
        }
    }

    /// The selected images in the order of the list.
    List<ImageId> inOrder() {
        return selected.get().stream()
                .filter(id -> indexOf.applyAsInt(id) >= 0)
                .sorted(Comparator.comparingInt(indexOf))
                .toList();
    }

    private void set(Set<ImageId> changed) {
        selected.set(Collections.unmodifiableSet(changed));
    }
}
