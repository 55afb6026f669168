package org.palimpsest.ui.exchange;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.format.Finding;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.StagedExport;
import org.palimpsest.format.jsonl.JsonlRule;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.format.lint.LintOptions;
import org.palimpsest.format.lint.LintReport;
import org.palimpsest.format.lint.LintTarget;
import org.palimpsest.format.lint.Linter;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.Texts;

/// What was found in an export before it got its place: what its writer left out, and for trainers of PaliGemma what
/// their reader would stumble over.
///
/// @param rows errors first, each group under its heading
/// @param errors how many findings mean that something is lost
/// @param warnings how many others there are
/// @param examples how many entries were looked at
public record ExportCheck(List<FindingRow> rows, long errors, long warnings, long examples) {
    private static final int MOST_LINES = 200;

    public ExportCheck {
        rows = List.copyOf(rows);
    }

    private record Group(Severity severity, String title, long count, List<Finding> first) {}

    /// Looks at all of an export; stops with a [ProblemException] when cancelled.
    static ExportCheck of(ExportOrder order, StagedExport staged, Progress progress)
            throws ProblemException {
        var groups = new ArrayList<Group>();
        for (var severity : List.of(Severity.ERROR, Severity.WARNING)) {
            var found =
                    staged.report().findings().stream()
                            .filter(finding -> finding.severity() == severity)
                            .toList();
            long more = severity == Severity.WARNING ? staged.report().moreFindings() : 0;
            if (found.size() + more > 0) {
                groups.add(
                        new Group(
                                severity,
                                Texts.get("exchange.findings.writing"),
                                found.size() + more,
                                found));
            }
        }
        if (order.format() instanceof PaliGemmaFormat trainer && staged.report().examples() > 0) {
            var report =
                    Linter.lint(
                            staged.folder(),
                            LintTarget.of(trainer.flavor()),
                            options(order),
                            progress);
            lintGroups(order, report).forEach(groups::add);
        }
        groups.sort(Comparator.comparing(Group::severity).reversed());
        return of(groups, staged);
    }

    /// How many tokens the trainer reads; empty where it reads all.
    static OptionalInt textLength(ExportOrder order) {
        var chosen = order.options().settings().getOrDefault(PaliGemmaFormat.TEXT_LENGTH, "");
        return chosen.matches("[1-9][0-9]{0,6}")
                ? OptionalInt.of(Integer.parseInt(chosen))
                : OptionalInt.empty();
    }

    private static LintOptions options(ExportOrder order) {
        var length = textLength(order);
        var options =
                length.isPresent()
                        ? LintOptions.DEFAULT.withTextLength(length.getAsInt())
                        : LintOptions.DEFAULT;
        return order.options().tokenizer().map(options::withTokenizer).orElse(options);
    }

    private static List<Group> lintGroups(ExportOrder order, LintReport report) {
        // The person wants the images where they are: such paths are worth a word, but no fault.
        boolean elsewhere = order.options().images() == ImagesMode.REFER;
        boolean unseen = elsewhere && report.group(JsonlRule.IMAGE_PATH).isPresent();
        return report.groups().stream()
                .filter(group -> !(unseen && group.rule() == JsonlRule.SPLIT_MISSING))
                .map(group ->
                        new Group(
                                elsewhere && group.rule() == JsonlRule.IMAGE_PATH
                                        ? Severity.WARNING
                                        : group.severity(),
                                group.rule().title(),
                                group.count(),
                                group.first()))
                .toList();
    }

    private static ExportCheck of(List<Group> groups, StagedExport staged) {
        var images = new Images(staged);
        var rows = new ArrayList<FindingRow>();
        long errors = 0;
        long warnings = 0;
        for (var group : groups) {
            rows.add(new FindingRow.Heading(group.severity(), group.title(), group.count()));
            group.first().stream()
                    .limit(MOST_LINES)
                    .map(finding ->
                            new FindingRow.Line(
                                    group.severity(),
                                    images.shown(finding.place()),
                                    images.shown(finding.message()),
                                    images.of(finding)))
                    .forEach(rows::add);
            if (group.severity() == Severity.ERROR) {
                errors += group.count();
            } else {
                warnings += group.count();
            }
        }
        return new ExportCheck(rows, errors, warnings, staged.report().examples());
    }

    /// Whether something would be lost.
    public boolean hasErrors() {
        return errors > 0;
    }

    /// What was found, in one line.
    public String summary() {
        return Texts.get("exchange.checked", errors, warnings);
    }

    /// Finds the image that a finding is about, by its path in the export or by the name of its file.
    private static final class Images {
        private final StagedExport staged;
        private final Map<String, ImageId> byName = new HashMap<>();

        Images(StagedExport staged) {
            this.staged = staged;
            staged.images().forEach((path, id) -> byName.put(name(path), id));
        }

        Optional<ImageId> of(Finding finding) {
            int slash = finding.place().lastIndexOf('/');
            var folder = slash < 0 ? "" : finding.place().substring(0, slash + 1);
            return finding.image()
                    .flatMap(path -> staged.image(folder, path))
                    .or(() -> staged.image("", finding.place()))
                    .or(() -> Optional.ofNullable(byName.get(name(finding.place()))));
        }

        /// Without the folder that nobody is to see.
        String shown(String place) {
            return place.replace(staged.folder() + "/", "")
                    .replace(staged.folder() + File.separator, "");
        }

        private static String name(String path) {
            try {
                return String.valueOf(Path.of(path).getFileName());
            } catch (InvalidPathException e) {
                return path;
            }
        }
    }
}
