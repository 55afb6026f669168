package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.ui.support.Samples;

final class ShapeCopiesTest {
    private static final Provenance BOB = new Provenance.Drawn("bob", Samples.NOW);
    private static final Size SMALL = new Size(100, 50);

    private static List<Region> copied(Region region, double offset) {
        return ShapeCopies.of(List.of(Samples.drawn("car", region)), SMALL, offset, BOB).stream()
                .map(copy -> copy.region())
                .toList();
    }

    @Test
    void aCopyIsThePersonsAndKeepsWhatItSaysOfTheObject() {
        var original =
                Samples.predicted("car", new Box(10, 10, 20, 20), "detect car")
                        .withCrowd(true)
                        .withAttributes(Map.of("occluded", "true"));
        var copy = ShapeCopies.of(List.of(original), SMALL, 0, BOB).getFirst();

        assertThat(copy.id()).isNotEqualTo(original.id());
        assertThat(copy)
                .usingRecursiveComparison()
                .ignoringFields("id", "provenance", "review")
                .isEqualTo(original);
        assertThat(copy.provenance()).isEqualTo(BOB);
        assertThat(copy.review()).isEqualTo(ReviewState.UNREVIEWED);
    }

    @Test
    void whatFitsIsMovedInsideAndTheRestIsCutOff() {
        assertThat(copied(new Box(150, 10, 190, 20), 0)).containsExactly(new Box(60, 10, 100, 20));
        assertThat(copied(new Box(0, 10, 190, 20), 0)).containsExactly(new Box(0, 10, 100, 20));
        var triangle = new Polygon(List.of(new Point(0, 0), new Point(200, 0), new Point(0, 200)));
        assertThat(copied(triangle, 0).getFirst().area()).isEqualTo(100 * 50);
        assertThat(copied(new Box(10, 10, 20, 20), 10)).containsExactly(new Box(20, 20, 30, 30));
        assertThat(copied(new Box(85, 10, 95, 20), 10)).containsExactly(new Box(90, 20, 100, 30));
    }

    @Test
    void aMaskTakesTheSizeOfItsNewImage() {
        var mask = Mask.fromRegion(new Box(150, 10, 190, 20), new Size(200, 100));

        assertThat(copied(mask, 0))
                .containsExactly(Mask.fromRegion(new Box(60, 10, 100, 20), SMALL));
    }

    @Test
    void whatIsThereAlreadyIsNotCopiedAgain() {
        var there = Samples.drawn("car", new Box(10, 10, 50, 50));
        var image = new AnnotatedImage(Samples.entries(1).getFirst(), List.of(there));

        assertThat(
                        ShapeCopies.missing(
                                List.of(
                                        Samples.drawn("car", new Box(10, 10, 50, 50.5)),
                                        Samples.drawn("bus", new Box(10, 10, 50, 50)),
                                        Samples.drawn("car", new Box(60, 10, 90, 50))),
                                image,
                                BOB))
                .extracting(copy -> copy.label() + " " + copy.region().bounds().xMin())
                .containsExactly("bus 10.0", "car 60.0");
    }
}
