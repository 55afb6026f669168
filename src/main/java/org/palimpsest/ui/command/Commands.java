package org.palimpsest.ui.command;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;

/// Who carries out each command, and whether it can be done now.
///
/// Every view model says at its making what it carries out; menus, keys and the palette ask here. Confined to the
/// interface's thread.
public final class Commands {
    private static final ObservableBooleanValue ALWAYS = new ReadOnlyBooleanWrapper(true);
    private static final ObservableBooleanValue NEVER = new ReadOnlyBooleanWrapper(false);

    private final Map<Command, Handler> handlers = new EnumMap<>(Command.class);

    private record Handler(ObservableBooleanValue enabled, Runnable run) {}

    /// Says who carries out a command that can always be done.
    ///
    /// @throws IllegalStateException if somebody else does already
    public void on(Command command, Runnable run) {
        on(command, ALWAYS, run);
    }

    /// Says who carries out a command, and when that is possible.
    ///
    /// @throws IllegalStateException if somebody else does already
    public void on(Command command, ObservableBooleanValue enabled, Runnable run) {
        if (handlers.putIfAbsent(command, new Handler(enabled, run)) != null) {
            throw new IllegalStateException("Two carry out " + command);
        }
    }

    /// Carries it out, if it can be done now.
    ///
    /// @return whether it was
    public boolean run(Command command) {
        var handler = handlers.get(command);
        if (handler == null || !handler.enabled().get()) {
            return false;
        }
        handler.run().run();
        return true;
    }

    /// Whether it can be done now.
    public ObservableBooleanValue enabled(Command command) {
        var handler = handlers.get(command);
        return handler == null ? NEVER : handler.enabled();
    }

    /// The commands that somebody carries out.
    public Set<Command> known() {
        return Set.copyOf(handlers.keySet());
    }
}
