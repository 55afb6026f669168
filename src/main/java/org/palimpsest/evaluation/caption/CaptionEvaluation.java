package org.palimpsest.evaluation.caption;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.evaluation.text.PythonText;

/// Collects captions image by image and gives BLEU and CIDEr-D as the COCO caption tools do (salaniz/pycocoevalcap,
/// ad63453).
public final class CaptionEvaluation {
    private final List<NGrams> candidates = new ArrayList<>();
    private final List<List<NGrams>> references = new ArrayList<>();

    /// Adds an image's caption and what people wrote, as raw text.
    ///
    /// @throws IllegalArgumentException if there is no reference
    public void add(String candidate, List<String> references) {
        addWords(
                PtbTokenizer.captionWords(candidate),
                references.stream().map(PtbTokenizer::captionWords).toList());
    }

    /// Adds captions that were tokenised before, with blanks between the tokens.
    ///
    /// @throws IllegalArgumentException if there is no reference
    public void addTokenised(String candidate, List<String> references) {
        addWords(PythonText.split(candidate), references.stream().map(PythonText::split).toList());
    }

    private void addWords(List<String> candidate, List<List<String>> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("No reference for the caption " + candidate);
        }
        candidates.add(NGrams.of(candidate));
        references.add(texts.stream().map(NGrams::of).toList());
    }

    /// The scores of the images so far.
    public CaptionScores scores() {
        var bleu = new ArrayList<BleuCounts>();
        for (int i = 0; i < candidates.size(); i++) {
            bleu.add(BleuCounts.of(candidates.get(i), references.get(i)));
        }
        return new CaptionScores(bleu, CiderD.scores(candidates, references));
    }
}
