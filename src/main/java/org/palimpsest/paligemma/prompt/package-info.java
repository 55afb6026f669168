/// PaliGemma's prompts and answers as values: what is asked, and what the answer says. Start at
/// [org.palimpsest.paligemma.prompt.Task] and [org.palimpsest.paligemma.prompt.OutputParser].
@NullMarked
package org.palimpsest.paligemma.prompt;

import org.jspecify.annotations.NullMarked;
