package org.palimpsest.ui.support;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Which page lies over the images. What a page does goes on while it is closed.
///
/// Confined to the interface's thread.
public final class Pages {
    private final ReadOnlyObjectWrapper<Optional<Page>> open =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    /// Shows a page in the place of the one that is open.
    public void open(Page page) {
        open.set(Optional.of(page));
    }

    /// Shows the images again.
    public void close() {
        open.set(Optional.empty());
    }

    public ReadOnlyObjectProperty<Optional<Page>> openProperty() {
        return open.getReadOnlyProperty();
    }
}
