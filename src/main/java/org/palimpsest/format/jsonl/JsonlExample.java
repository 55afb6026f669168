package org.palimpsest.format.jsonl;

/// One line: an image, what is asked, what is answered.
///
/// @param image the file, relative to the images' folder, with forward slashes
/// @param prefix the prompt, without the line break at its end that some trainers want in the file
/// @param suffix the answer; may be empty
public record JsonlExample(String image, String prefix, String suffix) {}
