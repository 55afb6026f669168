/// Fine-tunes a model on images with prompts and answers, in ONNX Runtime alone. Start at [org.palimpsest.training.Trainer].
@NullMarked
package org.palimpsest.training;

import org.jspecify.annotations.NullMarked;
