package org.palimpsest.batch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.edit.Proposals;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.inference.ModelStamp;
import org.palimpsest.inference.Predictions;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.FinishReason;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.Project;
import org.palimpsest.project.RunSettings;

/// Asks a model about images of a project and keeps the answers as proposed annotations.
///
/// Each answer is saved when it is there, so a run that was killed goes on where it was; all of it is one step to undo.
/// Images that a person worked on are left alone.
public final class ProjectLabeler {
    private static final int PAGE = 200;

    private final Project project;
    private final PaliGemma model;
    private final ModelStamp stampWithoutTime;
    private final LabelingOptions options;
    private final InstantSource clock;
    private final Progress progress;
    private final ModelRun run;
    private final LabelingRate rate;
    private final List<Question> questions = new ArrayList<>();
    private final List<AnnotatedImage> asked = new ArrayList<>();
    private final List<LabelingReport.Failure> failures = new ArrayList<>();
    private long labelled;
    private long proposed;
    private long done;
    private long human;
    private long answered;
    private long cutOff;

    private ProjectLabeler(
            Project project,
            PaliGemma model,
            String checkpoint,
            LabelingOptions options,
            InstantSource clock,
            LongSupplier nanoTime,
            Progress progress)
            throws ProblemException {
        this.project = project;
        this.model = model;
        this.options = options;
        this.clock = clock;
        this.progress = progress;
        this.stampWithoutTime =
                new ModelStamp(
                        model.info().name(), checkpoint, options.settings(), clock.instant());
        this.run =
                ModelRun.begin(
                        project,
                        new RunSettings(
                                model.info().name(),
                                checkpoint,
                                options.prompt(),
                                options.settings()));
        this.rate = new LabelingRate(project.count(options.where()), nanoTime);
    }

    /// Labels the images that the options mean. Stops within one token when cancelled; what was answered until then is
    /// kept.
    ///
    /// @param checkpoint hash of the model's weights
    public static LabelingReport label(
            Project project,
            PaliGemma model,
            String checkpoint,
            LabelingOptions options,
            InstantSource clock,
            Progress progress)
            throws ProblemException {
        var labeler =
                new ProjectLabeler(
                        project, model, checkpoint, options, clock, System::nanoTime, progress);
        try {
            labeler.labelAll();
        } finally {
            labeler.run.end();
        }
        return labeler.report();
    }

    private LabelingReport report() {
        return new LabelingReport(labelled, proposed, done, human, answered, cutOff, failures);
    }

    /// Page by page instead of in one reading, which would hold the database's old state for hours.
    private void labelAll() throws ProblemException {
        long next = ImagePage.START;
        while (next != ImagePage.END && !progress.isCancelled()) {
            var page = project.page(options.where(), next, PAGE);
            for (var line : page.images()) {
                if (progress.isCancelled()) {
                    return;
                }
                var image = project.image(line.image().id());
                if (image.isPresent()) {
                    take(image.get());
                }
            }
            next = page.next();
        }
        askWaiting();
    }

    private void take(AnnotatedImage image) throws ProblemException {
        switch (run.outcome(image.image().id())) {
            case DONE -> {
                done++;
                rate.skip(1);
                return;
            }
            case FAILED -> {
                if (!options.retryFailed()) {
                    failures.add(
                            new LabelingReport.Failure(
                                    image.image().file().toString(),
                                    "failed before; --retry-failed asks again"));
                    rate.skip(1);
                    return;
                }
            }
            case WAITING -> {}
        }
        if (HumanWork.isIn(image)) {
            human++;
            rate.skip(1);
            return;
        }
        if (options.overwrite() == LabelingOptions.Overwrite.NEVER
                && HumanWork.hasAnswer(image, options.prompt())) {
            answered++;
            rate.skip(1);
            return;
        }
        try {
            var picture = ImageFiles.read(image.image().file());
            questions.add(new Question(picture, image.image().id().toString(), options.prompt()));
            asked.add(image);
        } catch (ProblemException e) {
            fail(image, "", e.problem().oneLine());
            rate.skip(1);
        }
        if (questions.size() == options.batch()) {
            askWaiting();
        }
    }

    private void askWaiting() throws ProblemException {
        if (questions.isEmpty()) {
            return;
        }
        var images = List.copyOf(asked);
        var all = List.copyOf(questions);
        asked.clear();
        questions.clear();
        try {
            var answers = model.answerBatch(all, options.generation(), progress);
            for (int i = 0; i < answers.size(); i++) {
                keep(images.get(i), answers.get(i));
            }
        } catch (ProblemException e) {
            if (images.size() == 1) {
                fail(images.getFirst(), "", e.problem().oneLine());
                return;
            }
            // A batch may be too much where each question alone is not.
            for (int i = 0; i < images.size() && !progress.isCancelled(); i++) {
                asked.add(images.get(i));
                questions.add(all.get(i));
                askWaiting();
            }
        }
    }

    private void keep(AnnotatedImage image, Answer answer) throws ProblemException {
        if (answer.generation().finishReason() == FinishReason.CANCELLED) {
            return;
        }
        String text = answer.generation().text().strip();
        if (answer.output() instanceof ParsedOutput.Malformed malformed) {
            fail(image, text, "the answer does not keep to its form: " + malformed.reason());
            return;
        }
        cutOff += answer.generation().finishReason() == FinishReason.LENGTH ? 1 : 0;
        var stamp =
                new ModelStamp(
                        stampWithoutTime.model(),
                        stampWithoutTime.checkpoint(),
                        stampWithoutTime.settings(),
                        clock.instant());
        var annotations = Predictions.annotations(image.image(), answer, stamp);
        try {
            run.save(
                    image.image().id(),
                    text,
                    annotations,
                    Proposals.edits(image, options.prompt(), annotations));
        } catch (IllegalStateException e) {
            // Somebody worked on the image while the model answered; their work goes first.
            fail(image, text, "the image was changed meanwhile");
            return;
        }
        labelled++;
        proposed += annotations.size();
        rate.answer(1);
        report(image);
    }

    private void fail(AnnotatedImage image, String answer, String reason) throws ProblemException {
        run.fail(image.image().id(), answer, reason);
        failures.add(new LabelingReport.Failure(image.image().file().toString(), reason));
        rate.answer(1);
        report(image);
    }

    private void report(AnnotatedImage image) {
        progress.update(
                new ProgressUpdate(
                        rate.words()
                                + (failures.isEmpty()
                                        ? ""
                                        : String.format(
                                                Locale.ROOT, ", %d failed", failures.size()))
                                + "  "
                                + image.image().file().getFileName(),
                        rate.fraction()));
    }
}
