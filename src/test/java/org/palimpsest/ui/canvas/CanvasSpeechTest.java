package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

/// What the canvas says to whoever does not see it.
final class CanvasSpeechTest {
    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private CanvasViewModel canvas;

    @BeforeEach
    void open() throws ProblemException {
        Samples.open(workspace, Samples.images(folder, 1));
        var display = Displays.display(workspace, tasks, folder);
        display.camera().resize(248, 148);
        canvas =
                new CanvasViewModel(
                        workspace,
                        Samples.opener(workspace, dialogs, tasks, folder),
                        new Pointer(),
                        display,
                        new ToolBench(workspace, display, dialogs));
    }

    private String words() {
        return CanvasSpeech.of(canvas).get();
    }

    @Test
    void withNothingSelectedItTellsTheImageAndWhatWaits() {
        var name = workspace.current().image().file().getFileName();
        Samples.addBox(workspace, "cell", new Box(10, 20, 60, 50));

        assertThat(words())
                .isEqualTo(name + ", 200 by 100 pixels, objects: 1, waiting for review: 0");
    }

    @Test
    void theSelectedObjectIsToldWithItsPlaceAndSize() {
        var box = Samples.addBox(workspace, "cell", new Box(10, 20, 60, 50));
        var other = Samples.addBox(workspace, "cell", new Box(90, 20, 100, 50));
        workspace.select(Set.of(box.id()));
        assertThat(words()).isEqualTo("cell, accepted, at 10, 20, 50 by 30 pixels, object 1 of 2");
        workspace.select(Set.of(box.id(), other.id()));
        assertThat(words()).isEqualTo("Selected objects: 2");
    }

    @Test
    void theCrosshairIsToldWithEachStepAndTheSizeOfWhatItDraws() {
        canvas.toolProperty().set(ToolKind.BOX);
        canvas.bench()
                .settingsProperty()
                .set(canvas.bench().settingsProperty().get().withSnapping(false));
        var binding = CanvasSpeech.of(canvas);
        var heard = new ArrayList<String>();
        binding.addListener((_, _, now) -> heard.add(now));
        canvas.key(ToolKey.RIGHT, Modifiers.NONE);
        canvas.keyClicked(Modifiers.NONE);
        canvas.key(ToolKey.DOWN, Modifiers.SHIFT);
        canvas.key(ToolKey.RIGHT, Modifiers.NONE);

        assertThat(heard)
                .startsWith("Crosshair at 108, 50")
                .endsWith("Crosshair at 116, 90, drawing 8 by 40 pixels");
        assertThat(List.copyOf(heard)).doesNotHaveDuplicates();
    }
}
