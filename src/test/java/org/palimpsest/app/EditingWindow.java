package org.palimpsest.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.geometry.Point;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.SaveState;

/// A window in which somebody edits without a pause, as a program of its own, to be killed by a test. It says on its
/// standard output how the image looks after each gesture, and again when the window has said that all is saved.
public final class EditingWindow {
    private static final double WIDTH = 900;
    private static final double HEIGHT = 700;

    private final DesktopSession session;
    private final Hands hands;
    private final Random random;

    private EditingWindow(DesktopSession session, Stage stage, long seed) {
        this.session = session;
        this.hands = new Hands(session, stage);
        this.random = new Random(seed);
    }

    /// @param arguments the project file and a seed
    public static void main(String[] arguments) {
        try {
            editForEver(arguments);
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void editForEver(String[] arguments) throws Exception {
        var project = Path.of(arguments[0]);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        FxThread.start();
        var window = FxThread.call(() -> open(project, Long.parseLong(arguments[1])));
        FxThread.await("the image is shown", () -> window.hands.pane().getWidth() > 100);
        FxThread.await("it is read", () -> window.image() != null);
        // The canvas takes gestures when the picture is there as well.
        while (true) {
            window.edit(out);
        }
    }

    private static EditingWindow open(Path project, long seed) {
        var stage = new Stage();
        var folder = Objects.requireNonNull(project.getParent());
        var session =
                new DesktopSession(
                        stage,
                        new DesktopSession.Environment(
                                (place, _) -> new FakeModel(place),
                                SettingsStore.open(folder.resolve("settings.json")),
                                new RecordingDialogs(),
                                "ada",
                                new ProjectOpener.Places(folder, folder)),
                        Path.of("fake"));
        stage.setWidth(WIDTH);
        stage.setHeight(HEIGHT);
        stage.show();
        session.begin(List.of(project));
        return new EditingWindow(session, stage, seed);
    }

    private void edit(PrintStream out) throws Exception {
        var before = FxThread.call(this::image);
        if (!FxThread.call(() -> gesture(random.nextInt(4)))) {
            return;
        }
        long deadline = System.nanoTime() + 1_000_000_000L;
        while (FxThread.call(() -> session.workspace().current()) == before) {
            if (System.nanoTime() > deadline) {
                return; // the picture was not there yet
            }
            Thread.onSpinWait();
        }
        FxThread.await("the image is there", () -> image() != null);
        out.println("SHOWN " + digest(FxThread.call(this::image)));
        FxThread.await(
                "it is saved",
                () -> session.workspace().saveStateProperty().get() instanceof SaveState.Saved);
        out.println("SAVED " + digest(FxThread.call(this::image)));
    }

    /// @return whether something changes
    private boolean gesture(int kind) {
        boolean empty = session.workspace().current().objects().isEmpty();
        switch (kind) {
            case 0, 1 -> draw();
            case 2 -> {
                if (empty) {
                    return false;
                }
                var objects = session.workspace().current().objects();
                session.workspace()
                        .select(Set.of(objects.get(random.nextInt(objects.size())).id()));
                hands.press(KeyCode.DELETE);
            }
            default -> {
                if (empty) {
                    return false; // never back to before the image was added
                }
                hands.press(KeyCode.Z, false, true);
            }
        }
        return true;
    }

    private void draw() {
        hands.press(KeyCode.B);
        var corner = new Point(20 + random.nextInt(60), 20 + random.nextInt(20));
        hands.drag(corner, corner.translate(80, 50));
        hands.press(KeyCode.ESCAPE);
    }

    private AnnotatedImage image() {
        return session.workspace().current();
    }

    /// The objects of an image in a word that is the same in every program.
    static String digest(AnnotatedImage image) {
        return image.objects().size()
                + "-"
                + Integer.toHexString(
                        image.objects().stream()
                                .map(object ->
                                        object.id() + object.label() + object.region().bounds())
                                .collect(Collectors.joining(";"))
                                .hashCode());
    }
}
