package org.palimpsest.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.JsonlExamples;
import org.palimpsest.batch.fit.ProjectExamples;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.format.prompts.ExampleSettings;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `fit` trains on.
final class FitDataArguments {
    @Parameters(
            paramLabel = "PROJECT|DATASET.jsonl",
            description =
                    "The project file; or a PaliGemma JSONL file of any flavour, or a folder with one for each"
                            + " split.")
    private Path source;

    @Mixin private FilterOption where;

    @Option(
            names = "--mix",
            paramLabel = "TEMPLATES",
            description =
                    "Of a project: which examples are made, with weights behind a colon, such as"
                            + " detect-all,caption:0.5 (default: "
                            + ExampleSettings.USUAL_TEMPLATES
                            + "). The same as --set templates=…")
    private @Nullable String mix;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Of a project: a setting of the examples as 'export' has them ('palimpsest formats'); may be given"
                            + " several times.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Of a JSONL file: what its image paths are relative to.")
    private @Nullable Path imageFolder;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description =
                    "Which share of the images is held out where the data has no validation split; 0 for none"
                            + " (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--validation-data",
            paramLabel = "FILE.jsonl",
            description = "Of a JSONL file: another one that is held out.")
    private @Nullable Path validationFile;

    Path source() {
        return source;
    }

    /// Whether the source is training files and no project.
    boolean isJsonl() {
        return Files.isDirectory(source) || source.getFileName().toString().endsWith(".jsonl");
    }

    /// @param masks turns masks into codes, where the model has such
    /// @param seed of what is held out, and of templates that draw lots
    FittingData read(Optional<MaskEncoder> masks, long seed, Progress progress)
            throws ProblemException {
        if (!(share >= 0 && share < 1)) {
            throw new ProblemException(
                    "--validation must be a share from 0 to below 1",
                    Double.toString(share),
                    "Write a number such as 0.1");
        }
        var holdOut = new FittingData.HoldOut(share, seed);
        if (isJsonl()) {
            refuseProjectOptions();
            return JsonlExamples.read(
                    source,
                    Optional.ofNullable(imageFolder),
                    Optional.ofNullable(validationFile),
                    holdOut,
                    progress);
        }
        if (validationFile != null || imageFolder != null) {
            throw new ProblemException(
                    "A project knows its images and its splits itself",
                    validationFile != null ? "--validation-data" : "--images",
                    "Leave the option away");
        }
        var filter = where.filter();
        var options = exampleOptions(seed);
        try (var project = Project.openForReading(source)) {
            return ProjectExamples.read(
                    project,
                    filter,
                    masks.map(options::withMasks).orElse(options),
                    holdOut,
                    progress);
        }
    }

    private void refuseProjectOptions() throws ProblemException {
        if (mix != null || !settings.isEmpty() || !where.text().isEmpty()) {
            throw new ProblemException(
                    "Training files have their prompts and answers already",
                    "--mix, --set and --where are for projects",
                    "Leave them away, or import the file into a project");
        }
    }

    private ExampleOptions exampleOptions(long seed) throws ProblemException {
        var known = ExampleSettings.table(ExampleSettings.USUAL_TEMPLATES);
        for (var name : settings.keySet()) {
            if (known.stream().noneMatch(setting -> setting.name().equals(name))) {
                throw new ProblemException(
                        "There is no setting called '" + name + "'",
                        "",
                        "Choose among "
                                + String.join(
                                        ", ", known.stream().map(one -> one.name()).toList()));
            }
        }
        var chosen = new LinkedHashMap<>(settings);
        if (mix != null && chosen.put("templates", mix) != null) {
            throw new ProblemException(
                    "--mix and --set templates= say the same thing", mix, "Give one of them");
        }
        return ExampleSettings.options(chosen, seed);
    }
}
