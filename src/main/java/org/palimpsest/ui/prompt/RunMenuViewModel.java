package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;

/// The ways of asking about more than the whole of one image.
///
/// Confined to the interface's thread.
public final class RunMenuViewModel implements ViewModel {
    private static final List<Command> WAYS =
            List.of(
                    Command.RUN_ON_SELECTION,
                    Command.RUN_ON_FILTER,
                    Command.RUN_ON_ALL,
                    Command.SLICED_DETECTION);

    private final Commands commands;

    public RunMenuViewModel(Commands commands) {
        this.commands = commands;
    }

    List<Command> ways() {
        return WAYS;
    }

    ObservableBooleanValue enabled(Command way) {
        return commands.enabled(way);
    }

    void run(Command way) {
        commands.run(way);
    }
}
