package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.SavedFilter;
import org.palimpsest.ui.support.ImageQuery;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class FilterViewModelTest {
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
    private final FilterViewModel filter = new FilterViewModel(workspace, dialogs);

    private void search(String text) {
        filter.textProperty().set(text);
        filter.search();
    }

    @Test
    void theListShowsWhatTheTextSays() {
        Samples.open(workspace, Samples.entries(3));
        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        search("label:cat");

        assertThat(workspace.images().lines()).hasSize(1);
        assertThat(workspace.images().query().filter()).isEqualTo(new ImageFilter.HasLabel("cat"));
        filter.clear();
        assertThat(workspace.images().lines()).hasSize(3);
    }

    @Test
    void whatIsNoFilterLeavesTheListAndNamesThePlaceUntilSomethingElseIsTyped() {
        Samples.open(workspace, Samples.entries(3));
        search("name:a");
        search("name:a (");

        assertThat(workspace.images().lines()).hasSize(1);
        assertThat(filter.faultProperty().get())
                .contains(new ImageFilter.Fault(8, "a term is missing"));
        filter.textProperty().set("name:a (b");
        assertThat(filter.faultProperty().get()).isEmpty();
    }

    @Test
    void menusAndChartsChangeTheTextTermByTerm() {
        Samples.open(workspace, Samples.entries(1));
        search("objects>0");
        filter.toggle("state", "new");
        filter.toggle("state", "done");
        filter.toggleOnly("score", "score<0.5");
        filter.toggleOnly("score", "score=0.1..0.2");

        assertThat(filter.textProperty().get())
                .isEqualTo("objects>0 state:new,done score=0.1..0.2");
        assertThat(filter.values("state")).containsExactly("new", "done");
        assertThat(filter.hasTerm("score=0.1..0.2")).isTrue();
        filter.toggle("state", "new");
        filter.toggle("state", "done");
        filter.toggleTerm("objects>0");
        assertThat(filter.textProperty().get()).isEqualTo("score=0.1..0.2");
    }

    @Test
    void filtersAreSavedUsedAndForgotten() {
        Samples.open(workspace, Samples.entries(2));
        search("name:b");
        dialogs.text = Optional.of("bees");
        filter.save();
        filter.clear();
        assertThat(filter.savedProperty().get()).containsExactly(new SavedFilter("bees", "name:b"));

        filter.use(filter.savedProperty().get().getFirst());
        assertThat(workspace.images().lines()).hasSize(1);
        filter.forget(filter.savedProperty().get().getFirst());
        assertThat(filter.savedProperty().get()).isEmpty();
    }

    @Test
    void anEmptyOrFaultyFilterIsNotSaved() {
        Samples.open(workspace, Samples.entries(2));
        dialogs.text = Optional.of("name");
        filter.save();
        search("(");
        filter.save();

        assertThat(filter.savedProperty().get()).isEmpty();
    }

    @Test
    void anotherProjectBeginsWithoutAFilter() {
        Samples.open(workspace, Samples.entries(2));
        search("name:b");
        Samples.open(workspace, Samples.entries(3));

        assertThat(filter.textProperty().get()).isEmpty();
        assertThat(workspace.images().lines()).hasSize(3);
    }

    @Test
    void whereSomebodyElseAsksForOtherImagesTheTextDoesNotLie() {
        Samples.open(workspace, Samples.entries(2));
        search("name:b");
        workspace.images().ask(ImageQuery.ALL.withFilter(new ImageFilter.Named("a")));

        assertThat(filter.textProperty().get()).isEmpty();
    }

    @Test
    void hintsKnowTheLabelsOfTheProject() {
        Samples.open(workspace, Samples.entries(1));
        Samples.addBox(workspace, "traffic light", new Box(1, 1, 5, 5));
        filter.textProperty().set("label:tra");

        assertThat(filter.hints(9))
                .isEqualTo(
                        List.of(
                                new FilterHints.Hint(
                                        "label:\"traffic light\" ", 22, "traffic light")));
    }
}
