package org.palimpsest.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// An open model, as far as the service needs it. Used on the service's thread only.
public interface AnsweringModel extends AutoCloseable {

    /// Hears the answer while it is written.
    @FunctionalInterface
    interface Listener {
        /// @param textSoFar the whole text up to now
        /// @param tokens how many tokens it took
        /// @param objects those that are complete, in pixels of the picture
        void token(String textSoFar, int tokens, List<ArrivingObject> objects);
    }

    ModelCard card();

    /// Switches an adapter on in place of any other one, or off.
    ///
    /// @param adapter the PEFT folder
    /// @return false where the model has to be opened anew for that, because it has no place for adapters
    /// @throws ProblemException if the adapter cannot be read or does not fit; the model goes on as before
    default boolean useAdapter(Optional<Path> adapter) throws ProblemException {
        return adapter.isEmpty();
    }

    /// Answers one prompt about one picture. Stops within one token once the progress is cancelled.
    ///
    /// @param imageKey tells pictures apart, so that a second prompt on the same one is faster
    ModelAnswer answer(
            Picture picture,
            String imageKey,
            String prompt,
            int maxNewTokens,
            Listener listener,
            Progress progress)
            throws ProblemException;

    /// Reads an answer that somebody wrote, as if the model had; it has no tokens.
    ModelAnswer read(Picture picture, String prompt, String text) throws ProblemException;

    /// The 16 codes that tell the part of the mask inside the box, if [ModelCard#masks].
    ///
    /// @param box in pixels
    int[] encodeMask(Mask mask, Box box) throws ProblemException;

    @Override
    void close();
}
