package org.palimpsest.paligemma;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;

/// The features of images: computed once for each, kept as long as memory allows.
final class FeatureStore {
    /// Image tokens that go through the vision encoder together: eight small images, or one large.
    private static final int TOKENS_PER_RUN = 2048;

    private final LoadedModel model;
    private final ImagePreprocessor preprocessor;
    private final FeatureCache cache;
    private String adapter = "";

    FeatureStore(LoadedModel model, ImagePreprocessor preprocessor, long cacheBytes) {
        this.model = model;
        this.preprocessor = preprocessor;
        this.cache = new FeatureCache(cacheBytes);
    }

    /// Keeps the features apart that come from other weights.
    ///
    /// @param visionHash what is special about the vision encoder from here on; empty for nothing
    void useAdapter(String visionHash) {
        adapter = visionHash;
    }

    /// @param features one for each question
    record Result(
            List<ImageFeatures> features,
            double preprocessMilliseconds,
            double visionMilliseconds) {}

    Result of(List<Question> questions, Optional<AnswerTrace> trace, CancelToken cancel)
            throws ProblemException {
        long start = System.nanoTime();
        var keys = new ArrayList<String>();
        Map<String, float[]> unknown = new LinkedHashMap<>();
        Map<String, ImageFeatures> known = new LinkedHashMap<>();
        for (Question question : questions) {
            String key = question.imageKey();
            Optional<ImageFeatures> kept =
                    key.isEmpty() || trace.isPresent() ? Optional.empty() : find(key);
            if (kept.isEmpty() && !unknown.containsKey(key)) {
                float[] pixels = preprocessor.toPixelValues(question.image());
                trace.ifPresent(each -> each.pixels(pixels, preprocessor.size().width()));
                if (key.isEmpty()) {
                    key = digest(pixels);
                    kept = find(key);
                }
                if (kept.isEmpty()) {
                    unknown.putIfAbsent(key, pixels);
                }
            }
            if (kept.isPresent()) {
                known.put(key, kept.get());
            }
            keys.add(key);
        }
        double preprocess = (System.nanoTime() - start) / 1e6;
        long afterPixels = System.nanoTime();
        encode(unknown, known, cancel);
        double vision = unknown.isEmpty() ? 0 : (System.nanoTime() - afterPixels) / 1e6;
        var features = new ArrayList<ImageFeatures>();
        for (String key : keys) {
            ImageFeatures own = known.get(key);
            if (own == null) {
                throw new IllegalStateException("No features for " + key);
            }
            features.add(own);
        }
        trace.ifPresent(each -> each.features(scaled(features.getFirst())));
        return new Result(features, preprocess, vision);
    }

    private void encode(
            Map<String, float[]> unknown, Map<String, ImageFeatures> known, CancelToken cancel)
            throws ProblemException {
        var keys = List.copyOf(unknown.keySet());
        int atOnce = Math.max(1, TOKENS_PER_RUN / model.config().numImageTokens());
        for (int from = 0; from < keys.size(); from += atOnce) {
            var some = keys.subList(from, Math.min(keys.size(), from + atOnce));
            var pixels = some.stream().map(unknown::get).toList();
            var features =
                    model.vision().encode(pixels, model.config().vision().imageSize(), cancel);
            for (int i = 0; i < some.size(); i++) {
                known.put(some.get(i), features.get(i));
                cache.put(cacheKey(some.get(i)), features.get(i));
            }
        }
    }

    private Optional<ImageFeatures> find(String key) {
        return cache.find(cacheKey(key));
    }

    private String cacheKey(String key) {
        return adapter.isEmpty() ? key : adapter + ":" + key;
    }

    private ImageFeatures scaled(ImageFeatures features) {
        var values = features.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) model.featureScale();
        }
        return new ImageFeatures(values, features.tokens(), features.width());
    }

    private static String digest(float[] pixels) {
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Float.BYTES);
        bytes.asFloatBuffer().put(pixels);
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return "pixels:" + HexFormat.of().formatHex(digest.digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
