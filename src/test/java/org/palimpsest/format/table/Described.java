package org.palimpsest.format.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.problem.ProblemException;

/// Says in words what a data set holds, to be compared at a glance.
public final class Described {
    private Described() {}

    /// For every image, by its file name, one line for each annotation: `cat [1.0, 2.0, 3.0, 4.0]` or
    /// `caption en: a cat`.
    public static Map<String, List<String>> of(Dataset data) throws ProblemException {
        var all = new LinkedHashMap<String, List<String>>();
        data.forEach(image ->
                all.put(
                        image.image().file().getFileName().toString(),
                        image.annotations().stream().map(Described::of).toList()));
        return all;
    }

    private static String of(Annotation annotation) {
        return switch (annotation) {
            case ObjectAnnotation object -> {
                Box box = object.region().bounds();
                String kind =
                        switch (object.region()) {
                            case Box _ -> "";
                            case Polygon _ -> " outline";
                            case MultiPolygon _ -> " outlines";
                            case Mask mask -> " mask of " + mask.pixelCount();
                        };
                String score =
                        object.provenance().score().isPresent()
                                ? " " + object.provenance().score().getAsDouble()
                                : "";
                yield object.label()
                        + " "
                        + List.of(box.xMin(), box.yMin(), box.xMax(), box.yMax())
                        + kind
                        + score
                        + (object.crowd() ? " crowd" : "")
                        + (object.attributes().isEmpty() ? "" : " " + object.attributes());
            }
            case TextAnnotation text -> text.prompt() + ": " + text.text();
        };
    }
}
