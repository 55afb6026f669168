package org.palimpsest.format.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.format.FindingList;
import org.palimpsest.paligemma.prompt.Labels;
import org.palimpsest.problem.ProblemException;

/// Makes the training examples of annotated images: what is asked and what is answered.
///
/// Annotations that a person rejected are left out. Boxes are cut at the edge of the image; a side thinner than a
/// location bin is made one bin wide, because readers count an empty box as an invalid answer. The same image, labels
/// and options give the same examples, whatever other images there are.
///
/// Belongs to one thread.
public final class ExampleMaker {
    private final LabelSet labels;
    private final ExampleOptions options;
    private final FindingList findings;
    private boolean saidThatMasksAreNotEncoded;

    private ExampleMaker(LabelSet labels, ExampleOptions options, FindingList findings) {
        this.labels = labels;
        this.options = options;
        this.findings = findings;
    }

    /// @param labels every label of the data set, in the order in which prompts name them
    /// @param findings what is left out or changed goes here
    /// @throws ProblemException if a label cannot stand in PaliGemma's text form
    public static ExampleMaker of(LabelSet labels, ExampleOptions options, FindingList findings)
            throws ProblemException {
        for (var label : labels.names()) {
            var reason = Labels.reasonToRefuse(label);
            if (reason.isPresent() || !TextRules.isWellFormed(label)) {
                throw new ProblemException(
                        "PaliGemma's text form cannot carry the label '" + label + "'",
                        reason.orElse("a label must not contain half of a character"),
                        "Rename the label and export again");
            }
            Labels.reasonToWarn(label)
                    .ifPresent(warning -> findings.warning("label " + label, warning));
        }
        return new ExampleMaker(labels, options, findings);
    }

    /// One example before lots are drawn.
    ///
    /// @param key tells it from the others of its image and template
    record Candidate(String key, Maker maker) {

        /// Writes the example; empty where it turns out that there is none.
        @FunctionalInterface
        interface Maker {
            Optional<TrainingExample> make(RandomGenerator random) throws ProblemException;
        }
    }

    /// The examples of one image, template by template.
    public ImageExamples examples(AnnotatedImage image) throws ProblemException {
        var random = new ExampleRandom(options.seed(), image);
        var objects = new ObjectExamples(image, labels.names(), options, findings);
        var texts = new TextExamples(image, findings);
        var examples = new ArrayList<TrainingExample>();
        for (var part : options.mix().parts()) {
            String name = part.template().name();
            List<Candidate> candidates =
                    switch (part.template()) {
                        case PromptTemplate.Objects template -> objects(objects, template);
                        case PromptTemplate.Count _ -> objects.counts(name);
                        case PromptTemplate.Refer _ ->
                                masksAreEncoded(objects) ? objects.referring(name) : List.of();
                        case PromptTemplate.Texts template -> texts.texts(template, allTexts());
                        case PromptTemplate.QuestionOfAnswer _ -> texts.questions(name);
                    };
            for (var candidate : candidates) {
                int copies = copies(part.weight(), random.of(name, candidate.key(), -1));
                for (int copy = 0; copy < copies; copy++) {
                    candidate
                            .maker()
                            .make(random.of(name, candidate.key(), copy))
                            .map(this::inChosenCase)
                            .ifPresent(examples::add);
                }
            }
        }
        return new ImageExamples(examples, objects.encodedMasks());
    }

    private boolean allTexts() {
        return options.allTexts();
    }

    private List<Candidate> objects(ObjectExamples objects, PromptTemplate.Objects template) {
        return template.verb() == PromptTemplate.Verb.SEGMENT && !masksAreEncoded(objects)
                ? List.of()
                : objects.candidates(template);
    }

    private boolean masksAreEncoded(ObjectExamples objects) {
        if (options.masks().isEmpty() && !saidThatMasksAreNotEncoded && objects.hasOutlines()) {
            saidThatMasksAreNotEncoded = true;
            findings.warning(
                    "segment", "outlines become boxes only: no mask codec turns them into codes");
        }
        return options.masks().isPresent();
    }

    /// The whole part of the weight, and one more as often as its fraction says.
    private static int copies(double weight, RandomGenerator random) {
        int whole = (int) weight;
        return whole + (random.nextDouble() < weight - whole ? 1 : 0);
    }

    private TrainingExample inChosenCase(TrainingExample example) {
        return new TrainingExample(
                example.template(),
                options.letterCase().prefix(example.prefix()),
                options.letterCase().suffix(example.suffix()));
    }
}
