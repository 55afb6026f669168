package org.palimpsest.cli;

import org.palimpsest.problem.ProblemException;

/// Runs a command's work with progress on standard error and Ctrl+C as cancellation.
final class LongWork {
    private LongWork() {}

    /// The work itself.
    @FunctionalInterface
    interface Body {
        /// @return the exit code
        int run(ConsoleProgress progress) throws ProblemException;
    }

    /// @return the work's exit code, or that of a cancelled command where it stopped because of Ctrl+C
    static int run(CommandContext context, Body body) throws ProblemException {
        var progress = new ConsoleProgress(context.error());
        try (var _ = new Interruption(progress::cancel)) {
            int code = body.run(progress);
            return progress.isCancelled() ? ExitCode.CANCELLED : code;
        } catch (ProblemException e) {
            if (!progress.isCancelled()) {
                throw e;
            }
            progress.close();
            context.error().println("palimpsest: " + e.problem().oneLine());
            return ExitCode.CANCELLED;
        } finally {
            progress.close();
        }
    }
}
