package org.palimpsest.format.scenes;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

/// A picture with everything that is true of it.
///
/// @param image the picture's file
/// @param texts prompts with their true answers
public record Scene(Path image, Size size, List<TrueObject> objects, List<TrueText> texts) {
    public Scene {
        objects = List.copyOf(objects);
        texts = List.copyOf(texts);
    }

    /// An object of the scene.
    public record TrueObject(String label, String color, Box box, Mask mask) {}

    /// A prompt with its true answer.
    public record TrueText(String prompt, String text) {}
}
