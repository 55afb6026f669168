package org.palimpsest.ui.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class LabelViewModelTest {
    private static final Box BOX = new Box(10, 20, 110, 70);

    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final LabelViewModel labels = new LabelViewModel(workspace, dialogs);
    private final LabelEditViewModel edit =
            new LabelEditViewModel(workspace, labels, new KeyBindings(Map.of()), dialogs, tasks);

    @BeforeEach
    void open() {
        Samples.open(workspace, Samples.entries(3));
    }

    private List<String> names() {
        return labels.lines().stream().map(line -> line.label().name()).toList();
    }

    private List<String> keys() {
        return labels.lines().stream().map(LabelLine::key).toList();
    }

    private LabelLine line(String name) {
        return labels.lines().stream()
                .filter(line -> line.label().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> objects() {
        return workspace.current().objects().stream().map(ObjectAnnotation::label).toList();
    }

    @Test
    void objectsAreCountedHereAndInTheProject() {
        Samples.addBox(workspace, "cat", BOX);
        Samples.addBox(workspace, "cat", BOX);
        workspace.step(1);
        Samples.addBox(workspace, "cat", BOX);
        Samples.addBox(workspace, "dog", BOX);
        assertThat(line("cat").here()).isEqualTo(1);
        assertThat(line("cat").total()).isEqualTo(3);
        workspace.undo();
        assertThat(line("cat").total()).isEqualTo(3);
        workspace.step(-1);
        assertThat(line("cat").here()).isEqualTo(2);
        workspace.propose(
                workspace.images().lines().get(2).image().id(),
                "detect cat",
                List.of(Samples.predicted("cat", BOX, "detect cat")));
        assertThat(line("cat").total()).isEqualTo(4);
    }

    @Test
    void aDigitLabelsWhatIsSelectedAsOneStep() {
        labels.add("cat");
        labels.add("dog");
        var one = Samples.addBox(workspace, "cat", BOX);
        var other = Samples.addBox(workspace, "cat", BOX);
        Samples.addBox(workspace, "cat", BOX);
        workspace.select(Set.of(one.id(), other.id()));

        assertThat(labels.digit(2)).isTrue();

        assertThat(objects()).containsExactly("dog", "dog", "cat");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("label 2 objects as dog");
        workspace.undo();
        assertThat(objects()).containsExactly("cat", "cat", "cat");
        assertThat(labels.digit(3)).isFalse();
    }

    @Test
    void withNothingSelectedTheNextObjectGetsTheLabel() {
        labels.add("cat");
        labels.add("dog");
        Samples.addBox(workspace, "cat", BOX);
        labels.digit(2);
        assertThat(objects()).containsExactly("cat");
        assertThat(workspace.currentLabel()).isEqualTo("dog");
        assertThat(line("dog").next()).isTrue();
    }

    @Test
    void theFirstTenLabelsHaveDigitsUnlessAnotherOneHasThem() {
        for (var name : "abcdefghijkl".split("")) {
            labels.add(name);
        }
        edit.setKey("l", "2");
        edit.setKey("c", "q");
        assertThat(keys())
                .containsExactly("1", "", "Q", "4", "5", "6", "7", "8", "9", "0", "", "2");
        assertThat(labels.key("q")).isTrue();
        assertThat(workspace.currentLabel()).isEqualTo("c");
        labels.digit(2);
        assertThat(workspace.currentLabel()).isEqualTo("l");
    }

    @Test
    void theKeyOfACommandOrAnotherLabelIsRefusedWithWords() {
        labels.add("cat");
        labels.add("dog");
        assertThat(edit.setKey("cat", "a")).isFalse();
        assertThat(edit.setKey("cat", "ä")).isFalse();
        assertThat(edit.setKey("cat", "q")).isTrue();
        assertThat(edit.setKey("dog", "Q")).isFalse();
        assertThat(keys()).containsExactly("Q", "2");
        assertThat(dialogs.messages.getFirst())
                .isEqualTo(
                        "A cannot be the key of a label: it means “Accept”. Give that command another key"
                                + " first, in the settings.");
        assertThat(dialogs.messages.getLast()).isEqualTo("Q is the key of “cat” already");
        edit.setKey("cat", "");
        assertThat(keys()).containsExactly("1", "2");
    }

    @Test
    void typingFiltersAndEnterChoosesOrMakes() {
        labels.add("black cat");
        labels.add("dog");
        edit.setAliases("dog", "hound, , puppy");
        labels.wordsProperty().set("PUP");
        assertThat(names()).containsExactly("dog");
        labels.chooseTyped();
        assertThat(workspace.currentLabel()).isEqualTo("dog");
        labels.wordsProperty().set("cow");
        assertThat(names()).isEmpty();
        labels.chooseTyped();
        assertThat(names()).containsExactly("black cat", "dog", "cow");
        assertThat(workspace.currentLabel()).isEqualTo("cow");
        labels.wordsProperty().set("cat");
        labels.chooseTyped();
        assertThat(workspace.currentLabel()).isEqualTo("black cat");
    }

    @Test
    void aRenamedLabelKeepsItsObjectsAndIsOneStep() {
        Samples.addBox(workspace, "cat", BOX);
        workspace.setCurrentLabel("cat");
        edit.rename("cat", " black  cat ");
        assertThat(objects()).containsExactly("black cat");
        assertThat(workspace.currentLabel()).isEqualTo("black cat");
        assertThat(line("black cat").total()).isEqualTo(1);
        workspace.undo();
        assertThat(objects()).containsExactly("cat");
    }

    @Test
    void theNameOfAnotherLabelMakesOneOfBothAfterAsking() {
        Samples.addBox(workspace, "cat", BOX);
        Samples.addBox(workspace, "kitten", BOX);
        dialogs.confirms = false;
        edit.rename("kitten", "cat");
        assertThat(objects()).containsExactly("cat", "kitten");
        dialogs.confirms = true;
        edit.rename("kitten", "cat");
        assertThat(objects()).containsExactly("cat", "cat");
        assertThat(names()).containsExactly("cat");
        assertThat(line("cat").total()).isEqualTo(2);
        assertThat(line("cat").label().aliases()).containsExactly("kitten");
        workspace.undo();
        assertThat(objects()).containsExactly("cat", "kitten");
    }

    @Test
    void theOrderIsThePersons() {
        labels.add("a");
        labels.add("b");
        labels.add("c");
        edit.move("c", -1);
        assertThat(names()).containsExactly("a", "c", "b");
        edit.moveTo("a", 2);
        assertThat(names()).containsExactly("c", "b", "a");
        edit.move("c", -5);
        assertThat(names()).containsExactly("c", "b", "a");
        workspace.undo();
        workspace.undo();
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void colourAndDescriptionAreChanged() {
        labels.add("cat");
        edit.recolor("cat", 0x123456);
        edit.describe("cat", " with whiskers ");
        assertThat(workspace.labels().find("cat"))
                .contains(new Label("cat", 0x123456, "", "with whiskers", List.of()));
        assertThat(workspace.color("cat")).isEqualTo(0x123456);
    }

    @Test
    void aLabelWithoutObjectsIsDeletedAtOnce() {
        labels.add("cat");
        edit.delete("cat");
        assertThat(names()).isEmpty();
        assertThat(edit.deletionProperty().get()).isEmpty();
        workspace.undo();
        assertThat(names()).containsExactly("cat");
    }

    @Test
    void ofALabelWithObjectsItIsAskedWhatBecomesOfThem() {
        Samples.addBox(workspace, "cat", BOX);
        Samples.addBox(workspace, "dog", BOX);
        edit.delete("cat");
        assertThat(edit.deletionProperty().get())
                .contains(new LabelEditViewModel.Deletion("cat", 1, 1, List.of("dog")));
        assertThat(objects()).containsExactly("cat", "dog");
        edit.deleteAfterMoving("cat", "dog");
        assertThat(objects()).containsExactly("dog", "dog");
        assertThat(edit.deletionProperty().get()).isEmpty();
        edit.deleteWithObjects("dog");
        assertThat(objects()).isEmpty();
        assertThat(names()).isEmpty();
        workspace.undo();
        workspace.undo();
        assertThat(objects()).containsExactly("cat", "dog");
    }

    @Test
    void aLabelIsCheckedAsAbsentUnlessItIsThere() {
        labels.add("cat");
        labels.add("dog");
        Samples.addBox(workspace, "dog", BOX);
        labels.toggleAbsent("cat");
        labels.toggleAbsent("dog");
        assertThat(workspace.current().details().labelChecks())
                .isEqualTo(Map.of("cat", LabelCheck.ABSENT));
        assertThat(workspace.current().details().state()).isEqualTo(ImageState.IN_PROGRESS);
        assertThat(line("cat").absent()).isTrue();
        assertThat(dialogs.messages).containsExactly("“dog” is in this image");
        labels.toggleAbsent("cat");
        assertThat(line("cat").absent()).isFalse();
    }

    @Test
    void aSetOfLabelsGoesThroughAFileIntoAnotherProject() {
        labels.add("cat");
        labels.add("dog");
        edit.setKey("cat", "q");
        edit.describe("dog", "barks");
        edit.setAliases("dog", "hound");
        var saved = workspace.labels();
        var file = folder.resolve("pets.labels.json");
        dialogs.target = Optional.of(file);
        edit.saveSet();

        Samples.open(workspace, Samples.entries(1));
        labels.add("cow");
        labels.add("dog");
        dialogs.file = Optional.of(file);
        edit.loadSet();

        assertThat(names()).containsExactly("cat", "dog", "cow");
        assertThat(new LabelSet(workspace.labels().labels().subList(0, 2))).isEqualTo(saved);
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add label cat");
    }

    @Test
    void aFileThatHoldsNoLabelsIsAProblemInWords() throws Exception {
        for (var text :
                List.of(
                        "",
                        "{}",
                        "[null]",
                        "[{\"name\":\"\"}]",
                        "[{\"name\":\"a\",\"color\":\"x\"}]")) {
            var file = folder.resolve("bad.json");
            Files.writeString(file, text);
            dialogs.file = Optional.of(file);
            dialogs.problems.clear();
            edit.loadSet();
            assertThat(dialogs.problems).as(text).hasSize(1);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void anotherProjectHasItsOwnLabels() {
        labels.add("cat");
        workspace.use(null);
        assertThat(names()).isEmpty();
        assertThat(labels.add("cat")).isEmpty();
        Samples.open(workspace, Samples.entries(1));
        workspace.apply(new ReplaceLabels(LabelSet.EMPTY, LabelSet.ofNames(List.of("x"))));
        assertThat(names()).containsExactly("x");
    }
}
