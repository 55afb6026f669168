package org.palimpsest.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads another program's data set into a project.
@Command(
        name = "import",
        description = {
            "Read a data set of another program into a project, as one step that can be undone.",
            "What cannot be taken over is listed; a file that cannot be read at all changes nothing."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:  palimpsest import streets.palimpsest instances.json --format coco --images"
                    + " val2017"
        })
final class ImportCommand implements Callable<Integer> {
    private static final int SHOWN_FINDINGS = 20;

    private final CommandContext context;

    @Parameters(
            index = "0",
            paramLabel = "PROJECT",
            description = "The project file; it is made where there is none.")
    private Path file;

    @Parameters(index = "1", paramLabel = "SOURCE", description = "The file or folder to read.")
    private Path source;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "What it is; 'palimpsest formats' lists them.")
    private String format;

    @Option(
            names = "--images",
            paramLabel = "FOLDER",
            description = "Where the images are, if not beside the file.")
    private @Nullable Path images;

    @Option(
            names = "--frame",
            paramLabel = "PIXELS",
            description =
                    "For images that their EXIF tag turns: whether coordinates mean the pixels as"
                            + " stored or upright, where the file does not tell.")
    private @Nullable Frame frame;

    @Option(
            names = "--location-scale",
            paramLabel = "N",
            description = "What location tokens were made with: 1023 (usual) or 1024.")
    private @Nullable Integer locationScale;

    @Mixin private MaskCoder maskCoder;

    ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var chosen = Formats.find(format);
        var reader =
                chosen.reader()
                        .orElseThrow(() ->
                                new ProblemException(
                                        chosen.title() + " can only be written", "", ""));
        if (!Files.exists(source)) {
            throw new ProblemException(
                    "There is no such file or folder", source.toString(), "Check the path");
        }
        if (locationScale != null && locationScale != 1023 && locationScale != 1024) {
            throw new ProblemException(
                    "--location-scale is 1023 or 1024", Integer.toString(locationScale), "");
        }
        return LongWork.run(
                context,
                progress -> {
                    boolean isNew = !Files.exists(file);
                    try (var masks = maskCoder.open();
                            var project =
                                    isNew
                                            ? Project.create(file, InstantSource.system())
                                            : Project.open(file, InstantSource.system())) {
                        var options =
                                new ImportOptions(
                                        Optional.ofNullable(images),
                                        Optional.ofNullable(frame),
                                        Optional.ofNullable(locationScale),
                                        masks.codec().map(codec -> codec::decode));
                        var report =
                                project.importData(
                                        "import " + source.getFileName(),
                                        sink -> {
                                            var data =
                                                    new DatasetImport(
                                                            source, options, sink, progress);
                                            reader.read(data);
                                            data.throwIfCancelled();
                                            return data.report();
                                        });
                        progress.close();
                        report.findings().stream()
                                .limit(SHOWN_FINDINGS)
                                .forEach(context.error()::println);
                        long more =
                                Math.max(0, report.findings().size() - SHOWN_FINDINGS)
                                        + report.moreFindings();
                        if (more > 0) {
                            context.error().println("and " + more + " findings more");
                        }
                        context.output()
                                .println(
                                        report.examples()
                                                + " annotations were read into "
                                                + file
                                                + ", which has "
                                                + project.info().images()
                                                + " images now");
                        return ExitCode.SUCCESS;
                    }
                });
    }
}
