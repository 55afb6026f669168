package org.palimpsest.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class ScaledStylesTest {
    @Test
    void lengthsAreScaledWithAndWithoutTheirUnit() {
        assertThat(ScaledStyles.scaled("a { -fx-padding: 8px 12 0 -2; -fx-font-size: 14px }", 1.5))
                .isEqualTo("a { -fx-padding: 12px 18 0 -3; -fx-font-size: 21px }");
    }

    @Test
    void whatIsNoLengthStays() {
        var css =
                """
                /* 8px */
                .a12:hover { -fx-text-fill: rgba(1, 2, 3, 0.5); -fx-opacity: 0.5; -color-base-0: #f6f8fa;
                  -fx-padding: 0.5em 25%; -fx-max-width: -1; -fx-shape: "M2 2 L4 4"; -fx-min-width: -Infinity; }
                """;
        assertThat(ScaledStyles.scaled(css, 2)).isEqualTo(css);
    }

    @Test
    void linesStayWholePixelsAndNeverVanish() {
        var css = "a { -fx-border-width: 1 0 2px 1; -fx-background-insets: 0, 1; }";
        assertThat(ScaledStyles.scaled(css, 0.8))
                .isEqualTo("a { -fx-border-width: 1 0 2px 1; -fx-background-insets: 0, 1; }");
        assertThat(ScaledStyles.scaled(css, 1.5))
                .isEqualTo("a { -fx-border-width: 2 0 3px 2; -fx-background-insets: 0, 2; }");
    }

    @Test
    void atFullSizeTheSheetIsTheSame() {
        var css = "a { -fx-padding: 8.333px; }";
        assertThat(ScaledStyles.scaled(css, 1)).isSameAs(css);
    }

    @Test
    void theAddressHoldsTheRules() {
        var address = ScaledStyles.address("a { -fx-text: \"–\"; }");
        assertThat(address).startsWith("data:text/css;base64,");
        assertThat(
                        new String(
                                Base64.getDecoder()
                                        .decode(address.substring(address.indexOf(',') + 1)),
                                java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("a { -fx-text: \"–\"; }");
    }
}
