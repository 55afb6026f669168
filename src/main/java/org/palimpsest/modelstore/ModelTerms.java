package org.palimpsest.modelstore;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.ProblemException;

/// Terms under which models are given away, and which a person agrees to before using one.
public enum ModelTerms {
    /// Google's terms for Gemma, which every published PaliGemma is under, and what is derived from one.
    GEMMA(
            "gemma",
            URI.create("https://ai.google.dev/gemma/terms"),
            URI.create("https://ai.google.dev/gemma/prohibited_use_policy"));

    /// `license: gemma` at the beginning of a model card, between two lines of dashes.
    private static final Pattern CARD =
            Pattern.compile(
                    "\\A---\\n(?:(?!---).*\\n){0,400}?license(?:_name)?:[ \\t]*[\"']?gemma\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern TITLE =
            Pattern.compile("gemma terms of use", Pattern.CASE_INSENSITIVE);

    // Every published PaliGemma has this vision encoder (SigLIP So400m) and Gemma's vocabulary.
    private static final int PUBLISHED_VISION_WIDTH = 1152;
    private static final int PUBLISHED_VISION_LAYERS = 27;
    private static final int PUBLISHED_VOCABULARY = 256_000;

    private final String key;
    private final URI terms;
    private final URI prohibitedUses;

    ModelTerms(String key, URI terms, URI prohibitedUses) {
        this.key = key;
        this.terms = terms;
        this.prohibitedUses = prohibitedUses;
    }

    /// The name under which the person's agreement is remembered.
    public String key() {
        return key;
    }

    /// Where the terms stand in full.
    public URI terms() {
        return terms;
    }

    /// Where it stands what the model must not be used for.
    public URI prohibitedUses() {
        return prohibitedUses;
    }

    /// The terms of a model or an adapter in a folder: those that its card or licence names, else those of every PaliGemma of
    /// the published size. Models in miniature that were trained from nothing have none.
    public static Optional<ModelTerms> of(Path folder) {
        var texts = FolderText.readAll(folder);
        if (isNamed(texts)) {
            return Optional.of(GEMMA);
        }
        try {
            return of(texts, ConfigReader.read(folder));
        } catch (ProblemException e) {
            // What has no configuration cannot be opened either.
            return Optional.empty();
        }
    }

    static Optional<ModelTerms> of(List<FolderText> texts, PaliGemmaConfig config) {
        boolean published =
                config.vision().hiddenDim() == PUBLISHED_VISION_WIDTH
                        && config.vision().numLayers() == PUBLISHED_VISION_LAYERS
                        && config.text().vocabularySize() >= PUBLISHED_VOCABULARY;
        return published || isNamed(texts) ? Optional.of(GEMMA) : Optional.empty();
    }

    private static boolean isNamed(List<FolderText> texts) {
        return texts.stream()
                .map(FolderText::text)
                .anyMatch(text -> CARD.matcher(text).find() || TITLE.matcher(text).find());
    }
}
