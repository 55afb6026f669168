package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

final class MotionTest {
    private static final PseudoClass REDUCED = PseudoClass.getPseudoClass("reduced-motion");

    @Test
    void everyWindowIsCalmWhereTheSystemOrThePersonAsksForIt() throws Exception {
        FxThread.start();
        FxThread.run(() -> {
            var system = new SimpleBooleanProperty();
            var chosen = new SimpleBooleanProperty();
            var stage = new Stage();
            var root = new StackPane();
            stage.setScene(new Scene(root, 100, 100));
            try (var motion = new Motion(system, chosen)) {
                stage.show();
                assertThat(root.getPseudoClassStates()).doesNotContain(REDUCED);
                chosen.set(true);
                assertThat(root.getPseudoClassStates()).contains(REDUCED);
                assertThat(motion.isReduced()).isTrue();
                chosen.set(false);
                assertThat(root.getPseudoClassStates()).doesNotContain(REDUCED);
                system.set(true);
                assertThat(root.getPseudoClassStates()).contains(REDUCED);
                var later = new StackPane();
                var dialog = new Stage();
                dialog.setScene(new Scene(later, 100, 100));
                dialog.show();
                assertThat(later.getPseudoClassStates()).contains(REDUCED);
                dialog.hide();
            } finally {
                stage.hide();
            }
        });
    }
}
