package org.palimpsest.ui.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.FeatureWindow;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

/// Looks through images with keys, on a headless platform.
@Timeout(120)
final class ReviewWindowTest {
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Commands commands = new Commands();
    private Workspace workspace;

    private ReviewViewModel made() throws Exception {
        FxThread.start();
        return FxThread.call(() -> {
            workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
            var images = Samples.entries(20);
            Samples.open(workspace, images);
            for (int i = 0; i < 12; i++) {
                workspace.propose(
                        images.get(i).id(),
                        "detect cat",
                        List.of(Samples.predicted("cat", new Box(0, 0, 50, 50), "detect cat")));
            }
            return new ReviewViewModel(
                    workspace, commands, dialogs, InstantSource.fixed(Samples.NOW));
        });
    }

    @Test
    void theBarShowsStateAndProgress() throws Exception {
        var review = made();
        try (var window =
                FeatureWindow.open(ReviewBarView.class, 620, 44, review).withKeys(commands)) {
            MenuButton state = window.node("#state");
            assertThat(FxThread.call(state::getText)).isEqualTo("Predicted");
            window.press(KeyCode.CONTROL, KeyCode.R);
            window.press(KeyCode.D);
            window.press(KeyCode.N);
            Label progress = window.node("#progress");
            assertThat(FxThread.call(progress::getText))
                    .isEqualTo("2 of 20 reviewed · 0 s per image");
            window.pictures("review-bar");
            FxThread.run(() -> workspace.step(-1));
            assertThat(FxThread.call(state::getText)).isEqualTo("Nothing here");
            window.pictures("review-bar-finished");
        }
    }

    @Test
    void theQueueShowsReasonsAndWhereOneIs() throws Exception {
        var review = made();
        try (var window =
                FeatureWindow.open(ReviewQueueView.class, 300, 420, review).withKeys(commands)) {
            window.pictures("review-queue-off");
            window.press(KeyCode.CONTROL, KeyCode.R);
            window.press(KeyCode.D);
            ListView<ReviewLine> queue = window.node("#queue");
            assertThat(FxThread.call(() -> queue.getSelectionModel().getSelectedIndex()))
                    .isEqualTo(1);
            assertThat(FxThread.call(() -> queue.getItems().getFirst().finished())).isTrue();
            window.pictures("review-queue");
            FxThread.run(() -> queue.getSelectionModel().select(5));
            assertThat(FxThread.call(workspace::currentImage))
                    .isEqualTo(FxThread.call(() -> queue.getItems().get(5).image()));
        }
    }
}
