package org.palimpsest.batch.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;

/// What a model said about an image that it was never trained on, before it was trained and after.
///
/// @param truth the image with what is true of it, as far as it was asked for
/// @param editsBefore what it takes to correct the answer before
/// @param editsAfter what it takes to correct the answer after
public record HeldOutAnswers(
        AnnotatedImage truth,
        List<Annotation> before,
        List<Annotation> after,
        int editsBefore,
        int editsAfter) {
    public HeldOutAnswers {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /// How many edits are saved; negative where it became worse.
    public int saved() {
        return editsBefore - editsAfter;
    }

    /// The images that both judgements know, the largest changes first; of equal ones those that became worse.
    static List<HeldOutAnswers> of(Judge.Judgement before, Judge.Judgement after) {
        var all = new ArrayList<HeldOutAnswers>();
        before.images()
                .forEach((id, old) -> {
                    var now = after.images().get(id);
                    if (now != null) {
                        all.add(
                                new HeldOutAnswers(
                                        old.truth(),
                                        old.answer(),
                                        now.answer(),
                                        old.edits(),
                                        now.edits()));
                    }
                });
        all.sort(
                Comparator.comparingInt((HeldOutAnswers one) -> -Math.abs(one.saved()))
                        .thenComparingInt(HeldOutAnswers::saved));
        return List.copyOf(all);
    }
}
