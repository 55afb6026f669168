package org.palimpsest.project;

import java.util.List;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.problem.ProblemException;

/// Which images of a project are meant.
///
/// As text: `label:cat -tag:night (split:train or state:done) score<0.5 "red car"`, as [#parse] reads it.
public sealed interface ImageFilter {
    /// Every image.
    ImageFilter ALL = new And(List.of());

    record And(List<ImageFilter> filters) implements ImageFilter {
        public And {
            filters = List.copyOf(filters);
        }
    }

    record Or(List<ImageFilter> filters) implements ImageFilter {
        public Or {
            filters = List.copyOf(filters);
        }
    }

    record Not(ImageFilter filter) implements ImageFilter {}

    record InState(ImageState state) implements ImageFilter {}

    record InSplit(Split split) implements ImageFilter {}

    record Tagged(String tag) implements ImageFilter {}

    /// An object of that label is in the image.
    record HasLabel(String label) implements ImageFilter {}

    /// The label was looked for and is not there.
    record CheckedAbsent(String label) implements ImageFilter {}

    /// An annotation in that state of review is in the image.
    record HasReview(ReviewState review) implements ImageFilter {}

    /// An annotation of that origin is in the image.
    record HasOrigin(Origin origin) implements ImageFilter {}

    /// A model of that name proposed something.
    record FromModel(String model) implements ImageFilter {}

    /// The words are in a caption, answer or other text, in this order if there are several.
    record SaysWords(String words) implements ImageFilter {}

    /// The words are in the path or the notes.
    record Named(String part) implements ImageFilter {}

    /// Some annotation's score compares so.
    record Score(Comparison comparison, double value) implements ImageFilter {}

    /// The number of objects compares so.
    record Objects(Comparison comparison, int value) implements ImageFilter {}

    /// The number of texts compares so.
    record Texts(Comparison comparison, int value) implements ImageFilter {}

    /// Where an annotation came from.
    enum Origin {
        DRAWN,
        PREDICTED,
        IMPORTED,
        CORRECTED
    }

    /// How two numbers are compared.
    enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        AT_LEAST(">="),
        MORE(">");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    /// Reads a filter as people write it.
    ///
    /// Terms side by side must all hold; `or` between them and `-` or `not` before them, with parentheses. Terms:
    /// `label:`, `absent:`, `tag:`, `state:`, `split:`, `review:`, `origin:`, `model:`, `text:`, `name:`, each with a
    /// word or a quoted phrase, several values separated by commas; `score`, `objects` and `texts` with `<`, `<=`, `=`,
    /// `>=` or `>` and a number. A word or phrase alone is looked for in texts and names.
    ///
    /// @throws ProblemException if it cannot be read, with the place
    static ImageFilter parse(String text) throws ProblemException {
        return FilterParser.parse(text);
    }
}
