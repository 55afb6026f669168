package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.List;

/// Shape inference of operators that pick and write elements by their places.
final class IndexRules {
    private IndexRules() {}

    static List<List<Dimension>> gather(Call call) {
        int axis = call.axis("axis", 0, call.rank(0));
        var result = new ArrayList<>(call.shape(0).subList(0, axis));
        result.addAll(call.shape(1));
        result.addAll(call.shape(0).subList(axis + 1, call.rank(0)));
        return ShapeRules.one(result);
    }

    static List<List<Dimension>> gatherElements(Call call) {
        ShapeRules.requireRank(call, 1, call.rank(0));
        return ShapeRules.one(call.shape(1));
    }

    static List<List<Dimension>> gatherNd(Call call) {
        int batch = (int) call.integer("batch_dims", 0);
        int depth = (int) call.input(1).fixedSize(-1);
        var result = new ArrayList<>(call.shape(1).subList(0, call.rank(1) - 1));
        result.addAll(call.shape(0).subList(batch + depth, call.rank(0)));
        return ShapeRules.one(result);
    }

    static List<List<Dimension>> scatterElements(Call call) {
        ShapeRules.requireRank(call, 1, call.rank(0));
        ShapeRules.requireRank(call, 2, call.rank(0));
        return ShapeRules.same(call);
    }

    static List<List<Dimension>> scatterNd(Call call) {
        int depth = (int) call.input(1).fixedSize(-1);
        ShapeRules.requireRank(call, 2, call.rank(1) - 1 + call.rank(0) - depth);
        return ShapeRules.same(call);
    }

    /// The update's axes but the one that is written along must be the cache's.
    static List<List<Dimension>> tensorScatter(Call call) {
        ShapeRules.requireRank(call, 1, call.rank(0));
        int axis = call.axis("axis", -2, call.rank(0));
        for (int i = 0; i < call.rank(0); i++) {
            if (i != axis) {
                ShapeRules.unify(call, call.shape(0).get(i), call.shape(1).get(i));
            }
        }
        return ShapeRules.same(call);
    }
}
