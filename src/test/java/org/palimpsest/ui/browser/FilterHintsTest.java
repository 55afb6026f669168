package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.project.ProjectFacets;

class FilterHintsTest {
    private static final LabelSet LABELS =
            new LabelSet(
                    List.of(
                            new Label("car", 0xFF0000),
                            new Label("traffic light", 0x00FF00),
                            new Label("cargo bike", 0x0000FF)));
    private static final ProjectFacets FACETS =
            new ProjectFacets(
                    9,
                    new TreeMap<>(Map.of("night", 3, "wet", 1)),
                    Map.of(),
                    List.of("paligemma-3b"),
                    List.of("detect car"));

    private static List<String> shown(String text) {
        return FilterHints.at(text, text.length(), LABELS, FACETS).stream()
                .map(FilterHints.Hint::shown)
                .toList();
    }

    private static List<String> taken(String text, int caret) {
        return FilterHints.at(text, caret, LABELS, FACETS).stream()
                .map(hint ->
                        hint.text().substring(0, hint.caret())
                                + "|"
                                + hint.text().substring(hint.caret()))
                .toList();
    }

    @Test
    void keysThatBeginSoAreOffered() {
        assertThat(shown("s")).containsExactly("state:", "split:", "score<0.5");
        assertThat(shown("label:car -t")).containsExactly("tag:", "text:", "texts>0");
        assertThat(shown("")).contains("label:", "objects>0");
    }

    @Test
    void valuesOfTheProjectAreOfferedThoseThatBeginSoFirst() {
        assertThat(shown("label:ca")).containsExactly("car", "cargo bike");
        assertThat(shown("label:light")).containsExactly("traffic light");
        assertThat(shown("tag:")).containsExactly("night", "wet");
        assertThat(shown("state:in")).containsExactly("in-progress");
        assertThat(shown("prompt:det")).containsExactly("detect car");
    }

    @Test
    void aHintReplacesTheWordAtTheCaretAndNothingElse() {
        assertThat(taken("tag:night lab state:new", 13))
                .containsExactly("tag:night label:| state:new");
        assertThat(taken("-label:car,tr state:new", 13))
                .containsExactly("-label:car,\"traffic light\" |state:new");
        assertThat(taken("(label:\"traffic l", 17)).containsExactly("(label:\"traffic light\" |");
    }

    @Test
    void behindAFinishedWordNothingIsOffered() {
        assertThat(shown("label:car")).containsExactly("cargo bike");
        assertThat(shown("state:done")).isEmpty();
        assertThat(shown("car")).isEmpty();
    }
}
