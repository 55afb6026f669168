package org.palimpsest.ui.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.format.Content;
import org.palimpsest.format.ExportPreview;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.ui.support.Texts;

final class LossesTest {
    @AfterEach
    void english() {
        Texts.use(Locale.ENGLISH);
    }

    @Test
    void whatIsLostIsSaidInThePersonsLanguage() {
        var loss = new ExportPreview.Loss(Content.MASKS, 3, "become boxes");
        assertThat(Losses.words(loss)).isEqualTo("3 × pixel masks: become boxes");
        Texts.use(Locale.GERMAN);
        assertThat(Losses.words(loss)).isEqualTo("3 × Pixelmasken: werden zu Boxen");
    }

    @Test
    void everyLossOfEveryFormatHasWords() {
        for (var format : Formats.TABLE) {
            for (var content : Content.values()) {
                format.carriage()
                        .loss(content)
                        .map(words -> new ExportPreview.Loss(content, 1, words))
                        .ifPresent(loss ->
                                assertThat(Losses.words(loss))
                                        .startsWith("1 × " + content.words()));
            }
        }
    }
}
