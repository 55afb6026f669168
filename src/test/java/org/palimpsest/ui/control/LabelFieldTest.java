package org.palimpsest.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.palimpsest.ui.support.FxThread;

@Timeout(60)
final class LabelFieldTest {
    @BeforeAll
    static void startJavaFx() throws Exception {
        FxThread.start();
    }

    @Test
    void separatorsFinishLabelsAndTheRestStaysForTyping() throws Exception {
        FxThread.run(() -> {
            var field = new LabelField();
            input(field).setText("red circle; star ;  ring, mo");

            assertThat(field.labels()).containsExactly("red circle", "star", "ring");
            assertThat(input(field).getText()).isEqualTo("mo");
        });
    }

    @Test
    void enterFinishesALabelAndALabelIsAddedOnce() throws Exception {
        FxThread.run(() -> {
            var field = new LabelField();
            field.labels().add("cat");
            input(field).setText("  cat ");
            press(field, KeyCode.ENTER);
            input(field).setText("big   dog");
            press(field, KeyCode.ENTER);

            assertThat(field.labels()).containsExactly("cat", "big dog");
            assertThat(input(field).getText()).isEmpty();
        });
    }

    @Test
    void backspaceInTheEmptyPlaceTakesTheLastLabelBack() throws Exception {
        FxThread.run(() -> {
            var field = new LabelField();
            field.labels().addAll("cat", "dog");
            press(field, KeyCode.BACK_SPACE);

            assertThat(field.labels()).containsExactly("cat");
            assertThat(input(field).getText()).isEqualTo("dog");
        });
    }

    private static TextField input(LabelField field) {
        return (TextField) field.getChildren().getLast();
    }

    private static void press(LabelField field, KeyCode key) {
        var event = new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false);
        input(field).fireEvent(event);
    }
}
