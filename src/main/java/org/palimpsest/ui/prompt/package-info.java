/// Task panel: choose a PaliGemma task, write the prompt, see the answer. Start at [org.palimpsest.ui.prompt.PromptView].
@NullMarked
package org.palimpsest.ui.prompt;

import org.jspecify.annotations.NullMarked;
