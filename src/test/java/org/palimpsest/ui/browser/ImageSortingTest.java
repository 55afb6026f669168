package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.Project;
import org.palimpsest.project.RunSettings;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.Samples;

final class ImageSortingTest {
    private static final String PROMPT = "detect cat";

    @TempDir Path folder;

    private Project project;
    private final List<ImageId> ids = new ArrayList<>();

    @BeforeEach
    void open() throws ProblemException {
        project = Project.create(folder.resolve("p.palimpsest"), InstantSource.fixed(Samples.NOW));
    }

    @AfterEach
    void close() throws ProblemException {
        project.close();
    }

    private ImageId add(String name, String captured, long hash, Annotation... annotations)
            throws ProblemException {
        var facts =
                new ImageFacts(
                        "",
                        hash < 0 ? OptionalLong.empty() : OptionalLong.of(hash),
                        1,
                        captured.isEmpty()
                                ? Optional.empty()
                                : Optional.of(LocalDateTime.parse(captured)),
                        0);
        var image =
                new ImageEntry(ImageId.random(), folder.resolve(name), new Size(100, 100), facts);
        ids.add(image.id());
        project.apply(new AddImage(new AnnotatedImage(image, List.of(annotations))));
        return image.id();
    }

    private static ObjectAnnotation cat(double x, double score) {
        return ObjectAnnotation.of(
                "cat",
                new Box(x, 0, x + 10, 10),
                new Provenance.Predicted("toy", PROMPT, score, Samples.NOW));
    }

    /// The places, in the order of adding, of the images as sorted.
    private List<Integer> sorted(ImageOrder order, Optional<ImageId> like) throws ProblemException {
        var page = project.page(ImageFilter.ALL, ImagePage.START, 100);
        return new ImageSorting()
                .sort(project, page.images(), order, like, Progress.NONE).stream()
                        .map(line -> ids.indexOf(line.image().id()))
                        .toList();
    }

    @Test
    void namesAreSortedAsPeopleCount() throws ProblemException {
        add("img10.png", "", -1);
        add("IMG2.png", "", -1);
        add("a/img1.png", "", -1);

        assertThat(sorted(ImageOrder.NAME, Optional.empty())).containsExactly(2, 1, 0);
    }

    @Test
    void imagesWithoutADateComeLast() throws ProblemException {
        add("a.png", "", -1);
        add("b.png", "2026-02-01T00:00:00", -1);
        add("c.png", "2025-02-01T00:00:00", -1);

        assertThat(sorted(ImageOrder.DATE, Optional.empty())).containsExactly(2, 1, 0);
    }

    @Test
    void theLeastSureProposalThatNobodyReviewedDecides() throws ProblemException {
        add("a.png", "", -1, cat(0, 0.9), cat(20, 0.4));
        add("b.png", "", -1, cat(0, 0.1).withReview(ReviewState.ACCEPTED), cat(20, 0.6));
        add("c.png", "", -1);
        add("d.png", "", -1, cat(0, 0.2));

        assertThat(sorted(ImageOrder.UNCERTAINTY, Optional.empty())).containsExactly(3, 0, 1, 2);
    }

    @Test
    void theImageOnTheScreenComesFirstThenWhatLooksLikeIt() throws ProblemException {
        add("a.png", "", 0b1111_0000);
        add("b.png", "", -1);
        var shown = add("c.png", "", 0b0000_0001);
        add("d.png", "", 0b0000_0001);
        add("e.png", "", 0b0000_0111);

        assertThat(sorted(ImageOrder.SIMILARITY, Optional.of(shown)))
                .containsExactly(2, 3, 4, 0, 1);
        assertThat(sorted(ImageOrder.SIMILARITY, Optional.empty()))
                .as("like nothing, they stay as they were")
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void theImagesAboutWhichTheLastTwoRunsDisagreeMostComeFirst() throws ProblemException {
        add("a.png", "", -1);
        add("b.png", "", -1);
        add("c.png", "", -1);
        assertThat(sorted(ImageOrder.DISAGREEMENT, Optional.empty())).containsExactly(0, 1, 2);
        answer("one", List.of(cat(0, 0.5)), List.of(cat(0, 0.5)));
        answer("other", List.of(cat(0, 0.5)), List.of(cat(50, 0.5)));

        assertThat(sorted(ImageOrder.DISAGREEMENT, Optional.empty())).containsExactly(1, 0, 2);
    }

    private void answer(String model, List<Annotation> first, List<Annotation> second)
            throws ProblemException {
        var run = ModelRun.begin(project, new RunSettings(model, "", PROMPT, ""));
        run.save(ids.get(0), "", first, List.of());
        run.save(ids.get(1), "", second, List.of());
        run.end();
    }
}
