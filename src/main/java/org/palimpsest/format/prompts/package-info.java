/// Training examples, a prompt and its answer each, of annotated images. Start at
/// [org.palimpsest.format.prompts.ExampleMaker].
@NullMarked
package org.palimpsest.format.prompts;

import org.jspecify.annotations.NullMarked;
