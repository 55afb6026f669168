package org.palimpsest.batch.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.format.prompts.ExampleSettings;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.training.data.Example;

class ProjectExamplesTest {
    private static final Provenance DRAWN = new Provenance.Drawn("me", Instant.EPOCH);
    private static final Provenance PREDICTED =
            new Provenance.Predicted("m", "detect cat", 0.9, Instant.EPOCH);
    private static final FittingData.HoldOut A_THIRD = new FittingData.HoldOut(0.34, 0);

    @TempDir private Path folder;
    private Project project;
    private int made;

    @BeforeEach
    void makeProject() throws ProblemException {
        project = Project.create(folder.resolve("p.palimpsest"), InstantSource.system());
    }

    @AfterEach
    void closeProject() throws ProblemException {
        project.close();
    }

    private Path image(Split split, Annotation... annotations) throws ProblemException {
        Path file = folder.resolve("image-" + made + ".png");
        var rgb = new byte[100 * 100 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * (3 + made));
        }
        made++;
        ImageFiles.writePng(new Picture(100, 100, rgb), file);
        project.importData(
                "add",
                sink -> {
                    var entry = sink.image(file);
                    sink.details(entry.id(), ImageDetails.NEW.withSplit(split));
                    sink.annotations(entry.id(), List.of(annotations));
                    return entry;
                });
        return file;
    }

    private static ObjectAnnotation cat(Provenance provenance) {
        return ObjectAnnotation.of("cat", new Box(0, 0, 50, 100), provenance);
    }

    private static ExampleOptions options() throws ProblemException {
        return ExampleSettings.options(Map.of(), 0);
    }

    private FittingData read() throws ProblemException {
        return ProjectExamples.read(project, ImageFilter.ALL, options(), A_THIRD, Progress.NONE);
    }

    private static Example catExample(Path file) {
        return new Example(file, "detect cat", "<loc0000><loc0000><loc1023><loc0512> cat");
    }

    @Test
    void whatPeopleDrewOrAcceptedIsLearntAndWhatNobodyLookedAtIsNot() throws ProblemException {
        Path drawn = image(Split.TRAIN, cat(DRAWN));
        Path accepted = image(Split.TRAIN, cat(PREDICTED).withReview(ReviewState.ACCEPTED));
        image(Split.TRAIN, cat(PREDICTED));
        Path held = image(Split.VALIDATION, cat(DRAWN), cat(PREDICTED));
        image(Split.TEST, cat(DRAWN));
        var data = read();
        assertThat(data.training()).containsExactly(catExample(drawn), catExample(accepted));
        assertThat(data.validation()).containsExactly(catExample(held));
        assertThat(data.validationImages().orElseThrow().imageCount()).isEqualTo(1);
        assertThat(data.division())
                .isEqualTo("by the project's splits: 2 images of train, 1 of validation");
        assertThat(data.kinds()).isEqualTo(Map.of("detect-all", 2));
        assertThat(data.findings())
                .containsExactly(
                        "1 images are left out because nobody has said what is true of them");
    }

    @Test
    void withoutSplitsAShareIsHeldOutAndSaidSo() throws ProblemException {
        var files = new ArrayList<Path>();
        for (int i = 0; i < 6; i++) {
            files.add(image(Split.UNASSIGNED, cat(DRAWN)));
        }
        var data = read();
        assertThat(data.training()).hasSize(4);
        assertThat(data.validation()).hasSize(2);
        assertThat(data.division())
                .isEqualTo("the project has no train split: 4 images are trained on, 2 held out");
        var all = new ArrayList<>(data.training());
        all.addAll(data.validation());
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        files.stream().map(ProjectExamplesTest::catExample).toList());
    }

    @Test
    void aTrainSplitWithoutAValidationSplitLendsItAShare() throws ProblemException {
        for (int i = 0; i < 3; i++) {
            image(Split.TRAIN, cat(DRAWN));
        }
        image(Split.UNASSIGNED, cat(DRAWN));
        var data = read();
        assertThat(data.training()).hasSize(2);
        assertThat(data.division()).startsWith("the project has no validation split");
        var none =
                ProjectExamples.read(
                        project,
                        ImageFilter.ALL,
                        options(),
                        new FittingData.HoldOut(0, 0),
                        Progress.NONE);
        assertThat(none.training()).hasSize(3);
        assertThat(none.validation()).isEmpty();
    }

    @Test
    void imagesWhoseFilesAreGoneAreLeftOut() throws ProblemException, IOException {
        image(Split.TRAIN, cat(DRAWN));
        Path gone = image(Split.TRAIN, cat(DRAWN));
        image(Split.VALIDATION, cat(DRAWN));
        Files.delete(gone);
        var data = read();
        assertThat(data.training()).hasSize(1);
        assertThat(data.findings())
                .anyMatch(
                        finding -> finding.startsWith("1 images are left out because their files"))
                .contains(gone + ": the image file is not there");
    }

    @Test
    void aProjectThatNobodyWorkedOnTeachesNothing() throws ProblemException {
        image(Split.TRAIN, cat(PREDICTED));
        assertThatThrownBy(this::read)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("There is nothing to learn from");
    }
}
