package org.palimpsest.format.prompts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.prompts.ExampleMaker.Candidate;
import org.palimpsest.paligemma.prompt.Task;

/// The examples that the texts of one image give.
final class TextExamples {
    private final String place;
    private final List<TextAnnotation> texts;
    private final FindingList findings;

    TextExamples(AnnotatedImage image, FindingList findings) {
        this.place = image.image().file().toString();
        this.findings = findings;
        this.texts =
                image.texts().stream()
                        .filter(text ->
                                text.review() != ReviewState.REJECTED && text.referent().isEmpty())
                        .toList();
    }

    /// @param all whether several texts with the same prompt give one example each
    List<Candidate> texts(PromptTemplate.Texts template, boolean all) {
        var byPrompt = new LinkedHashMap<String, List<TextAnnotation>>();
        var candidates = new ArrayList<Candidate>();
        for (var text : texts) {
            if (template.kind().takes(Task.parse(text.prompt()), template.language())
                    && isPossible(text.prompt(), text.text())) {
                var same = byPrompt.computeIfAbsent(text.prompt(), _ -> new ArrayList<>());
                same.add(text);
                String key = text.prompt() + "#" + same.size();
                var example = new TrainingExample(template.name(), text.prompt(), text.text());
                if (all) {
                    candidates.add(new Candidate(key, _ -> Optional.of(example)));
                }
            }
        }
        if (!all) {
            byPrompt.forEach((prompt, same) ->
                    candidates.add(
                            new Candidate(
                                    prompt,
                                    random ->
                                            Optional.of(
                                                    new TrainingExample(
                                                            template.name(),
                                                            prompt,
                                                            same.get(random.nextInt(same.size()))
                                                                    .text())))));
        }
        return candidates;
    }

    /// A question to ask for each answer.
    List<Candidate> questions(String template) {
        var candidates = new ArrayList<Candidate>();
        for (var text : texts) {
            if (Task.parse(text.prompt()) instanceof Task.Answer(var language, var question)
                    && !text.text().isBlank()) {
                String prefix = "question " + language.code() + " " + text.text().strip();
                if (isPossible(prefix, question)) {
                    var example = new TrainingExample(template, prefix, question);
                    candidates.add(
                            new Candidate(
                                    text.prompt() + "#" + candidates.size(),
                                    _ -> Optional.of(example)));
                }
            }
        }
        return candidates;
    }

    private boolean isPossible(String prefix, String suffix) {
        var reason = TextRules.reasonToRefuse(prefix, suffix);
        reason.ifPresent(words -> findings.error(place, words));
        return reason.isEmpty();
    }
}
