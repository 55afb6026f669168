package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.ExportPreview;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.format.prompts.ExamplePreview;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectSplits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Exports a project in another program's format.
@Command(
        name = "export",
        description = {
            "Export a project in the format of a trainer or another program.",
            "The folder appears whole or not at all; the same project and options give the same bytes.",
            "Annotations and images that were rejected are left out."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:  palimpsest export streets.palimpsest --format coco --out streets-coco",
            "          palimpsest export streets.palimpsest --format paligemma-bigvision --model DIR --out"
                    + " train",
            "'palimpsest formats' lists the formats and their settings."
        })
final class ExportCommand implements Callable<Integer> {
    private static final int SHOWN_FINDINGS = 20;
    private static final int SHOWN_EXAMPLES = 10;

    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "What to write; 'palimpsest formats' lists them.")
    private String format;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "The folder to make. Without it, only what would be written is said.")
    private @Nullable Path out;

    @Mixin private FilterOption where;

    @Option(
            names = "--images",
            paramLabel = "HOW",
            defaultValue = "COPY",
            description = "copy the image files, link them, or refer to them (default: copy).")
    private ImagesMode images = ImagesMode.COPY;

    @Option(
            names = "--accepted-only",
            description = "Leave out what nobody has drawn, corrected or accepted.")
    private boolean acceptedOnly;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where everything random starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the format; may be given several times.")
    private Map<String, String> settings = Map.of();

    @Mixin private MaskCoder maskCoder;

    ExportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var filter = where.filter();
        var chosen = Formats.find(format);
        return LongWork.run(
                context,
                progress -> {
                    try (var project = Project.openForReading(file);
                            var masks = maskCoder.open()) {
                        return export(project, filter, chosen, options(project, masks), progress);
                    }
                });
    }

    private ExportOptions options(Project project, MaskCoder.Open masks) throws ProblemException {
        return new ExportOptions(
                images,
                acceptedOnly,
                seed,
                settings,
                masks.codec().map(codec -> codec::encode),
                masks.codec().map(codec -> codec::decode),
                maskCoder.tokenizer(),
                notes(project));
    }

    private Map<String, String> notes(Project project) throws ProblemException {
        var notes = new TreeMap<String, String>();
        ProjectSplits.settings(project).ifPresent(words -> notes.put("split", words));
        if (!where.text().isBlank()) {
            notes.put("filter", where.text());
        }
        return notes;
    }

    private int export(
            Project project,
            ImageFilter filter,
            DatasetFormat chosen,
            ExportOptions options,
            ConsoleProgress progress)
            throws ProblemException {
        var data = project.dataset(filter);
        if (out == null) {
            print(chosen, Exporter.preview(chosen, data, options));
            if (chosen instanceof PaliGemmaFormat format) {
                print(format.examples(data, options, SHOWN_EXAMPLES));
            }
            return ExitCode.SUCCESS;
        }
        var exported = Exporter.export(chosen, data, out, options, progress);
        progress.close();
        print(chosen, exported.preview());
        var report = exported.report();
        report.findings().stream().limit(SHOWN_FINDINGS).forEach(context.error()::println);
        long more = Math.max(0, report.findings().size() - SHOWN_FINDINGS) + report.moreFindings();
        if (more > 0) {
            context.error().println("and " + more + " findings more");
        }
        context.output().println(report.examples() + " entries are in " + out);
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private void print(ExamplePreview preview) {
        var out = context.output();
        out.println(preview.total() + " examples:");
        preview.counts().forEach((template, count) -> out.println("  " + template + "  " + count));
        for (var sample : preview.first()) {
            out.println(
                    sample.image().getFileName()
                            + "  "
                            + sample.example().prefix()
                            + "  →  "
                            + sample.example().suffix());
        }
        preview.findings().stream().limit(SHOWN_FINDINGS).forEach(context.error()::println);
        out.flush();
    }

    private void print(DatasetFormat chosen, ExportPreview preview) {
        context.output()
                .printf(
                        Locale.ROOT,
                        "%s: %d images, %d objects, %d texts%n",
                        chosen.title(),
                        preview.images(),
                        preview.objects(),
                        preview.texts());
        if (!preview.losses().isEmpty()) {
            context.output().println("This format cannot carry everything:");
            preview.losses().forEach(loss -> context.output().println("  " + loss));
        }
        context.output().flush();
    }
}
