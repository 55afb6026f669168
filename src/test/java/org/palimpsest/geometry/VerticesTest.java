package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Vertices.OnEdge;
import org.palimpsest.geometry.Vertices.Place;

final class VerticesTest {
    private static final List<Point> TRIANGLE =
            List.of(new Point(4, 4), new Point(6, 4), new Point(6, 6));
    private static final Polygon SQUARE = RegionSets.polygons(new Box(0, 0, 10, 10)).getFirst();
    private static final Polygon FRAME = new Polygon(SQUARE.exterior(), List.of(TRIANGLE));
    private static final MultiPolygon TWO =
            new MultiPolygon(List.of(FRAME, SQUARE.translate(20, 0)));

    @Test
    void theNearestVertexIsFoundInEveryRingAndPart() {
        assertThat(Vertices.near(TWO, new Point(6.2, 4.1), 1)).contains(new Place(0, 1, 1));
        assertThat(Vertices.near(TWO, new Point(29.5, 10), 1)).contains(new Place(1, 0, 2));
        assertThat(Vertices.near(TWO, new Point(15, 5), 3)).isEmpty();
        assertThat(Vertices.near(SQUARE, new Point(3, 0), 3)).contains(new Place(0, 0, 0));
        assertThat(Vertices.near(new Box(0, 0, 5, 5), new Point(0, 0), 3)).isEmpty();
        assertThat(Vertices.count(TWO)).isEqualTo(11);
    }

    @Test
    void theNearestPlaceOnAnEdgeIsFoundWithTheVertexBeforeIt() {
        assertThat(Vertices.nearEdge(FRAME, new Point(3, -1), 2))
                .contains(new OnEdge(new Place(0, 0, 0), new Point(3, 0)));
        assertThat(Vertices.nearEdge(FRAME, new Point(-1, 5), 2))
                .contains(new OnEdge(new Place(0, 0, 3), new Point(0, 5)));
        assertThat(Vertices.nearMiddle(FRAME, new Point(5, 0.5), 1)).contains(new Place(0, 0, 0));
        assertThat(Vertices.nearMiddle(FRAME, new Point(2, 0.5), 1)).isEmpty();
    }

    @Test
    void aVertexIsMovedInsertedAndRemoved() {
        var moved = Vertices.move(TWO, new Place(0, 1, 2), new Point(5, 7));
        assertThat(Vertices.at(moved, new Place(0, 1, 2))).isEqualTo(new Point(5, 7));
        assertThat(((MultiPolygon) moved).polygons().get(1)).isEqualTo(SQUARE.translate(20, 0));

        var inserted = Vertices.insert(SQUARE, new Place(0, 0, 3), new Point(-2, 5));
        assertThat(((Polygon) inserted).exterior())
                .containsExactly(
                        new Point(0, 0),
                        new Point(10, 0),
                        new Point(10, 10),
                        new Point(0, 10),
                        new Point(-2, 5));
        assertThat(Vertices.remove(inserted, new Place(0, 0, 4))).contains(SQUARE);
    }

    @Test
    void aRingThatWouldHaveTwoPointsVanishes() {
        assertThat(Vertices.remove(FRAME, new Place(0, 1, 0))).contains(SQUARE);
        var triangles = new MultiPolygon(List.of(new Polygon(TRIANGLE), SQUARE.translate(20, 0)));
        assertThat(Vertices.remove(triangles, new Place(0, 0, 1)))
                .contains(SQUARE.translate(20, 0));
        assertThat(Vertices.remove(new Polygon(TRIANGLE), new Place(0, 0, 1)))
                .isEqualTo(Optional.empty());
    }

    @Test
    void aPlaceThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Vertices.move(FRAME, new Place(0, 2, 0), new Point(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ring=2");
    }
}
