package org.palimpsest.paligemma;

import java.util.List;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.prompt.ParsedOutput;

/// What the model says to a prompt about an image.
///
/// @param output the text read as the prompt's task wants it
/// @param objects the objects in it, of a malformed answer those that could be read
public record Answer(
        String prompt, Generation generation, ParsedOutput output, List<FoundObject> objects) {
    public Answer {
        objects = List.copyOf(objects);
    }
}
