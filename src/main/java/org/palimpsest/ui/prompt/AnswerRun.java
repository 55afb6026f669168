package org.palimpsest.ui.prompt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.inference.AnswerToken;
import org.palimpsest.inference.ArrivingObject;
import org.palimpsest.inference.InferenceRequest;

/// The last answer about one image, or the one that is being written. Immutable.
///
/// @param prompt what was asked
/// @param text the answer as far as it is written
/// @param speed tokens and speed, in words; may be empty
/// @param activity what is being done; empty once it is done
/// @param fraction how much is done, 0 to 1; negative where that is not known
/// @param arriving the objects that are complete while the answer is being written
/// @param result what came of it in the end
/// @param notice what to know about it
record AnswerRun(
        String prompt,
        String text,
        String speed,
        String activity,
        double fraction,
        List<ArrivingObject> arriving,
        Optional<Result> result,
        Optional<Notice> notice) {
    static final AnswerRun NONE =
            new AnswerRun("", "", "", "", -1, List.of(), Optional.empty(), Optional.empty());

    AnswerRun {
        arriving = List.copyOf(arriving);
    }

    /// An answer that is complete.
    ///
    /// @param request what was asked, so that its answer can be put right
    /// @param tokens how sure the model was of each; none for an answer that a person wrote
    /// @param parsed what the answer says, a line for each object
    /// @param malformedAt the character where it leaves the form of its task
    /// @param edges how sure the model was of the edges of objects
    record Result(
            InferenceRequest request,
            List<AnswerToken> tokens,
            List<ParsedLine> parsed,
            OptionalInt malformedAt,
            Map<AnnotationId, EdgeRanges> edges) {
        Result {
            tokens = List.copyOf(tokens);
            parsed = List.copyOf(parsed);
            edges = Map.copyOf(edges);
        }
    }

    /// One thing that the answer says.
    ///
    /// @param what a label, or the words of a text
    /// @param details where it is and how sure the model was, in words; may be empty
    record ParsedLine(String what, String details) {}

    static AnswerRun begun(String prompt, String activity) {
        return new AnswerRun(
                prompt, "", "", activity, -1, List.of(), Optional.empty(), Optional.empty());
    }

    boolean isRunning() {
        return !activity.isEmpty();
    }

    AnswerRun doing(String nextActivity) {
        return new AnswerRun(
                prompt,
                text,
                speed,
                nextActivity,
                fraction,
                arriving,
                Optional.empty(),
                Optional.empty());
    }

    AnswerRun continued(
            String nextActivity,
            String nextText,
            String nextSpeed,
            double nextFraction,
            List<ArrivingObject> objects) {
        return new AnswerRun(
                prompt,
                nextText,
                nextSpeed,
                nextActivity,
                nextFraction,
                objects,
                Optional.empty(),
                Optional.empty());
    }

    /// An answer that came to nothing.
    AnswerRun ended(String finalText, String finalSpeed, Notice finalNotice) {
        return new AnswerRun(
                prompt,
                finalText,
                finalSpeed,
                "",
                -1,
                List.of(),
                Optional.empty(),
                Optional.of(finalNotice));
    }

    AnswerRun complete(
            String finalText, String finalSpeed, Result finalResult, Optional<Notice> finalNotice) {
        return new AnswerRun(
                prompt,
                finalText,
                finalSpeed,
                "",
                -1,
                List.of(),
                Optional.of(finalResult),
                finalNotice);
    }
}
