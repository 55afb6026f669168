package org.palimpsest.project;

import java.util.List;
import java.util.Optional;
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

    /// An annotation belongs to that prompt: a model was asked so, or it is a text that answers it.
    record FromPrompt(String prompt) implements ImageFilter {}

    /// The words are in a caption, answer or other text, in this order if there are several.
    record SaysWords(String words) implements ImageFilter {}

    /// The words are in the path or the notes.
    record Named(String part) implements ImageFilter {}

    /// Some annotation's score compares so.
    record Score(Comparison comparison, double value) implements ImageFilter {}

    /// Something of one annotation is in a range.
    ///
    /// @param from the least value that is in it
    /// @param below the least value that is above it
    record Within(Measure measure, double from, double below) implements ImageFilter {}

    /// The number of objects compares so.
    record Objects(Comparison comparison, int value) implements ImageFilter {}

    /// The number of texts compares so.
    record Texts(Comparison comparison, int value) implements ImageFilter {}

    /// How much people did on the image compares so: the annotations that they drew, corrected or rejected.
    record Edits(Comparison comparison, int value) implements ImageFilter {}

    /// What can be measured of an annotation.
    enum Measure {
        SCORE,
        /// The part of the image that an object's bounding box covers, 0 to 1.
        AREA,
        /// Width by height of an object's bounding box.
        ASPECT
    }

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

    /// Where a text is no filter, and why.
    ///
    /// @param place the character, from 0; the text's length for its end
    record Fault(int place, String words) {}

    /// What is wrong with a filter as people write it; empty if [#parse] reads it.
    static Optional<Fault> check(String text) {
        return FilterParser.check(text);
    }

    /// Reads a filter as people write it.
    ///
    /// Terms side by side must all hold; `or` between them and `-` or `not` before them, with parentheses. Terms:
    /// `label:`, `absent:`, `tag:`, `state:`, `split:`, `review:`, `origin:`, `model:`, `prompt:`, `text:`, `name:`, each
    /// with a word or a quoted phrase, several values separated by commas; `score`, `area`, `aspect`, `objects`, `texts`
    /// and `edits` with `<`, `<=`, `=`, `>=` or `>` and a number, or with a range without its end, as in `objects=2..5`.
    /// One annotation has to be in a range such as `score=0.2..0.3`. A word or phrase alone is looked for in texts and
    /// names.
    ///
    /// @throws ProblemException if it cannot be read, with the place
    static ImageFilter parse(String text) throws ProblemException {
        return FilterParser.parse(text);
    }
}
