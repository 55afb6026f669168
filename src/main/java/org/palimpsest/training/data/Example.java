package org.palimpsest.training.data;

import java.nio.file.Path;

/// One thing to learn: what is asked about an image, and what should be answered.
///
/// @param image the image file
/// @param prefix the prompt, without the line break behind it
/// @param suffix the answer; may be empty
public record Example(Path image, String prefix, String suffix) {}
