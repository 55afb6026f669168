package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.ui.support.Samples;

final class DuplicatesTest {
    private final FixedScene scene = new FixedScene();

    @Test
    void ofTwoThatAreOneTheOneThatAPersonMadeIsKept() {
        var predicted = Samples.predicted("car", new Box(10, 10, 50, 50), "detect car");
        scene.add(predicted);
        var drawn = scene.add("car", new Box(11, 10, 50, 50));
        scene.add("bus", new Box(10, 10, 50, 50));
        scene.add("car", new Box(30, 10, 70, 50));

        assertThat(Duplicates.find(scene, 0.8))
                .containsExactly(new Duplicates.Pair(drawn, predicted, 0.975));
    }

    @Test
    void threeThatAreOneGiveTwoExtras() {
        var first = scene.add("car", new Box(10, 10, 50, 50));
        var second = scene.add("car", new Box(10, 10, 50, 51));
        var third = scene.add("car", new Box(10, 10, 50, 52));

        assertThat(Duplicates.find(scene, 0.8))
                .allMatch(pair -> pair.kept().equals(first))
                .extracting(Duplicates.Pair::extra)
                .containsExactlyInAnyOrder(second, third);
    }

    @Test
    void aMaskAndABoxAreComparedByTheirPixels() {
        scene.add("car", new Box(10, 10, 50, 50));
        scene.add("car", Mask.fromRegion(new Box(10, 10, 50, 48), scene.size()));
        scene.add(Samples.drawn("car", new Box(10, 10, 50, 50)).withReview(ReviewState.REJECTED));

        assertThat(Duplicates.find(scene, 0.9))
                .singleElement()
                .satisfies(pair -> assertThat(pair.iou()).isEqualTo(0.95));
    }
}
