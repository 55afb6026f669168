package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;

class ProjectStatisticsTest {
    @TempDir private Path folder;

    private interface Check {
        void check(Project project, List<AnnotatedImage> images) throws ProblemException;
    }

    private void inRandomProject(long seed, Check check) throws ProblemException {
        var edits = new RandomEdits(seed, folder.resolve("images"));
        try (var project =
                Project.create(
                        folder.resolve("p.palimpsest"), InstantSource.fixed(RandomEdits.NOW))) {
            for (int i = 0; i < 150; i++) {
                project.apply(edits.next());
            }
            var images = new ArrayList<AnnotatedImage>();
            project.dataset(ImageFilter.ALL).forEach(images::add);
            check.check(project, images);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyNumberIsWhatCountingInMemoryGives(long seed) throws ProblemException {
        inRandomProject(
                seed,
                (project, _) -> {
                    for (var text :
                            List.of("", "label:cat", "objects>2 or texts>1", "-tag:night")) {
                        var filter = ImageFilter.parse(text);
                        var images = new ArrayList<AnnotatedImage>();
                        project.dataset(filter).forEach(images::add);
                        var counted = ProjectStatistics.of(project, filter, Progress.NONE);

                        assertThat(counted.images()).as(text).isEqualTo(images.size());
                        compareImages(counted, images);
                        compareAnnotations(counted.annotations(), images);
                    }
                });
    }

    private static void compareImages(ProjectStatistics counted, List<AnnotatedImage> images) {
        Map<Object, Long> states = new HashMap<>();
        Map<Object, Long> splits = new HashMap<>();
        Map<String, Long> tags = new TreeMap<>();
        for (var image : images) {
            states.merge(image.details().state(), 1L, Long::sum);
            splits.merge(image.details().split(), 1L, Long::sum);
            image.details().tags().forEach(tag -> tags.merge(tag, 1L, Long::sum));
        }
        assertThat(counted.states()).isEqualTo(states);
        assertThat(counted.splits()).isEqualTo(splits);
        assertThat(List.copyOf(counted.tags().entrySet())).isEqualTo(List.copyOf(tags.entrySet()));
        assertThat(counted.edits().total()).isEqualTo(images.size());
    }

    private static void compareAnnotations(
            ProjectStatistics.Annotations counted, List<AnnotatedImage> images) {
        Map<String, Long> labels = new LinkedHashMap<>();
        Map<ReviewState, Long> reviews = new HashMap<>();
        long texts = 0;
        long scored = 0;
        for (var image : images) {
            image.objects().forEach(object -> labels.merge(object.label(), 1L, Long::sum));
            texts += image.texts().size();
            for (var annotation : image.annotations()) {
                reviews.merge(annotation.review(), 1L, Long::sum);
                scored += annotation.provenance().score().isPresent() ? 1 : 0;
            }
        }
        long objects = labels.values().stream().mapToLong(Long::longValue).sum();
        assertThat(counted.objects()).isEqualTo(objects);
        assertThat(counted.texts()).isEqualTo(texts);
        counted.labels()
                .forEach((label, count) ->
                        assertThat(count).as(label).isEqualTo(labels.getOrDefault(label, 0L)));
        assertThat(counted.labels()).containsKeys(labels.keySet().toArray(String[]::new));
        counted.reviews()
                .forEach((review, count) ->
                        assertThat(count).isEqualTo(reviews.getOrDefault(review, 0L)));
        assertThat(counted.origins().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(objects + texts);
        assertThat(counted.measures().scores().total()).isEqualTo(scored);
        assertThat(counted.measures().areas().total()).isEqualTo(objects);
    }

    /// Each bar, written as a filter, means the images that have something in it.
    @Test
    void aBarOfAHistogramIsARangeOfTheFilterLanguage() throws ProblemException {
        inRandomProject(
                4,
                (project, images) -> {
                    for (var image : images) {
                        var alone =
                                new ImageFilter.And(
                                        List.of(
                                                new ImageFilter.Named(
                                                        image.image().file().toString())));
                        if (project.count(alone) != 1) {
                            continue;
                        }
                        var counted = ProjectStatistics.of(project, alone, Progress.NONE);
                        var areas = counted.annotations().measures().areas();
                        for (int i = 0; i < areas.counts().size(); i++) {
                            var bar =
                                    new ImageFilter.Within(
                                            ImageFilter.Measure.AREA,
                                            areas.edges().get(i),
                                            areas.edges().get(i + 1));
                            assertThat(project.count(new ImageFilter.And(List.of(alone, bar))))
                                    .isEqualTo(areas.counts().get(i) > 0 ? 1 : 0);
                        }
                    }
                });
    }

    @Test
    void countingStopsWhenCancelled() throws ProblemException {
        inRandomProject(
                5,
                (project, _) ->
                        assertThatThrownBy(() ->
                                        ProjectStatistics.of(
                                                project, ImageFilter.ALL, new Cancelled()))
                                .isInstanceOf(ProblemException.class)
                                .hasMessageContaining("cancelled"));
    }

    private static final class Cancelled implements Progress {
        @Override
        public void update(ProgressUpdate update) {}

        @Override
        public boolean isCancelled() {
            return true;
        }
    }

    @Test
    void theLowestScoreIsThatOfWhatNobodyHasReviewed() throws ProblemException {
        inRandomProject(
                6,
                (project, images) -> {
                    Map<ImageId, Double> wanted = new HashMap<>();
                    for (var image : images) {
                        image.annotations().stream()
                                .filter(one -> one.review() == ReviewState.UNREVIEWED)
                                .flatMapToDouble(one -> one.provenance().score().stream())
                                .min()
                                .ifPresent(score -> wanted.put(image.image().id(), score));
                    }
                    assertThat(wanted).isNotEmpty();
                    assertThat(ImageOrders.lowestScores(project)).isEqualTo(wanted);
                });
    }

    @Test
    void aValueOnAnEdgeBelongsAboveIt() {
        var counter = new Histogram.Counter(0, 1, 2, Double.POSITIVE_INFINITY);
        for (double value : new double[] {-0.1, 0, 0.99, 1, 2, 1e300, Double.NaN}) {
            counter.add(value);
        }

        assertThat(counter.histogram().counts()).containsExactly(2L, 1L, 2L);
    }
}
