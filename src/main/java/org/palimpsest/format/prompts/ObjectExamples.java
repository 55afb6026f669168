package org.palimpsest.format.prompts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.format.prompts.ExampleMaker.Candidate;
import org.palimpsest.geometry.Mask;
import org.palimpsest.paligemma.prompt.OutputFormatter;
import org.palimpsest.problem.ProblemException;

/// The examples that the objects of one image give.
final class ObjectExamples {
    private final AnnotatedImage image;
    private final List<String> labels;
    private final ExampleOptions options;
    private final FindingList findings;
    private final List<PlacedObject> objects;
    private final Map<AnnotationId, EncodedMask> encoded = new LinkedHashMap<>();

    /// @param labels of the data set, in its order
    ObjectExamples(
            AnnotatedImage image,
            List<String> labels,
            ExampleOptions options,
            FindingList findings) {
        this.image = image;
        this.labels = labels;
        this.options = options;
        this.findings = findings;
        this.objects = PlacedObject.of(image, findings);
    }

    boolean hasOutlines() {
        return objects.stream().anyMatch(PlacedObject::hasOutline);
    }

    /// Every mask that an example holds, once each.
    List<EncodedMask> encodedMasks() {
        return List.copyOf(encoded.values());
    }

    List<Candidate> candidates(PromptTemplate.Objects template) {
        var present = present();
        return switch (template.asked()) {
            case AskedLabels.Each _ -> {
                var asked = new ArrayList<>(present);
                if (options.empty().answer().isPresent()) {
                    asked.addAll(labels.stream().filter(this::isCheckedAbsent).toList());
                }
                yield asked.stream()
                        .map(label -> candidate(template, label, _ -> List.of(label)))
                        .toList();
            }
            case AskedLabels.Present _ -> List.of(candidate(template, "", _ -> present));
            case AskedLabels.All _ -> {
                var asked =
                        labels.stream()
                                .filter(label -> present.contains(label) || !isNotExhaustive(label))
                                .toList();
                if (options.oneClassList() && asked.size() < labels.size()) {
                    findings.error(
                            place(),
                            "no line, because every line asks for all labels and one is not"
                                    + " marked exhaustively");
                    yield List.of();
                }
                yield List.of(candidate(template, "", _ -> asked));
            }
            case AskedLabels.WithAbsent(int count, boolean checkedOnly) ->
                    List.of(
                            candidate(
                                    template,
                                    "",
                                    random -> withAbsent(present, count, checkedOnly, random)));
        };
    }

    /// Chooses the labels of a prompt.
    @FunctionalInterface
    private interface Asked {
        List<String> labels(RandomGenerator random);
    }

    private Candidate candidate(PromptTemplate.Objects template, String key, Asked asked) {
        return new Candidate(key, random -> example(template, asked.labels(random), random));
    }

    /// The labels that objects have, in the data set's order.
    private List<String> present() {
        Set<String> found = objects.stream().map(PlacedObject::label).collect(Collectors.toSet());
        return labels.stream().filter(found::contains).toList();
    }

    private boolean isNotExhaustive(String label) {
        return image.details().labelChecks().get(label) == LabelCheck.NOT_EXHAUSTIVE;
    }

    private boolean isCheckedAbsent(String label) {
        return image.details().labelChecks().get(label) == LabelCheck.ABSENT
                && objects.stream().noneMatch(one -> one.label().equals(label));
    }

    private List<String> withAbsent(
            List<String> present, int count, boolean checkedOnly, RandomGenerator random) {
        var sure = new ArrayList<String>();
        var likely = new ArrayList<String>();
        for (var label : labels) {
            if (isCheckedAbsent(label)) {
                sure.add(label);
            } else if (!checkedOnly && !present.contains(label) && !isNotExhaustive(label)) {
                likely.add(label);
            }
        }
        Collections.shuffle(sure, random);
        Collections.shuffle(likely, random);
        sure.addAll(likely);
        var asked = new HashSet<>(present);
        asked.addAll(sure.subList(0, Math.min(count, sure.size())));
        return labels.stream().filter(asked::contains).toList();
    }

    private Optional<TrainingExample> example(
            PromptTemplate.Objects template, List<String> asked, RandomGenerator random)
            throws ProblemException {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        var wanted = Set.copyOf(asked);
        var answered =
                PlacedObject.ordered(
                        objects.stream().filter(one -> wanted.contains(one.label())).toList(),
                        options.order(),
                        random);
        String prefix = template.verb().word() + " " + String.join(options.separator(), asked);
        if (answered.isEmpty()) {
            return options.empty()
                    .answer()
                    .map(text -> new TrainingExample(template.name(), prefix, text));
        }
        boolean masks = template.verb() == PromptTemplate.Verb.SEGMENT;
        // A segment line names every object, or the model would learn to pass some over.
        if (masks && !answered.stream().allMatch(PlacedObject::hasOutline)) {
            findings.warning(place(), "no segment line, because an object has a box only");
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        for (var one : answered) {
            String codes = masks ? OutputFormatter.maskCodes(encode(one).codes()) : "";
            parts.add(OutputFormatter.box(one.bins()) + codes + " " + one.label());
        }
        return Optional.of(
                new TrainingExample(
                        template.name(), prefix, String.join(options.separator(), parts)));
    }

    private EncodedMask encode(PlacedObject one) throws ProblemException {
        var known = encoded.get(one.object().id());
        if (known != null) {
            return known;
        }
        MaskEncoder encoder =
                options.masks()
                        .orElseThrow(() -> new IllegalStateException("No encoder for " + one));
        var mask = Mask.fromRegion(one.object().region(), image.image().size());
        var codes = Arrays.stream(encoder.encode(mask, one.box())).boxed().toList();
        var made = new EncodedMask(one.object(), mask, one.bins(), codes);
        encoded.put(one.object().id(), made);
        return made;
    }

    /// The sentences that mean one object with an outline.
    List<Candidate> referring(String template) {
        var candidates = new ArrayList<Candidate>();
        for (var text : image.texts()) {
            for (var one : objects) {
                boolean meant =
                        text.review() != ReviewState.REJECTED
                                && text.referent().equals(Optional.of(one.object().id()));
                if (meant && one.hasOutline() && isPossible(text.text())) {
                    candidates.add(
                            new Candidate(
                                    text.text() + "#" + candidates.size(),
                                    _ ->
                                            Optional.of(
                                                    new TrainingExample(
                                                            template,
                                                            text.text(),
                                                            OutputFormatter.box(one.bins())
                                                                    + OutputFormatter.maskCodes(
                                                                            encode(one)
                                                                                    .codes())))));
                }
            }
        }
        return candidates;
    }

    private boolean isPossible(String sentence) {
        var reason = TextRules.reasonToRefuse(sentence, "");
        reason.ifPresent(words -> findings.error(place(), words));
        return reason.isEmpty();
    }

    /// How many there are, for each label whose number is known.
    List<Candidate> counts(String template) {
        var crowded =
                objects.stream()
                        .map(PlacedObject::object)
                        .filter(ObjectAnnotation::crowd)
                        .map(ObjectAnnotation::label)
                        .collect(Collectors.toSet());
        var present = present();
        var candidates = new ArrayList<Candidate>();
        for (var label : labels) {
            boolean counted =
                    isCheckedAbsent(label)
                            || (present.contains(label)
                                    && !isNotExhaustive(label)
                                    && !crowded.contains(label));
            if (counted) {
                long count = objects.stream().filter(one -> one.label().equals(label)).count();
                String prompt =
                        options.countWording()
                                .replace("{labels}", plural(label))
                                .replace("{label}", label);
                var example = new TrainingExample(template, prompt, Long.toString(count));
                candidates.add(new Candidate(label, _ -> Optional.of(example)));
            }
        }
        return candidates;
    }

    /// The regular English plural of the last word.
    private static String plural(String label) {
        if (label.endsWith("s") || label.matches(".*(x|z|ch|sh)")) {
            return label.endsWith("s") && !label.endsWith("ss") ? label : label + "es";
        }
        return label.matches(".*[^aeiou ]y")
                ? label.substring(0, label.length() - 1) + "ies"
                : label + "s";
    }

    private String place() {
        return image.image().file().toString();
    }
}
