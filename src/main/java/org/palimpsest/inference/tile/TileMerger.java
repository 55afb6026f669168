package org.palimpsest.inference.tile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

/// Puts together what was found in overlapping tiles: an object that several tiles saw comes out once.
///
/// Two objects of one label are the same where they agree in the area that both tiles saw, or where one that its tile cut
/// off lies in the other. Of an object that a tile saw whole, the surest sight stays; of one that every tile cut off, the
/// box around all sights. Objects of the same tile are never merged: the model saw them as two. The result does not depend
/// on the order of the objects.
///
/// Plain sliced inference (SAHI, obss/sahi sahi/postprocess/combine.py) merges by the overlap of whole boxes instead, which
/// misses an object that is much longer than the overlap of the tiles.
public final class TileMerger {
    /// Intersection over union in the common area, from which on two sights show the same object.
    private static final double SAME = 0.5;

    /// The part of a cut-off sight that must lie in the other.
    private static final double INSIDE = 0.8;

    /// How near to the tile's edge a box is cut off, as a part of the tile's side: three location bins.
    private static final double AT_EDGE = 3.0 / 1023;

    private static final Comparator<TileObject> SUREST_FIRST =
            Comparator.comparingDouble((TileObject object) -> -object.score())
                    .thenComparing(TileObject::label)
                    .thenComparingDouble(object -> object.box().yMin())
                    .thenComparingDouble(object -> object.box().xMin())
                    .thenComparingDouble(object -> object.box().yMax())
                    .thenComparingDouble(object -> object.box().xMax())
                    .thenComparingInt(TileObject::tile);

    private final List<Box> tiles;
    private final Size image;

    /// @param tiles in pixels of the image
    public TileMerger(List<Box> tiles, Size image) {
        this.tiles = List.copyOf(tiles);
        this.image = image;
    }

    /// Each object once, the surest first.
    public List<TileObject> merge(List<TileObject> found) {
        var sorted = found.stream().sorted(SUREST_FIRST).toList();
        var groupOf = new Group[sorted.size()];
        for (int i = 0; i < groupOf.length; i++) {
            groupOf[i] = new Group(sorted.get(i));
        }
        for (var pair : pairs(sorted)) {
            var one = groupOf[pair.first()];
            var other = groupOf[pair.second()];
            if (one != other && !one.tiles.intersects(other.tiles)) {
                one.takeIn(other);
                for (int i = 0; i < groupOf.length; i++) {
                    groupOf[i] = groupOf[i] == other ? one : groupOf[i];
                }
            }
        }
        return new LinkedHashSet<>(List.of(groupOf))
                .stream().map(this::merged).sorted(SUREST_FIRST).toList();
    }

    private record Pair(int first, int second, double likeness) {}

    /// Those that show the same object, the most alike first.
    private List<Pair> pairs(List<TileObject> sorted) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                double likeness = likeness(sorted.get(i), sorted.get(j));
                if (likeness > 0) {
                    pairs.add(new Pair(i, j, likeness));
                }
            }
        }
        pairs.sort(
                Comparator.comparingDouble((Pair pair) -> -pair.likeness())
                        .thenComparingInt(Pair::first)
                        .thenComparingInt(Pair::second));
        return pairs;
    }

    /// How much two sights agree; 0 where they show two objects.
    private double likeness(TileObject one, TileObject other) {
        if (one.tile() == other.tile()
                || !one.label().equals(other.label())
                || one.box().intersection(other.box()).isEmpty()) {
            return 0;
        }
        var common = tiles.get(one.tile()).intersection(tiles.get(other.tile()));
        double agreement = 0;
        if (common.isPresent()) {
            var here = one.box().intersection(common.get());
            var there = other.box().intersection(common.get());
            if (here.isPresent() && there.isPresent()) {
                agreement = here.get().iou(there.get());
            }
        }
        if (agreement >= SAME) {
            return agreement;
        }
        double inside = Math.max(insideOf(one, other), insideOf(other, one));
        return inside >= INSIDE ? inside : 0;
    }

    /// The part of a cut-off sight that lies in another one.
    private double insideOf(TileObject cut, TileObject other) {
        if (isWhole(cut) || !(cut.box().area() > 0)) {
            return 0;
        }
        return cut.box().intersection(other.box()).map(Box::area).orElse(0.0) / cut.box().area();
    }

    /// Whether no edge of the tile cut the object off; the image's own edges do not count.
    private boolean isWhole(TileObject object) {
        var tile = tiles.get(object.tile());
        var box = object.box();
        double x = AT_EDGE * tile.width();
        double y = AT_EDGE * tile.height();
        return !(cuts(box.xMin(), tile.xMin(), x, 0)
                || cuts(box.yMin(), tile.yMin(), y, 0)
                || cuts(box.xMax(), tile.xMax(), x, image.width())
                || cuts(box.yMax(), tile.yMax(), y, image.height()));
    }

    private static boolean cuts(double edge, double tile, double near, double imageEdge) {
        return tile != imageEdge && Math.abs(edge - tile) <= near;
    }

    private TileObject merged(Group group) {
        var surest = group.sights.stream().filter(this::isWhole).min(SUREST_FIRST);
        double score = group.sights.stream().mapToDouble(TileObject::score).max().orElseThrow();
        if (surest.isPresent() || group.sights.size() == 1) {
            var one = surest.orElse(group.sights.getFirst());
            return new TileObject(
                    one.label(), one.box(), score, one.edges(), one.mask(), one.tile());
        }
        var ordered = group.sights.stream().sorted(SUREST_FIRST).toList();
        var first = ordered.getFirst();
        var box = first.box();
        Optional<Mask> mask = first.mask();
        for (var next : ordered.subList(1, ordered.size())) {
            box = box.enclosing(next.box());
            if (mask.isPresent() && next.mask().isPresent()) {
                mask = Optional.of(mask.get().union(next.mask().get()));
            }
        }
        return new TileObject(first.label(), box, score, Optional.empty(), mask, first.tile());
    }

    /// Sights of one object.
    private static final class Group {
        private final List<TileObject> sights = new ArrayList<>();
        private final BitSet tiles = new BitSet();

        Group(TileObject first) {
            sights.add(first);
            tiles.set(first.tile());
        }

        void takeIn(Group other) {
            sights.addAll(other.sights);
            tiles.or(other.tiles);
        }
    }
}
