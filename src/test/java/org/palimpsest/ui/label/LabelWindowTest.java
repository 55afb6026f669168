package org.palimpsest.ui.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.FeatureWindow;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

/// Makes, orders, keys and gives labels without a mouse, on a headless platform.
@Timeout(120)
final class LabelWindowTest {
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private Workspace workspace;
    private LabelEditViewModel edit;
    private FeatureWindow window;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var labels =
                FxThread.call(() -> {
                    var tasks = new ImmediateTaskRunner();
                    workspace = Samples.workspace(tasks, dialogs);
                    Samples.open(workspace, Samples.entries(2));
                    var list = new LabelViewModel(workspace, dialogs);
                    edit =
                            new LabelEditViewModel(
                                    workspace, list, new KeyBindings(Map.of()), dialogs, tasks);
                    return list;
                });
        window = FeatureWindow.open(LabelView.class, 320, 620, labels, edit);
    }

    @AfterEach
    void close() throws Exception {
        window.close();
    }

    private List<String> names() throws Exception {
        return FxThread.call(() -> workspace.labels().names());
    }

    @Test
    void labelsAreMadeOrderedAndGivenByKeysAlone() throws Exception {
        window.pictures("label-empty");
        TextField words = window.node("#words");
        FxThread.run(words::requestFocus);
        for (var name : List.of("cat", "dog", "cow")) {
            window.type(name);
            window.press(KeyCode.ENTER);
        }
        assertThat(names()).containsExactly("cat", "dog", "cow");
        var box = FxThread.call(() -> Samples.addBox(workspace, "cow", new Box(10, 10, 50, 50)));
        FxThread.run(() -> workspace.select(Set.of(box.id())));

        window.press(KeyCode.DOWN);
        ListView<?> list = window.node("#labelList");
        assertThat(FxThread.call(list::isFocused)).isTrue();
        window.press(KeyCode.ALT, KeyCode.UP);
        assertThat(names()).containsExactly("cat", "cow", "dog");
        window.press(KeyCode.UP);
        window.press(KeyCode.ENTER);
        assertThat(FxThread.call(() -> workspace.current().objects().getFirst().label()))
                .isEqualTo("cat");

        // The properties of the label follow in the order of the Tab key.
        window.press(KeyCode.TAB);
        TextField name = window.node("#name");
        assertThat(FxThread.call(name::isFocused)).isTrue();
        window.press(KeyCode.TAB);
        window.type("q");
        window.press(KeyCode.ENTER);
        assertThat(FxThread.call(() -> workspace.labels().find("cat").orElseThrow().shortcut()))
                .isEqualTo("Q");
        window.pictures("label-edit");
    }

    @Test
    void manyLabelsAndADeletionAreShown() throws Exception {
        FxThread.run(() -> {
            for (int i = 0; i < 40; i++) {
                Samples.addBox(
                        workspace,
                        i % 4 == 0
                                ? "a traffic light with a very long name that does not fit " + i
                                : "label " + i,
                        new Box(i, 0, 100 + i, 50));
            }
            edit.delete("label 3");
        });
        Node into = window.node("#into");
        assertThat(FxThread.call(() -> into.isVisible() && into.isFocused())).isTrue();
        window.pictures("label-many");
    }
}
