/// Text to token ids and back, from the tokenizer files of a checkpoint. Start at
/// [org.palimpsest.paligemma.token.Tokenizers].
@NullMarked
package org.palimpsest.paligemma.token;

import org.jspecify.annotations.NullMarked;
