package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.edit.Proposals;
import org.palimpsest.inference.Prediction;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.Project;
import org.palimpsest.project.RunSettings;

/// One run over images of a project, image by image: which are to be asked about, and what becomes of an answer.
///
/// For a model that answers elsewhere and in its own time: nothing here waits for it. Every answer is saved when it comes, so
/// a run that was killed goes on where it was; all of it is one step to undo. Images that a person worked on, also while the
/// model was at work, are left alone.
///
/// Used by one thread at a time, the one that writes the project.
public final class ImageRun {
    private static final int PAGE = 200;

    private final String prompt;
    private final ImageFilter where;
    private final Set<ImageId> images;
    private final boolean overwrite;
    private final RunSettings settings;
    private ModelRun run;
    private final long total;
    private final List<ImageId> page = new ArrayList<>();
    private long nextPage = ImagePage.START;
    private long labelled;
    private long proposed;
    private long skipped;
    private long failed;

    private ImageRun(ModelRun run, RunSettings settings, Choice choice, long total) {
        this.run = run;
        this.settings = settings;
        this.prompt = choice.prompt();
        this.where = choice.where();
        this.images = new HashSet<>(choice.images());
        this.overwrite = choice.overwrite();
        this.total = total;
    }

    /// What a run is about.
    ///
    /// @param where which images
    /// @param images which of these; empty for all of them
    /// @param overwrite whether answers to the prompt that nobody looked at are replaced
    public record Choice(
            String prompt, ImageFilter where, List<ImageId> images, boolean overwrite) {
        public Choice {
            images = List.copyOf(images);
        }
    }

    /// How far a run is.
    ///
    /// @param total images it is about
    /// @param labelled images that have an answer now
    /// @param proposed annotations that came of that
    /// @param skipped images that were done before, or are left alone
    /// @param failed images that got no answer that could be used
    public record Counts(long total, long labelled, long proposed, long skipped, long failed) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /// Images that need no more thought.
        public long done() {
            return labelled + skipped + failed;
        }
    }

    /// Images to be asked about.
    ///
    /// @param last whether no others follow
    public record Portion(List<ImageEntry> images, boolean last) {}

    /// Begins a run, or goes on with one of the same settings.
    ///
    /// @param settings its prompt is that of the choice
    public static ImageRun begin(Project project, RunSettings settings, Choice choice)
            throws ProblemException {
        long total =
                choice.images().isEmpty() ? project.count(choice.where()) : choice.images().size();
        return new ImageRun(ModelRun.begin(project, settings), settings, choice, total);
    }

    /// Names the run in the project.
    public long id() {
        return run.id();
    }

    public Counts counts() {
        return new Counts(
                Math.max(total, labelled + skipped + failed), labelled, proposed, skipped, failed);
    }

    /// The next images to be asked about: looks through some images only, so that others can use the project in between;
    /// there may be none among these.
    public Portion next(Project project, int most) throws ProblemException {
        if (page.isEmpty() && nextPage != ImagePage.END) {
            var read = project.page(where, nextPage, PAGE);
            nextPage = read.next();
            for (var line : read.images()) {
                if (images.isEmpty() || images.contains(line.image().id())) {
                    page.add(line.image().id());
                }
            }
        }
        var found = new ArrayList<ImageEntry>();
        int looked = 0;
        while (looked < page.size() && found.size() < most) {
            var image = project.image(page.get(looked++));
            if (image.isPresent()) {
                switch (run.outcome(image.get().image().id())) {
                    case DONE -> skipped++;
                    case FAILED -> failed++;
                    case WAITING -> {
                        if (isLeftAlone(image.get())) {
                            skipped++;
                        } else {
                            found.add(image.get().image());
                        }
                    }
                }
            }
        }
        page.subList(0, looked).clear();
        return new Portion(found, page.isEmpty() && nextPage == ImagePage.END);
    }

    private boolean isLeftAlone(AnnotatedImage image) {
        return HumanWork.isIn(image) || (!overwrite && HumanWork.hasAnswer(image, prompt));
    }

    /// Keeps an answer, and puts what it proposes into the image unless a person worked on that meanwhile.
    ///
    /// @return why the answer could not be used, in words; empty where it was
    public Optional<String> keep(Project project, Prediction answer) throws ProblemException {
        var id = answer.request().image().id();
        if (answer.output() instanceof ParsedOutput.Malformed malformed) {
            fail(id, answer.text(), malformed.reason());
            return Optional.of(malformed.reason());
        }
        propose(project, id, answer.text().strip(), answer.annotations());
        return Optional.empty();
    }

    private void propose(Project project, ImageId id, String text, List<Annotation> annotations)
            throws ProblemException {
        var image = project.image(id);
        if (image.isEmpty() || HumanWork.isIn(image.get())) {
            skipped++;
            return;
        }
        run.save(id, text, annotations, Proposals.edits(image.get(), prompt, annotations));
        labelled++;
        proposed += annotations.size();
    }

    /// Keeps an answer that a person put right, in the place of the failure.
    public void mend(Project project, Prediction answer) throws ProblemException {
        // A run that ended without an answer has no step any more.
        run = ModelRun.begin(project, settings);
        long before = labelled + skipped;
        propose(
                project,
                answer.request().image().id(),
                answer.text().strip(),
                answer.annotations());
        if (labelled + skipped > before && failed > 0) {
            failed--;
        }
    }

    /// Notes that an image could not be labelled.
    ///
    /// @param answer what the model said; may be empty
    public void fail(ImageId image, String answer, String reason) throws ProblemException {
        run.fail(image, answer, reason);
        failed++;
    }

    /// The images for which the run failed, with what the model said of them.
    public List<ModelRun.Failure> failures() throws ProblemException {
        return run.failures();
    }

    /// Ends the run for now; a run that changed nothing leaves no step.
    public void end() throws ProblemException {
        run.end();
    }
}
