package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class StatisticsViewModelTest {
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final FilterViewModel filter = new FilterViewModel(workspace, dialogs);
    private final StatisticsViewModel statistics =
            new StatisticsViewModel(workspace, tasks, filter);

    private Chart chart(String title) {
        return statistics.chartsProperty().get().stream()
                .filter(one -> one.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private void open() {
        var images = Samples.entries(3);
        Samples.open(workspace, images);
        Samples.addBox(workspace, "cat", new Box(0, 0, 20, 10)); // a hundredth of 200 × 100
        Samples.addBox(workspace, "dog", new Box(0, 0, 100, 100));
        workspace.show(images.get(1));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
    }

    @Test
    void nothingIsCountedWhileNobodyLooks() {
        open();
        assertThat(statistics.chartsProperty().get()).isEmpty();
    }

    @Test
    void barsSayHowManyThereAreTheMostFrequentFirst() {
        open();
        statistics.showingProperty().set(true);

        var labels = chart("Objects by label").bars();
        assertThat(labels).extracting(Chart.Bar::title).containsExactly("cat", "dog");
        assertThat(labels).extracting(Chart.Bar::count).containsExactly(2L, 1L);
        assertThat(labels).extracting(Chart.Bar::share).containsExactly(1.0, 0.5);
        assertThat(chart("Images by number of edits").bars().subList(0, 3))
                .extracting(Chart.Bar::title, Chart.Bar::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("0", 1L),
                        org.assertj.core.groups.Tuple.tuple("1", 1L),
                        org.assertj.core.groups.Tuple.tuple("2", 1L));
    }

    @Test
    void choosingABarFiltersAndChoosingItAgainTakesThatBack() {
        open();
        statistics.showingProperty().set(true);
        var dog = chart("Objects by label").bars().getLast();
        statistics.choose(dog);

        assertThat(filter.textProperty().get()).isEqualTo("label:dog");
        assertThat(workspace.images().lines()).hasSize(1);
        assertThat(statistics.isChosen(dog)).isTrue();
        assertThat(chart("Objects by label").bars())
                .extracting(Chart.Bar::count)
                .containsExactly(1L, 1L); // the image has both

        statistics.choose(dog);
        assertThat(workspace.images().lines()).hasSize(3);
    }

    /// The bars of all charts: each finds images if it counted something, and none if not.
    @Test
    void everyBarMeansTheImagesThatItCounted() throws ProblemException {
        open();
        statistics.showingProperty().set(true);
        var project = workspace.project().orElseThrow();
        for (var chart : statistics.chartsProperty().get()) {
            for (var bar : chart.bars()) {
                long found = project.count(ImageFilter.parse(bar.term()));
                assertThat(found > 0).as(chart.title() + ", " + bar).isEqualTo(bar.count() > 0);
            }
        }
    }

    @Test
    void whatChangedIsCountedAnew() {
        open();
        statistics.showingProperty().set(true);
        Samples.addBox(workspace, "bird", new Box(0, 0, 5, 5));
        statistics.refreshIfOld();

        assertThat(chart("Objects by label").bars())
                .extracting(Chart.Bar::title)
                .isEqualTo(List.of("cat", "dog", "bird"));
    }
}
