package org.palimpsest.paligemma.graph;

import java.nio.file.Path;
import java.util.Iterator;
import org.palimpsest.onnx.ExternalData;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Weight;
import org.palimpsest.tensor.ElementType;

/// Where a graph finds the bytes of a weight.
@FunctionalInterface
public interface WeightPlaces {

    Place of(Weight weight);

    /// The bytes of a weight, and the type that they have there.
    record Place(ExternalData data, ElementType elementType) {}

    /// The checkpoint's own files, named relative to this folder.
    static WeightPlaces inPlace(Path root) {
        return weight -> {
            String location = root.relativize(weight.stored().file()).toString().replace('\\', '/');
            var stored = weight.stored();
            return new Place(
                    new ExternalData(location, stored.offset(), stored.length()),
                    weight.elementType());
        };
    }

    /// The deepest real folder that holds every file of a checkpoint. Shards in a download cache are links to files that
    /// may lie in other folders; ONNX Runtime refuses locations that leave the model's folder.
    static Path commonFolder(PaliGemmaWeights weights) {
        Iterator<Weight> all = weights.all().iterator();
        Path folder = parent(all.next().stored().file());
        while (all.hasNext()) {
            Path file = all.next().stored().file();
            while (!file.startsWith(folder)) {
                folder = parent(folder);
            }
        }
        return folder;
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("No folder above " + path);
        }
        return parent;
    }
}
