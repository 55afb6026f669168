package org.palimpsest.format.jsonl;

import java.util.Map;

/// One line: an image, what is asked, what is answered.
///
/// @param image the file, relative to the images' folder, with forward slashes
/// @param prefix the prompt, without the line break at its end that some trainers want in the file
/// @param suffix the answer; may be empty
/// @param others what else a line of another program says, by key; never written
public record JsonlExample(String image, String prefix, String suffix, Map<String, String> others) {
    public JsonlExample {
        others = Map.copyOf(others);
    }

    public JsonlExample(String image, String prefix, String suffix) {
        this(image, prefix, suffix, Map.of());
    }
}
