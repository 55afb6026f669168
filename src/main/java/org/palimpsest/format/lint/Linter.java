package org.palimpsest.format.lint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.jsonl.JsonlExample;
import org.palimpsest.format.jsonl.JsonlFiles;
import org.palimpsest.format.jsonl.JsonlFlavor;
import org.palimpsest.format.jsonl.JsonlLine;
import org.palimpsest.format.jsonl.JsonlLines;
import org.palimpsest.format.jsonl.JsonlRule;
import org.palimpsest.format.jsonl.LongSet;
import org.palimpsest.format.prompts.TextRules;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Checks PaliGemma training files of any origin against what a trainer does with them: what stops it, what it loses
/// and what it learns wrongly.
///
/// Memory: a few hashes for each example and image.
public final class Linter {
    private final LintTarget target;
    private final RuleFindings findings;
    private final ImageChecks images;
    private final AnswerChecks answers;
    private final Optional<LengthChecks> lengths;
    private final LongSet examples = new LongSet();
    private final Set<Split> splits = EnumSet.noneOf(Split.class);
    private final Map<String, String> firstKinds = new HashMap<>();
    private Optional<List<String>> classes = Optional.empty();
    private long count;

    private Linter(Path dataset, LintTarget target, LintOptions options) {
        this.target = target;
        this.findings = new RuleFindings(target);
        this.images = new ImageChecks(dataset, options.imageFolder(), findings);
        this.answers = new AnswerChecks(findings);
        var limit = options.textLength().isPresent() ? options.textLength() : target.textLength();
        this.lengths =
                options.tokenizer().map(tokenizer -> new LengthChecks(tokenizer, limit, findings));
    }

    /// Checks a training file, or all of a folder.
    ///
    /// @param dataset a `.jsonl` file, or the folder of a data set in any trainer's layout
    /// @throws ProblemException if a file itself cannot be read, there is none, or the check is cancelled
    public static LintReport lint(
            Path dataset, LintTarget target, LintOptions options, Progress progress)
            throws ProblemException {
        var files = JsonlFiles.of(dataset);
        Path parent = dataset.toAbsolutePath().getParent();
        var linter =
                new Linter(
                        Files.isDirectory(dataset) || parent == null ? dataset : parent,
                        target,
                        options);
        for (var file : files) {
            progress.message("Checking " + file.name());
            linter.check(file, progress);
        }
        linter.checkSplits();
        return new LintReport(
                files.size(),
                linter.count,
                linter.findings.groups(),
                linter.lengths.flatMap(LengthChecks::summary));
    }

    private void check(JsonlFiles.Found file, Progress progress) throws ProblemException {
        firstKinds.clear();
        classes = Optional.empty();
        try (var lines = JsonlLines.open(file.file())) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                progress.throwIfCancelled("The check was cancelled");
                String place = file.name() + " line " + line.get().number();
                findings.about(line.get().example().map(JsonlExample::image));
                checkForm(place, line.get());
                if (line.get().example().isPresent()) {
                    checkExample(file, place, line.get().example().get());
                }
            }
        }
    }

    private void checkForm(String place, JsonlLine line) {
        for (var note : line.notes()) {
            findings.add(note.rule(), place, note.message());
        }
        switch (line.ending()) {
            case CARRIAGE_RETURN_AND_LINE_FEED ->
                    findings.add(JsonlRule.CARRIAGE_RETURN, place, "the line ends in CR LF");
            case END_OF_FILE ->
                    findings.add(
                            JsonlRule.NO_FINAL_LINE_BREAK,
                            place,
                            "whatever is appended ends up on this line");
            case LINE_FEED -> {}
        }
        checkKeys(place, line.kinds());
    }

    private void checkKeys(String place, Map<String, String> kinds) {
        if (kinds.isEmpty()) {
            return;
        }
        var flavor = target.flavor();
        boolean kerasKeys = kinds.containsKey(JsonlFlavor.KERAS.prefixKey());
        if (kerasKeys != (flavor == JsonlFlavor.KERAS)) {
            findings.add(
                    JsonlRule.OTHER_TRAINERS_KEYS,
                    place,
                    flavor.title()
                            + " reads the keys "
                            + flavor.imageKey()
                            + ", "
                            + flavor.prefixKey()
                            + ", "
                            + flavor.suffixKey());
        }
        kinds.forEach((key, kind) -> {
            if (kind.equals("ARRAY") || kind.equals("OBJECT")) {
                findings.add(
                        JsonlRule.NESTED_VALUE, place, "the value of \"" + key + "\" is nested");
            }
        });
        if (firstKinds.isEmpty()) {
            firstKinds.putAll(kinds);
        } else if (!firstKinds.keySet().equals(kinds.keySet())) {
            findings.add(
                    JsonlRule.DIFFERENT_KEYS,
                    place,
                    "the keys are "
                            + kinds.keySet().stream().sorted().toList()
                            + ", those of the first line "
                            + firstKinds.keySet().stream().sorted().toList());
        }
    }

    private void checkExample(JsonlFiles.Found file, String place, JsonlExample example) {
        count++;
        file.split().ifPresent(splits::add);
        images.check(file, place, example.image());
        answers.check(place, example);
        checkTexts(place, example);
        checkTask(place, example);
        if (!examples.add(LongSet.hash(example.image(), example.prefix(), example.suffix()))) {
            findings.add(
                    JsonlRule.DUPLICATE_EXAMPLE,
                    place,
                    "the same image, prompt and answer again: " + example.prefix());
        }
        lengths.ifPresent(checks -> checks.check(place, example));
    }

    private void checkTexts(String place, JsonlExample example) {
        if (example.suffix().isBlank()) {
            findings.add(JsonlRule.EMPTY_ANSWER, place, target.flavor().emptyAnswer());
        }
        if (example.prefix().indexOf('\n') >= 0 || example.prefix().indexOf('\r') >= 0) {
            findings.add(
                    JsonlRule.PROMPT_LINE_BREAK, place, "the prompt has a line break in its midst");
        }
        // One at the beginning of the prompt was noted and dropped when the line was read.
        if ((example.prefix() + example.suffix()).contains(TextRules.IMAGE_TOKEN)) {
            findings.add(
                    JsonlRule.IMAGE_TOKEN,
                    place,
                    "the text contains "
                            + TextRules.IMAGE_TOKEN
                            + ", where processors put an image");
        }
    }

    private void checkTask(String place, JsonlExample example) {
        var task = Task.parse(example.prefix());
        if (!target.flavor().takes(task)) {
            findings.add(
                    JsonlRule.TASK_NOT_USED,
                    place,
                    target.flavor().title() + " use detect lines only: " + example.prefix());
        }
        if (task instanceof Task.Detect(var names)) {
            if (classes.isEmpty()) {
                classes = Optional.of(names);
            } else if (!classes.get().equals(names)) {
                findings.add(
                        JsonlRule.CLASS_LIST_DIFFERS,
                        place,
                        "the prompt names other labels than the first line, whose list is taken");
            }
        }
    }

    private void checkSplits() {
        findings.about(Optional.empty());
        for (var split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            if (!splits.contains(split)) {
                findings.add(
                        JsonlRule.SPLIT_MISSING,
                        split.name().toLowerCase(Locale.ROOT),
                        target.flavor().title() + " wants an example in each split");
            }
        }
    }
}
