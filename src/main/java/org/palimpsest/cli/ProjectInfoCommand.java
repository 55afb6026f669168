package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectEvaluations;
import org.palimpsest.project.ProjectInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what is in a project.
@Command(name = "info", description = "Say what is in a project.", mixinStandardHelpOptions = true)
final class ProjectInfoCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean asJson;

    ProjectInfoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException, JsonProcessingException {
        try (var project = Project.openForReading(file)) {
            var info = project.info();
            var runs = ModelRun.list(project);
            var evaluations = ProjectEvaluations.list(project);
            if (asJson) {
                context.output().println(new ObjectMapper().writeValueAsString(json(info, runs)));
            } else {
                print(info, runs);
                for (var evaluation : evaluations) {
                    context.output()
                            .println(
                                    "evaluated  "
                                            + evaluation.at()
                                            + "  "
                                            + evaluation.model()
                                            + "  "
                                            + evaluation.filter());
                }
            }
            context.output().flush();
            return ExitCode.SUCCESS;
        }
    }

    private void print(ProjectInfo info, List<ModelRun.Summary> runs) {
        var out = context.output();
        out.println("project    " + file);
        out.println("images     " + info.images() + words(info.states()));
        out.println("splits     " + words(info.splits()).strip());
        out.println("objects    " + info.objects());
        info.labels().forEach((label, count) -> out.println("  " + label + "  " + count));
        out.println("texts      " + info.texts());
        out.println("history    " + info.steps() + " steps");
        for (var run : runs) {
            out.println(
                    "run        "
                            + run.started()
                            + "  "
                            + run.settings().model()
                            + "  “"
                            + run.settings().prompt()
                            + "”  "
                            + run.done()
                            + " images"
                            + (run.failed() == 0 ? "" : ", " + run.failed() + " failed"));
        }
    }

    private static String words(Map<? extends Enum<?>, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> "  " + entry.getValue() + " " + name(entry.getKey()))
                .collect(Collectors.joining(","));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, Object> json(ProjectInfo info, List<ModelRun.Summary> runs) {
        var root = new LinkedHashMap<String, Object>();
        root.put("images", info.images());
        root.put("objects", info.objects());
        root.put("texts", info.texts());
        root.put("states", info.states());
        root.put("splits", info.splits());
        root.put("labels", info.labels());
        root.put("steps", info.steps());
        root.put(
                "runs",
                runs.stream()
                        .map(run ->
                                Map.of(
                                        "model", run.settings().model(),
                                        "checkpoint", run.settings().checkpoint(),
                                        "prompt", run.settings().prompt(),
                                        "settings", run.settings().settings(),
                                        "started", run.started().toString(),
                                        "done", run.done(),
                                        "failed", run.failed()))
                        .toList());
        return root;
    }
}
