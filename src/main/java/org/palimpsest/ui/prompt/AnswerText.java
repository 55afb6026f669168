package org.palimpsest.ui.prompt;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.util.Duration;
import org.palimpsest.inference.AnswerToken;
import org.palimpsest.ui.support.Texts;

/// An answer as the model wrote it: each token is shaded by how sure the model was of it, and the place where the answer
/// leaves its form is marked.
///
/// Confined to the JavaFX thread.
final class AnswerText extends TextFlow {
    /// Longer answers are shown without shades.
    private static final int MOST_TOKENS = 800;

    private static final double SURE = 0.9;
    private static final double LIKELY = 0.6;
    private static final double UNSURE = 0.3;
    private static final Duration SOON = Duration.millis(150);

    AnswerText() {
        getStyleClass().add("answer-flow");
    }

    void show(AnswerRun run) {
        var tokens = run.result().map(AnswerRun.Result::tokens).orElse(List.of());
        int fault = run.result().map(result -> result.malformedAt().orElse(-1)).orElse(-1);
        if (tokens.isEmpty() || tokens.size() > MOST_TOKENS) {
            getChildren().setAll(plain(run.text(), fault));
            return;
        }
        var nodes = new ArrayList<Node>();
        for (var token : tokens) {
            if (token.start() < token.end() && token.end() <= run.text().length()) {
                boolean faulty = fault >= token.start() && fault < token.end();
                nodes.add(shaded(run.text().substring(token.start(), token.end()), token, faulty));
            }
        }
        getChildren().setAll(nodes);
    }

    private static List<Node> plain(String text, int fault) {
        if (fault < 0 || fault >= text.length()) {
            return List.of(words(text));
        }
        var rest = new Label(text.substring(fault));
        rest.setWrapText(true);
        rest.getStyleClass().add("token-fault");
        rest.setTooltip(new Tooltip(Texts.get("prompt.answer.fault")));
        return List.of(words(text.substring(0, fault)), rest);
    }

    private static Text words(String text) {
        var words = new Text(text);
        words.getStyleClass().add("text");
        return words;
    }

    private static Label shaded(String text, AnswerToken token, boolean faulty) {
        var label = new Label(text);
        label.getStyleClass().addAll("token", shade(token.confidence()));
        var tip = Texts.get("prompt.answer.token", token.confidence());
        if (faulty) {
            label.getStyleClass().add("token-fault");
            tip = tip + "\n" + Texts.get("prompt.answer.fault");
        }
        var tooltip = new Tooltip(tip);
        tooltip.setShowDelay(SOON);
        label.setTooltip(tooltip);
        return label;
    }

    private static String shade(double confidence) {
        if (confidence >= SURE) {
            return "token-sure";
        }
        if (confidence >= LIKELY) {
            return "token-likely";
        }
        return confidence >= UNSURE ? "token-unsure" : "token-guess";
    }
}
