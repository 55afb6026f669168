package org.palimpsest.ui.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.inference.AnswerSpeed;
import org.palimpsest.inference.Prediction;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.Texts;

/// What is said of an answer in words.
final class AnswerWords {
    private AnswerWords() {}

    static AnswerRun.Result result(Prediction prediction) {
        return new AnswerRun.Result(
                prediction.request(),
                prediction.tokens(),
                parsed(prediction),
                prediction.output() instanceof ParsedOutput.Malformed malformed
                        ? OptionalInt.of(malformed.position())
                        : OptionalInt.empty(),
                prediction.edges());
    }

    private static List<AnswerRun.ParsedLine> parsed(Prediction prediction) {
        var lines = new ArrayList<AnswerRun.ParsedLine>();
        for (var annotation : prediction.annotations()) {
            switch (annotation) {
                case ObjectAnnotation object -> {
                    var box = object.region().bounds();
                    var place =
                            Texts.get(
                                    "prompt.parsed.place",
                                    Math.round(box.xMin()),
                                    Math.round(box.yMin()),
                                    Math.round(box.width()),
                                    Math.round(box.height()));
                    lines.add(
                            new AnswerRun.ParsedLine(
                                    object.label(),
                                    score(object)
                                            .map(sure ->
                                                    Texts.get("prompt.parsed.score", sure)
                                                            + " · "
                                                            + place)
                                            .orElse(place)));
                }
                case TextAnnotation text -> lines.add(new AnswerRun.ParsedLine(text.text(), ""));
            }
        }
        return lines;
    }

    private static Optional<Double> score(ObjectAnnotation object) {
        return object.provenance() instanceof Provenance.Predicted predicted
                        && predicted.score().isPresent()
                ? Optional.of(predicted.score().getAsDouble())
                : Optional.empty();
    }

    static Optional<Notice> notice(Prediction prediction) {
        int found = prediction.annotations().size();
        if (prediction.output() instanceof ParsedOutput.Malformed malformed) {
            return Optional.of(
                    new Notice(
                            Notice.Severity.WARNING,
                            Texts.get("prompt.malformed"),
                            Texts.get(
                                    "prompt.malformed.text",
                                    malformed.reason(),
                                    malformed.position() + 1,
                                    found)));
        }
        if (prediction.cutShort()) {
            return Optional.of(
                    new Notice(
                            Notice.Severity.WARNING,
                            Texts.get("prompt.cutShort", prediction.speed().tokens()),
                            Texts.get("prompt.cutShort.text")));
        }
        boolean objectsAsked = !prediction.request().task().labels().isEmpty();
        return found == 0 && objectsAsked
                ? Optional.of(
                        new Notice(
                                Notice.Severity.INFORMATION,
                                Texts.get("prompt.nothingFound"),
                                Texts.get("prompt.nothingFound.text")))
                : Optional.empty();
    }

    static Notice notice(Problem problem) {
        var separator = problem.detail().isEmpty() || problem.remedy().isEmpty() ? "" : ". ";
        return new Notice(
                Notice.Severity.ERROR,
                problem.summary(),
                problem.detail() + separator + problem.remedy());
    }

    static Notice stopped() {
        return new Notice(
                Notice.Severity.INFORMATION,
                Texts.get("prompt.stopped"),
                Texts.get("prompt.stopped.text"));
    }

    static String speed(int tokens, double tokensPerSecond) {
        if (tokens == 0) {
            return "";
        }
        return tokensPerSecond > 0
                ? Texts.get("prompt.speed", tokens, tokensPerSecond)
                : Texts.get("prompt.tokens", tokens);
    }

    static String summary(Prediction prediction) {
        return prediction.request().written().isPresent()
                ? Texts.get("prompt.answer.written")
                : summary(prediction.speed());
    }

    private static String summary(AnswerSpeed speed) {
        var seconds = Texts.get("prompt.seconds", speed.seconds());
        return speed.tokens() == 0
                ? seconds
                : speed(speed.tokens(), speed.tokensPerSecond()) + " · " + seconds;
    }
}
