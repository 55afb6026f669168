package org.palimpsest.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.TrainedParts;

final class TrainingFormTest {
    private final TrainingForm form = new TrainingForm();

    @Test
    void theDefaultsAreThoseOfTheCommandLine() {
        var settings = form.settings();
        assertThat(settings.parts())
                .isEqualTo(
                        new TrainedParts(
                                Optional.of(LoraConfig.STANDARD), List.of("text"), List.of()));
        assertThat(settings.epochs()).isEqualTo(10);
        assertThat(settings.batch()).isEqualTo(8);
        assertThat(settings.learningRate()).isEmpty();
        assertThat(settings.maxTokens()).isEqualTo(256);
        assertThat(form.holdOut().share()).isEqualTo(0.1);
        assertThat(form.rightProperty().get()).isTrue();
    }

    @Test
    void whatIsNoNumberOrOutOfItsRangeIsToldAndKept() {
        for (var wrong : List.of("many", "", "0", "1e400", "8.5")) {
            form.field("rank").textProperty().set(wrong);
            assertThat(form.rightProperty().get()).as(wrong).isFalse();
        }
        assertThat(form.field("rank").wrongWords()).isEqualTo("Rank: a number from 1 to 1,024");
        form.field("rank").textProperty().set("16");
        assertThat(form.rightProperty().get()).isTrue();
        assertThat(form.settings().parts().lora().orElseThrow())
                .isEqualTo(new LoraConfig(16, 32, 0, false));
    }

    @Test
    void aCommaIsAsGoodAsAPoint() {
        form.field("share").textProperty().set(" 0,25 ");
        assertThat(form.holdOut().share()).isEqualTo(0.25);
    }

    @Test
    void withoutATaskThereIsNothingToLearn() {
        form.boxesProperty().set(false);
        form.masksProperty().set(false);
        form.wordsProperty().set(false);
        assertThat(form.rightProperty().get()).isFalse();
    }

    @Test
    void anotherFormTakesOverEverything() {
        form.field("seed").textProperty().set("7");
        form.field("rate").textProperty().set("0.001");
        form.wordsProperty().set(false);
        form.flipProperty().set(true);
        form.partProperty().set(TrainingForm.Part.ALL);
        var other = new TrainingForm();
        other.fill(form.values());
        assertThat(other.values()).isEqualTo(form.values());
        assertThat(other.settings()).isEqualTo(form.settings());
        assertThat(other.wordsProperty().get()).isFalse();
    }
}
