package org.palimpsest.ui.shell;

import org.palimpsest.problem.Problem;

/// What the person should know about the model before all else: a line across the window.
///
/// @param problem whether no model answers
record ModelNote(String text, boolean problem) {
    static final ModelNote TOY =
            new ModelNote(
                    "Toy model: knows drawn shapes. Photographs need a real PaliGemma.", false);

    static ModelNote of(Problem problem) {
        return new ModelNote("The model cannot be used. " + problem.oneLine() + ".", true);
    }
}
