package org.palimpsest.autodiff;

import static org.palimpsest.autodiff.GradientCases.in;
import static org.palimpsest.autodiff.GradientCases.many;
import static org.palimpsest.autodiff.GradientCases.one;
import static org.palimpsest.autodiff.GradientCases.open;

import java.util.List;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// The part of [GradientCases] that moves, picks, writes and repeats elements.
final class LayoutGradientCases {
    private LayoutGradientCases() {}

    static void addAll() {
        layout();
        slices();
        indexing();
        scattering();
    }

    private static void layout() {
        one("Reshape", List.of(in(2, 6)), (g, v) -> g.reshape(v.get(0), 0, 3, -1));
        one("Reshape", List.of(open(0, 2, 6)), (g, v) -> g.reshape(v.get(0), 0, 3, 2));
        one("Reshape", List.of(open(0, 2, 6)), (g, v) -> g.reshape(v.get(0), -1));
        one("Transpose", List.of(in(2, 3, 4)), (g, v) -> g.transpose(v.get(0), 2, 0, 1));
        one(
                "Transpose",
                List.of(in(2, 3)),
                (g, v) -> g.apply("Transpose", Attributes.NONE, v.get(0)));
        one(
                "Concat",
                List.of(in(2, 1), in(2, 3), in(2, 2)),
                (g, v) -> g.concat(-1, v.get(0), v.get(1), v.get(2)));
        one(
                "Concat",
                List.of(in(3, 2), open(0, 2, 2), open(0, 2, 2)),
                (g, v) -> g.concat(0, v.get(0), v.get(1), v.get(2)));
        many("Split", List.of(in(2, 6)), (g, v) -> g.split(v.get(0), -1, 1, 2, 3));
        one("Split", List.of(in(6, 2)), (g, v) -> g.split(v.get(0), 0, 1, 2, 3).get(1));
        one("Split", List.of(open(1, 6, 2)), (g, v) -> g.split(v.get(0), 0, 3, 3).get(1));
        one("Expand", List.of(in(2, 1)), (g, v) -> g.expand(v.get(0), g.longs(3, 2, 4)));
        one(
                "Expand",
                List.of(in(2, 1), open(0, 4)),
                (g, v) ->
                        g.mul(
                                g.expand(v.get(0), g.sizes(g.longs(2), g.sizeOf(v.get(1), 0))),
                                v.get(1)));
        one("Unsqueeze", List.of(in(2, 3)), (g, v) -> g.unsqueeze(v.get(0), -1, 0));
        one("Squeeze", List.of(in(1, 3, 1)), (g, v) -> g.squeeze(v.get(0), -1));
        one(
                "Squeeze",
                List.of(in(1, 3, 1)),
                (g, v) -> g.apply("Squeeze", Attributes.NONE, v.get(0)));
        one("Tile", List.of(in(2, 3)), (g, v) -> g.tile(v.get(0), g.longs(2, 3)));
        one("Tile", List.of(open(0, 2, 3)), (g, v) -> g.tile(v.get(0), g.longs(2, 1)));
        one("Pad", List.of(in(2, 3)), (g, v) -> g.pad(v.get(0), g.longs(0, 1, 2, 0), null));
        one("Pad", List.of(in(2, 3)), (g, v) -> g.pad(v.get(0), g.longs(1, -1, 0, 1), null));
        one(
                "Pad",
                List.of(in(2, 3)),
                (g, v) ->
                        g.apply(
                                "Pad",
                                Attributes.NONE,
                                v.get(0),
                                g.longs(1, 2),
                                null,
                                g.longs(-1)));
        one("Trilu", List.of(in(3, 4)), (g, v) -> g.trilu(v.get(0), true, 1));
        one("Trilu", List.of(in(2, 3, 3)), (g, v) -> g.trilu(v.get(0), false, 0));
    }

    private static void slices() {
        for (var input : List.of(in(4, 5), open(0, 4, 5), open(1, 4, 5))) {
            var x = List.of(input);
            one("Slice", x, (g, v) -> g.slice(v.get(0), 1, -3, -1));
            one("Slice", x, (g, v) -> g.slice(v.get(0), 0, 1, Long.MAX_VALUE));
            one("Slice", x, (g, v) -> g.slice(v.get(0), -1, 2, 2));
            one(
                    "Slice",
                    x,
                    (g, v) ->
                            g.apply(
                                    "Slice",
                                    Attributes.NONE,
                                    v.get(0),
                                    g.longs(1, -9),
                                    g.longs(9, 3)));
            for (long step : new long[] {2, -1, -2}) {
                one(
                        "Slice",
                        x,
                        (g, v) ->
                                g.apply(
                                        "Slice",
                                        Attributes.NONE,
                                        v.get(0),
                                        g.longs(step > 0 ? 0 : -1),
                                        g.longs(step > 0 ? 9 : 0),
                                        g.longs(1),
                                        g.longs(step)));
            }
        }
    }

    private static void indexing() {
        for (var input : List.of(in(3, 4), open(0, 3, 4), open(1, 3, 4))) {
            var x = List.of(input);
            one("Gather", x, (g, v) -> g.gather(v.get(0), g.longs(2, 0, 2, -1), 0));
            one("Gather", x, (g, v) -> g.gather(v.get(0), g.longs(1, 1), -1));
            one(
                    "Gather",
                    x,
                    (g, v) ->
                            g.gather(v.get(0), g.longs("at", Shape.of(2, 3), 2, 0, 2, 1, 1, 1), 1));
            one("Gather", x, (g, v) -> g.gather(v.get(0), g.scalar(ElementType.INT64, 1), 0));
            one(
                    "GatherElements",
                    x,
                    (g, v) ->
                            g.gatherElements(
                                    v.get(0), g.longs("at", Shape.of(3, 2), 2, 0, 1, 1, 0, 3), -1));
            one(
                    "GatherND",
                    x,
                    (g, v) -> g.gatherNd(v.get(0), g.longs("at", Shape.of(2, 2), 1, 2, 1, 2), 0));
            one(
                    "GatherND",
                    x,
                    (g, v) -> g.gatherNd(v.get(0), g.longs("at", Shape.of(3, 1), 1, 2, 1), 0));
            one(
                    "GatherND",
                    x,
                    (g, v) -> g.gatherNd(v.get(0), g.longs("at", Shape.of(3, 1), 1, 3, 1), 1));
        }
        one(
                "Gather",
                List.of(in(2, 3, 4)),
                (g, v) -> g.gather(v.get(0), g.longs("at", Shape.of(2, 2), 2, 0, 2, 1), 1));
        one(
                "GatherND",
                List.of(in(2, 3, 4)),
                (g, v) ->
                        g.gatherNd(
                                v.get(0),
                                g.longs(
                                        "at",
                                        Shape.of(2, 3, 2, 1),
                                        1,
                                        3,
                                        1,
                                        1,
                                        0,
                                        2,
                                        1,
                                        0,
                                        0,
                                        0,
                                        3,
                                        3),
                                2));
    }

    private static void scattering() {
        for (var reduction : List.of("none", "add")) {
            one(
                    "ScatterElements",
                    List.of(in(2, 4), in(2, 2)),
                    (g, v) ->
                            g.scatterElements(
                                    v.get(0),
                                    g.longs("at", Shape.of(2, 2), 3, 0, 1, 2),
                                    v.get(1),
                                    -1,
                                    reduction));
            one(
                    "ScatterND",
                    List.of(in(4, 3), in(2, 3)),
                    (g, v) ->
                            g.scatterNd(
                                    v.get(0),
                                    g.longs("at", Shape.of(2, 1), 3, 1),
                                    v.get(1),
                                    reduction));
        }
        one(
                "ScatterND",
                List.of(in(4, 3), in(3)),
                (g, v) ->
                        g.scatterNd(
                                v.get(0),
                                g.longs("at", Shape.of(3, 2), 3, 1, 0, 0, 3, 1),
                                v.get(1),
                                "add"));
    }
}
