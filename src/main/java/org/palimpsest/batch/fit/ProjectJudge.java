package org.palimpsest.batch.fit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.batch.EvaluationOptions;
import org.palimpsest.batch.EvaluationReport;
import org.palimpsest.batch.EvaluationTask;
import org.palimpsest.batch.ModelEvaluator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.Example;

/// Judges on annotated images, as the command `evaluate` does, by what the model is asked for: edits count boxes where only
/// boxes are asked for, and no texts that are not.
///
/// @param images what is true of them, as far as it is asked for
/// @param tasks what the model is asked for
public record ProjectJudge(Dataset images, Set<EvaluationTask> tasks, int maxNewTokens, int batch)
        implements Judge {
    /// The name of what it costs a person to correct the answers.
    public static final String EFFORT = "edits per image";

    /// What a person reads in a table; the other figures are in the report of `evaluate`.
    private static final Set<String> SHOWN =
            Set.of(
                    "mAP",
                    "AP50",
                    "precision@0.5",
                    "recall@0.5",
                    "F1@0.5",
                    "mIoU",
                    "malformed answers",
                    "CIDEr-D",
                    "exact",
                    "VQA accuracy",
                    "character error rate");

    /// The first of these that there is decides.
    private static final List<String> DECISIVE =
            List.of("detect F1@0.5", "segment mIoU", "refer mIoU", "answer VQA accuracy");

    /// More than a person looks through one by one.
    private static final int MOST_IMAGES_KEPT = 300;

    public ProjectJudge {
        tasks = Set.copyOf(tasks);
    }

    /// What a model can be asked for that was taught by these examples.
    public static Set<EvaluationTask> tasksOf(List<Example> examples) {
        Set<EvaluationTask> tasks = EnumSet.noneOf(EvaluationTask.class);
        for (var example : examples) {
            taskOf(example.prefix()).ifPresent(tasks::add);
        }
        return tasks;
    }

    private static Optional<EvaluationTask> taskOf(String prompt) {
        return switch (Task.parse(prompt)) {
            case Task.Detect _ -> Optional.of(EvaluationTask.DETECT);
            case Task.Segment _ -> Optional.of(EvaluationTask.SEGMENT);
            case Task.ShortCaption _, Task.Caption _, Task.Describe _ ->
                    Optional.of(EvaluationTask.CAPTION);
            case Task.Answer _ -> Optional.of(EvaluationTask.ANSWER);
            case Task.ReadText _ -> Optional.of(EvaluationTask.OCR);
            case Task.FreeForm _ -> Optional.of(EvaluationTask.REFER);
            case Task.Ask _ -> Optional.empty();
        };
    }

    /// A judge of some tasks, on images of which more may be known.
    public static ProjectJudge of(
            Dataset images, Set<EvaluationTask> tasks, int maxNewTokens, int batch)
            throws ProblemException {
        var asked = new ArrayList<AnnotatedImage>();
        images.forEach(image -> asked.add(asked(image, tasks)));
        return new ProjectJudge(Dataset.of(images.labels(), asked), tasks, maxNewTokens, batch);
    }

    private static AnnotatedImage asked(AnnotatedImage image, Set<EvaluationTask> tasks) {
        boolean outlines =
                tasks.contains(EvaluationTask.SEGMENT) || tasks.contains(EvaluationTask.REFER);
        var kept = new ArrayList<Annotation>();
        for (var annotation : image.annotations()) {
            switch (annotation) {
                case ObjectAnnotation object ->
                        kept.add(outlines ? object : object.withRegion(object.region().bounds()));
                case TextAnnotation text -> {
                    var task = taskOf(text.prompt());
                    if (text.referent().isPresent()
                            || (task.isPresent() && tasks.contains(task.get()))) {
                        kept.add(text);
                    }
                }
            }
        }
        return image.withAnnotations(kept);
    }

    /// A judge of so many of the images at most, spread evenly: fast enough to be asked between steps.
    public ProjectJudge limited(int most) throws ProblemException {
        if (images.imageCount() <= most) {
            return this;
        }
        var kept = new ArrayList<AnnotatedImage>();
        long[] seen = {0};
        long count = images.imageCount();
        images.forEach(image -> {
            long i = seen[0]++;
            if ((i + 1) * most / count > i * most / count) {
                kept.add(image);
            }
        });
        return new ProjectJudge(Dataset.of(images.labels(), kept), tasks, maxNewTokens, batch);
    }

    @Override
    public Judgement judge(PaliGemma model, Progress progress) throws ProblemException {
        var options = new EvaluationOptions(tasks, maxNewTokens, batch, 20, 0);
        var said = new LinkedHashMap<ImageId, JudgedImage>();
        var report =
                ModelEvaluator.evaluate(
                        images,
                        model,
                        options,
                        (truth, answer, effort) -> {
                            if (said.size() < MOST_IMAGES_KEPT) {
                                said.put(
                                        truth.image().id(),
                                        new JudgedImage(
                                                truth, answer, effort.correcting().actions()));
                            }
                        },
                        progress);
        var found = judgement(report);
        return new Judgement(found.figures(), found.decisive(), said);
    }

    static Judgement judgement(EvaluationReport report) {
        var figures = new LinkedHashMap<String, Double>();
        String caption = "";
        for (var metric : report.metrics()) {
            if (!SHOWN.contains(metric.name())) {
                continue;
            }
            String name = metric.task() + " " + metric.name();
            figures.put(name, metric.value());
            if (caption.isEmpty() && metric.name().equals("CIDEr-D")) {
                caption = name;
            }
        }
        String first = caption;
        String decisive = DECISIVE.stream().filter(figures::containsKey).findFirst().orElse(first);
        if (decisive.isEmpty() && figures.containsKey("ocr exact")) {
            decisive = "ocr exact";
        }
        figures.put(EFFORT, report.effort().correcting().actionsPerImage());
        return new Judgement(figures, decisive);
    }
}
