package org.palimpsest.batch.fit;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.batch.Truth;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.Finding;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.prompts.ExampleMaker;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.training.data.Example;

/// Makes of a project what a model is to learn: the examples that an export would write, of what people drew, corrected,
/// accepted or imported.
///
/// Images of the train split are trained on and those of the validation split are held out. Where the project has no such
/// splits, a share of the images is. Images of the test split are never looked at.
public final class ProjectExamples {
    private final ExampleOptions options;
    private final FittingData.HoldOut holdOut;
    private final FindingList findings = new FindingList();
    private final List<AnnotatedImage> known = new ArrayList<>();
    private int unknown;
    private int missing;

    private ProjectExamples(ExampleOptions options, FittingData.HoldOut holdOut) {
        this.options = options;
        this.holdOut = holdOut;
    }

    /// Reads the images that a filter means.
    ///
    /// @throws ProblemException if there is nothing to learn from, or a label cannot stand in a prompt
    public static FittingData read(
            Project project,
            ImageFilter where,
            ExampleOptions options,
            FittingData.HoldOut holdOut,
            Progress progress)
            throws ProblemException {
        return new ProjectExamples(options, holdOut)
                .read(project.file().getFileName().toString(), project.dataset(where), progress);
    }

    private FittingData read(String name, Dataset data, Progress progress) throws ProblemException {
        long[] seen = {0};
        data.forEach(image -> {
            progress.throwIfCancelled("Reading the project was cancelled");
            progress.update(
                    new ProgressUpdate(
                            "Reading the project",
                            (double) seen[0]++ / Math.max(1, data.imageCount())));
            take(image);
        });
        if (known.isEmpty()) {
            throw new ProblemException(
                    "There is nothing to learn from",
                    "%d images, none with annotations that a person made or accepted"
                            .formatted(seen[0]),
                    "Correct or accept some, or import a data set with annotations");
        }
        LabelSet labels = data.labels();
        for (var image : known) {
            for (var object : image.objects()) {
                labels = labels.with(object.label());
            }
        }
        var division = divide();
        var kinds = new TreeMap<String, Integer>();
        var maker = ExampleMaker.of(labels, options, findings);
        var training = examples(maker, division.training(), kinds);
        var validation = examples(maker, division.validation(), new TreeMap<>());
        return new FittingData(
                name,
                division.words(),
                training,
                validation,
                division.validation().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Dataset.of(labels, division.validation())),
                kinds,
                words());
    }

    private void take(AnnotatedImage image) {
        var truth = Truth.of(image);
        if (image.details().split() == Split.TEST || !Truth.isKnown(truth)) {
            unknown += image.details().split() == Split.TEST ? 0 : 1;
        } else if (!Files.isRegularFile(image.image().file())) {
            missing++;
            findings.error(image.image().file().toString(), "the image file is not there");
        } else {
            known.add(truth);
        }
    }

    /// @param words how, for people
    private record Division(
            List<AnnotatedImage> training, List<AnnotatedImage> validation, String words) {}

    private Division divide() throws ProblemException {
        var trained = inSplit(Split.TRAIN);
        var validation = inSplit(Split.VALIDATION);
        if (!trained.isEmpty() && (!validation.isEmpty() || holdOut.share() == 0)) {
            return new Division(
                    trained,
                    validation,
                    "by the project's splits: %d images of train, %d of validation"
                            .formatted(trained.size(), validation.size()));
        }
        var all = trained.isEmpty() ? new ArrayList<>(known) : new ArrayList<>(trained);
        if (trained.isEmpty()) {
            all.removeIf(image -> image.details().split() == Split.VALIDATION);
        }
        if (all.isEmpty()) {
            throw new ProblemException(
                    "There is nothing to learn from",
                    "all images with annotations are in the validation split",
                    "Divide the project anew: palimpsest project split");
        }
        Set<String> heldOut =
                validation.isEmpty()
                        ? HeldOut.of(all.stream().map(ProjectExamples::key).toList(), holdOut)
                        : Set.of();
        var held = new ArrayList<>(validation);
        all.stream().filter(image -> heldOut.contains(key(image))).forEach(held::add);
        all.removeIf(image -> heldOut.contains(key(image)));
        String reason =
                trained.isEmpty()
                        ? "the project has no train split"
                        : "the project has no validation split";
        return new Division(
                all,
                held,
                "%s: %d images are trained on, %d held out"
                        .formatted(reason, all.size(), held.size()));
    }

    private List<AnnotatedImage> inSplit(Split split) {
        return known.stream().filter(image -> image.details().split() == split).toList();
    }

    /// The same picture under two names does not stand on both sides.
    private static String key(AnnotatedImage image) {
        String contents = image.image().facts().contentHash();
        return contents.isEmpty() ? image.image().id().toString() : contents;
    }

    private static List<Example> examples(
            ExampleMaker maker, List<AnnotatedImage> images, TreeMap<String, Integer> kinds)
            throws ProblemException {
        var examples = new ArrayList<Example>();
        for (var image : images) {
            for (var made : maker.examples(image).examples()) {
                examples.add(new Example(image.image().file(), made.prefix(), made.suffix()));
                kinds.merge(made.template(), 1, Integer::sum);
            }
        }
        return examples;
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        if (unknown > 0) {
            words.add(
                    unknown + " images are left out because nobody has said what is true of them");
        }
        if (missing > 0) {
            words.add(
                    missing
                            + " images are left out because their files are not there ('project relocate'"
                            + " finds moved ones)");
        }
        words.addAll(findings.kept().stream().map(Finding::toString).toList());
        return words;
    }
}
