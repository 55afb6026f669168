package org.palimpsest.format.prompts;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// Annotated images and short ways to make examples of them.
final class ExampleFixtures {
    static final Size SIZE = new Size(1023, 1023);
    static final LabelSet LABELS = LabelSet.ofNames(List.of("cat", "dog", "cow", "box"));

    private static final Provenance ADA =
            new Provenance.Drawn("Ada", Instant.parse("2026-11-02T08:00:00Z"));

    static final AnnotatedImage TEXTS =
            image(
                    "a.png",
                    text("caption en", "A Cat"),
                    text("caption de", "Eine Katze"),
                    text("caption en", "a cat again"),
                    text("cap en", "cat"),
                    text("describe en", "a cat on a mat"),
                    text("answer en what is it?", "a cat"),
                    text("answer en what is it?", "cat"),
                    text("question en cat", "what is it?"),
                    text("ocr", "STOP"),
                    text("what else", "nothing"));

    private ExampleFixtures() {}

    static List<TrainingExample> made(Map<String, String> settings, long seed, AnnotatedImage image)
            throws Exception {
        return ExampleMaker.of(LABELS, options(settings, seed), new FindingList())
                .examples(image)
                .examples();
    }

    static ExampleOptions options(Map<String, String> settings, long seed) throws ProblemException {
        return ExampleSettings.options(settings, seed);
    }

    static AnnotatedImage checked(AnnotatedImage image, Map<String, LabelCheck> checks) {
        return image.withDetails(image.details().withLabelChecks(checks));
    }

    static AnnotatedImage image(String name, Annotation... annotations) {
        return new AnnotatedImage(
                new ImageEntry(ImageId.random(), Path.of(name), SIZE), List.of(annotations));
    }

    static ObjectAnnotation object(String label, Region region) {
        return ObjectAnnotation.of(label, region, ADA);
    }

    static TextAnnotation text(String prompt, String text) {
        return TextAnnotation.of(prompt, text, ADA);
    }
}
