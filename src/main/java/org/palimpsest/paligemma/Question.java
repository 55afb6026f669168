package org.palimpsest.paligemma;

import org.palimpsest.imaging.Picture;

/// One prompt about one image.
///
/// @param imageKey tells images apart: while the features of an image are kept, a further question with its key skips the
///     vision encoder. Empty to tell images apart by their pixels
/// @param prompt as a person writes it, such as `detect cat ; dog`; a line break at its end makes no difference
public record Question(Picture image, String imageKey, String prompt) {

    /// A question whose image is told by its pixels.
    public static Question of(Picture image, String prompt) {
        return new Question(image, "", prompt);
    }
}
