package org.palimpsest.inference;

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
        void token(String textSoFar, int tokens);
    }

    ModelCard card();

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

    /// The 16 codes that tell the part of the mask inside the box, if [ModelCard#masks].
    ///
    /// @param box in pixels
    int[] encodeMask(Mask mask, Box box) throws ProblemException;

    @Override
    void close();
}
