package org.palimpsest.evaluation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.ReferenceFiles;

/// Compares with big_vision's evaluator.
class AnlsTest {
    @Test
    void similarityToOneTargetIsThatOfBigVision() throws IOException {
        var pairs = ReferenceFiles.json("vqa/anls.json").path("pairs");
        assertThat(pairs).hasSizeGreaterThan(15);
        for (var pair : pairs) {
            assertThat(
                            Anls.score(
                                    pair.path("target").textValue(),
                                    pair.path("prediction").textValue()))
                    .as(pair.toString())
                    .isCloseTo(pair.path("anls").doubleValue(), within(1e-9));
        }
    }

    @Test
    void theNearestOfSeveralTargetsCounts() throws IOException {
        var groups = ReferenceFiles.json("vqa/anls.json").path("several_targets_best_counts");
        assertThat(groups).isNotEmpty();
        for (var group : groups) {
            var targets = group.path("targets").valueStream().map(JsonNode::textValue).toList();
            assertThat(Anls.best(targets, group.path("prediction").textValue()))
                    .isCloseTo(group.path("anls").doubleValue(), within(1e-9));
        }
        assertThat(Anls.best(List.of(), "x")).isZero();
    }
}
