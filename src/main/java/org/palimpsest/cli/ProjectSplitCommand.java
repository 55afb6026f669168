package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.split.SplitOptions;
import org.palimpsest.dataset.split.SplitPlan;
import org.palimpsest.dataset.split.SplitRatios;
import org.palimpsest.imaging.PerceptualHash;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectSplits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Divides the images of a project.
@Command(
        name = "split",
        description = {
            "Divide the images into train, validation and test.",
            "Images that look alike stay together, and images that are in a part already stay there, so that"
                    + " the parts stay the same when images are added."
        },
        mixinStandardHelpOptions = true)
final class ProjectSplitCommand implements Callable<Integer> {
    private static final int SHOWN_GROUPS = 5;

    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Option(
            names = "--ratios",
            split = ",",
            paramLabel = "TRAIN,VALIDATION,TEST",
            defaultValue = "0.8,0.1,0.1",
            description = "The share of each (default: ${DEFAULT-VALUE}).")
    private List<Double> ratios = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Another seed divides otherwise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--by",
            paramLabel = "HOW",
            defaultValue = "STRATIFIED",
            description =
                    "stratified shares every label out by the ratios; hash goes by each image alone"
                            + " (default: stratified).")
    private SplitOptions.Mode mode = SplitOptions.Mode.STRATIFIED;

    @Option(
            names = "--tag",
            paramLabel = "TAG=SPLIT",
            description = "Images with this tag go there; may be given several times.")
    private Map<String, Split> tags = Map.of();

    @Option(names = "--same-folder", description = "Keep the images of a folder together.")
    private boolean sameFolder;

    @Option(
            names = "--again",
            description = "Divide all images anew, also those in a part already.")
    private boolean again;

    @Option(names = "--dry-run", description = "Say what would change, and change nothing.")
    private boolean dryRun;

    ProjectSplitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var options = options();
        try (var project = Project.open(file, InstantSource.system())) {
            Function<ImageEntry, Optional<String>> group =
                    image ->
                            sameFolder
                                    ? Optional.of(String.valueOf(image.file().getParent()))
                                    : Optional.empty();
            var plan = ProjectSplits.plan(project, options, group);
            print(plan);
            if (!dryRun) {
                ProjectSplits.apply(project, plan, settings());
            }
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private SplitOptions options() throws ProblemException {
        try {
            if (ratios.size() != 3) {
                throw new IllegalArgumentException(ratios.size() + " numbers");
            }
            return new SplitOptions(
                    new SplitRatios(ratios.get(0), ratios.get(1), ratios.get(2)),
                    seed,
                    mode,
                    OptionalInt.of(PerceptualHash.SIMILAR_BITS),
                    tags,
                    !again);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    "The images cannot be divided like this",
                    String.valueOf(e.getMessage()),
                    "Give three shares that add up to 1, such as --ratios 0.8,0.1,0.1, and parts that"
                            + " are train, validation or test");
        }
    }

    private String settings() {
        return "%s %s, seed %d%s%s"
                .formatted(
                        mode.name().toLowerCase(Locale.ROOT),
                        ratios,
                        seed,
                        tags.isEmpty() ? "" : ", by tag " + new TreeMap<>(tags),
                        sameFolder ? ", folders together" : "");
    }

    private void print(SplitPlan plan) {
        var out = context.output();
        out.println((dryRun ? "Would change " : "Changes ") + plan.changes().size() + " images");
        plan.images()
                .forEach((split, count) -> out.printf("%-12s %d images%n", name(split), count));
        plan.labels()
                .forEach((label, counts) -> {
                    out.printf("  %-20s", label);
                    counts.forEach((split, count) -> out.printf("  %s %d", name(split), count));
                    out.println();
                });
        if (!plan.together().isEmpty()) {
            out.println(
                    plan.together().size()
                            + " groups of images were kept together, the largest has "
                            + plan.together().getFirst().members().size());
        }
        plan.torn().stream()
                .limit(SHOWN_GROUPS)
                .forEach(group ->
                        context.error()
                                .println(
                                        group.members().size()
                                                + " images belong together but are in two parts"
                                                + " already (--again divides them anew)"));
    }

    private static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
