package org.palimpsest.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.inspector.InspectorView;
import org.palimpsest.ui.prompt.PromptView;
import org.palimpsest.ui.settings.Preferences;
import org.palimpsest.ui.support.ImmediateTaskRunner;

final class LayoutViewModelTest {
    private static final SidePanel TASK =
            new SidePanel("task", "shell.panel.task", PromptView.class, false, false);
    private static final SidePanel LIST =
            new SidePanel("list", "shell.panel.annotations", InspectorView.class, true, false);
    private static final SidePanel QUEUE =
            new SidePanel("queue", "shell.panel.queue", PromptView.class, false, true);

    @TempDir Path folder;

    @Test
    void whatIsFoldedByDefaultIsFoldedAndTheRestIsOpen() {
        var layout = layout(TASK, LIST, QUEUE);
        assertThat(layout.isFolded("queue")).isTrue();
        assertThat(layout.isFolded("task")).isFalse();
    }

    @Test
    void orderFoldsWidthsAndTheWindowAreRemembered() {
        var layout = layout(TASK, LIST, QUEUE);
        layout.move("queue", -1);
        layout.toggle("task");
        layout.toggle("queue");
        layout.setWidth(LayoutViewModel.SIDE, 400);
        layout.setWindow(1200, 700, false);
        layout.setWindow(1900, 1000, true);
        layout.save();

        var again = layout(TASK, LIST, QUEUE);
        assertThat(again.panels()).containsExactly(TASK, QUEUE, LIST);
        assertThat(again.isFolded("task")).isTrue();
        assertThat(again.isFolded("queue")).isFalse();
        assertThat(again.width(LayoutViewModel.SIDE, 340)).isEqualTo(400);
        assertThat(again.windowWidth()).isEqualTo(1200);
        assertThat(again.windowHeight()).isEqualTo(700);
        assertThat(again.isMaximized()).isTrue();
    }

    @Test
    void panelsOfAnotherVersionAreForgottenAndNewOnesComeLast() {
        var before = layout(TASK, QUEUE);
        before.move("queue", -1);
        assertThat(layout(TASK, LIST).panels()).containsExactly(TASK, LIST);
        assertThat(layout(TASK, QUEUE, LIST).panels()).containsExactly(QUEUE, TASK, LIST);
    }

    @Test
    void aPanelStaysAtTheEndsAndIsShownAlsoFromFocusMode() {
        var layout = layout(TASK, QUEUE);
        layout.move("task", -3);
        assertThat(layout.panels()).containsExactly(TASK, QUEUE);
        layout.focusModeProperty().set(true);
        layout.reveal("queue");
        assertThat(layout.focusModeProperty().get()).isFalse();
        assertThat(layout.isFolded("queue")).isFalse();
    }

    private LayoutViewModel layout(SidePanel... panels) {
        var preferences =
                new Preferences(
                        SettingsStore.open(folder.resolve("settings.json")),
                        new ImmediateTaskRunner(),
                        problem -> {
                            throw new AssertionError(problem);
                        });
        return new LayoutViewModel(preferences, List.of(panels));
    }
}
