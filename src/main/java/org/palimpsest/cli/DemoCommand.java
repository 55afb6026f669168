package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.cli.demo.SceneEvaluation;
import org.palimpsest.cli.demo.SceneScores;
import org.palimpsest.evaluation.DetectionCounts;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.format.jsonl.JsonlExample;
import org.palimpsest.format.jsonl.JsonlFlavor;
import org.palimpsest.format.jsonl.PaliGemmaJsonlWriter;
import org.palimpsest.format.scenes.Scene;
import org.palimpsest.format.scenes.SceneFolder;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.FoundObject;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Labels the sample scenes with every task and compares the answers with the truth.
@Command(
        name = "demo",
        description = {
            "Label the sample scenes with every task and compare the answers with the truth.",
            "The model that comes with the program knows these drawn scenes and nothing else: photographs"
                    + " need a real PaliGemma."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    /// Beyond this many scenes only the sums are printed.
    private static final int LISTED_SCENES = 60;

    private final CommandContext context;
    private final List<JsonlExample> examples = new ArrayList<>();

    @Option(
            names = "--scenes",
            paramLabel = "DIR",
            description = "Scenes with a truth.json (default: the samples of the program).")
    private @Nullable Path scenes;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "palimpsest-demo",
            description = "Where pictures and answers go (default: ./${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "Print the scores as one JSON object.")
    private boolean asJson;

    @Mixin private ModelOptions modelOptions;

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        SceneFolder folder =
                SceneFolder.read(scenes == null ? context.installation().samples() : scenes);
        makeFolder(out);
        examples.clear();
        var progress = new ConsoleProgress(context.error());
        SceneScores scores;
        boolean usesBundledModel =
                modelOptions.folder(context).equals(context.installation().bundledModel());
        try (var _ = new Interruption(progress::cancel);
                OpenModel open = modelOptions.open(context, progress)) {
            boolean listed = !asJson && folder.scenes().size() <= LISTED_SCENES;
            if (listed) {
                context.output()
                        .printf("%-24s %-12s %-10s %s%n", "scene", "boxes", "mask IoU", "texts");
            }
            scores =
                    new SceneEvaluation(open.model(), GenerationOptions.standard())
                            .evaluate(
                                    folder,
                                    (scene, picture, answers, sceneScores) -> {
                                        progress.close();
                                        if (listed) {
                                            printScene(scene, sceneScores);
                                        }
                                        keep(scene, picture, answers);
                                    },
                                    progress);
        } finally {
            progress.close();
        }
        if (progress.isCancelled()) {
            return ExitCode.CANCELLED;
        }
        Path labels = out.resolve("labels.jsonl");
        PaliGemmaJsonlWriter.writeExamples(examples, labels, JsonlFlavor.BIG_VISION);
        if (asJson) {
            context.output().println(toJson(scores, folder.scenes().size()));
        } else {
            printTable(scores, folder.scenes().size());
            context.output()
                    .printf(
                            "%nPictures with boxes and masks are in %s, the %d answers in %s.%n",
                            out.toAbsolutePath().normalize(),
                            examples.size(),
                            labels.toAbsolutePath().normalize());
            if (usesBundledModel) {
                context.output()
                        .println(
                                "This small model knows such drawn scenes only; photographs need a real"
                                        + " PaliGemma: --model DIR.");
            }
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private static void makeFolder(Path folder) throws ProblemException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder for pictures and answers cannot be made",
                            folder + ": " + e,
                            "Choose another one with --out"),
                    e);
        }
    }

    private void keep(Scene scene, Picture picture, List<Answer> answers) throws ProblemException {
        String name = String.valueOf(scene.image().getFileName());
        var drawn = new ArrayList<FoundObject>();
        for (Answer answer : answers) {
            if (!(answer.output() instanceof ParsedOutput.Malformed)) {
                examples.add(
                        new JsonlExample(
                                name, answer.prompt(), answer.generation().text().strip()));
            }
            answer.objects().stream().filter(it -> it.mask().isPresent()).forEach(drawn::add);
        }
        // The boxes where the model makes no masks.
        List<FoundObject> objects = drawn.isEmpty() ? answers.getFirst().objects() : drawn;
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        ImageFiles.writePng(Overlays.paint(picture, objects), out.resolve(stem + ".png"));
    }

    private void printScene(Scene scene, SceneScores scores) {
        DetectionCounts detection = scores.detection();
        String wrong =
                detection.predicted() > detection.matched()
                        ? " +" + (detection.predicted() - detection.matched())
                        : "";
        TextCounts texts = scores.allTexts();
        context.output()
                .printf(
                        Locale.ROOT,
                        "%-24s %-12s %-10.2f %s%n",
                        scene.image().getFileName(),
                        detection.matched() + " of " + detection.actual() + wrong,
                        scores.masks().meanIou(),
                        texts.exact() + " of " + texts.total());
        context.output().flush();
    }

    private void printTable(SceneScores scores, int scenes) {
        var output = context.output();
        DetectionCounts detection = scores.detection();
        output.printf(
                Locale.ROOT, "%n%d scenes%n%-14s %8s  %s%n", scenes, "task", "asked", "result");
        output.printf(
                Locale.ROOT,
                "%-14s %8d  F1@0.5 %.3f (precision %.3f, recall %.3f, mean box IoU %.3f)%n",
                "detect",
                detection.actual(),
                detection.f1(),
                detection.precision(),
                detection.recall(),
                detection.meanIou());
        output.printf(
                Locale.ROOT,
                "%-14s %8d  mask mIoU %.3f%n",
                "segment",
                scores.masks().actual(),
                scores.masks().meanIou());
        for (Map.Entry<String, TextCounts> texts : scores.texts().entrySet()) {
            output.printf(
                    Locale.ROOT,
                    "%-14s %8d  exact %.3f%n",
                    texts.getKey(),
                    texts.getValue().total(),
                    texts.getValue().share());
        }
        output.printf("%-14s %8d%n", "malformed", scores.malformed());
    }

    private static String toJson(SceneScores scores, int scenes) {
        var json = new ObjectMapper();
        ObjectNode root = json.createObjectNode().put("scenes", scenes);
        DetectionCounts detection = scores.detection();
        root.putObject("detect")
                .put("objects", detection.actual())
                .put("f1", detection.f1())
                .put("precision", detection.precision())
                .put("recall", detection.recall())
                .put("mean_box_iou", detection.meanIou());
        root.putObject("segment")
                .put("objects", scores.masks().actual())
                .put("miou", scores.masks().meanIou());
        ObjectNode texts = root.putObject("texts");
        scores.texts()
                .forEach((kind, counts) ->
                        texts.putObject(kind)
                                .put("asked", counts.total())
                                .put("exact", counts.share()));
        root.put("malformed", scores.malformed());
        try {
            return json.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Scores have no JSON form", e);
        }
    }
}
