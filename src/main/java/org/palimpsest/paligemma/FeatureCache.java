package org.palimpsest.paligemma;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.paligemma.generation.ImageFeatures;

/// The features of the images seen last, up to a number of bytes.
final class FeatureCache {
    private final long limit;
    private final Map<String, ImageFeatures> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    FeatureCache(long limit) {
        this.limit = limit;
    }

    Optional<ImageFeatures> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    void put(String key, ImageFeatures features) {
        ImageFeatures before = byKey.put(key, features);
        bytes += size(features) - (before == null ? 0 : size(before));
        var eldest = byKey.values().iterator();
        while (bytes > limit && eldest.hasNext()) {
            bytes -= size(eldest.next());
            eldest.remove();
        }
    }

    private static long size(ImageFeatures features) {
        return (long) features.values().length * Float.BYTES;
    }
}
