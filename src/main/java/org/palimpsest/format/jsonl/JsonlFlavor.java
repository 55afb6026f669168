package org.palimpsest.format.jsonl;

import java.util.Arrays;
import java.util.Optional;
import org.palimpsest.paligemma.prompt.Task;

/// Who reads the file. They agree on one flat object per line and differ in the rest.
public enum JsonlFlavor {
    /// big_vision's `jsonl` data source (datasets/jsonl.py, 0127fb6), which adds the line break to the prefix.
    BIG_VISION("big_vision", "image", "prefix", "suffix", false, false),
    /// A Hugging Face Trainer with PaliGemmaProcessor, which adds the line break too.
    HUGGING_FACE("huggingface", "image", "prefix", "suffix", false, false),
    /// keras-hub's `PaliGemmaCausalLM.fit`: the preprocessor adds nothing, so prompts end in a line break
    /// (pali_gemma_causal_lm_preprocessor.py, 71453d0).
    KERAS("keras", "images", "prompts", "responses", true, false),
    /// Roboflow's notebooks: take the class list from the first line, so there are detection lines only.
    ROBOFLOW("roboflow", "image", "prefix", "suffix", false, true),
    /// roboflow/maestro (trainer/common/datasets/jsonl.py, d6dd21f).
    MAESTRO("maestro", "image", "prefix", "suffix", false, false);

    private final String optionName;
    private final String imageKey;
    private final String prefixKey;
    private final String suffixKey;
    private final boolean promptsEndInLineBreak;
    private final boolean detectionOnly;

    JsonlFlavor(
            String optionName,
            String imageKey,
            String prefixKey,
            String suffixKey,
            boolean promptsEndInLineBreak,
            boolean detectionOnly) {
        this.optionName = optionName;
        this.imageKey = imageKey;
        this.prefixKey = prefixKey;
        this.suffixKey = suffixKey;
        this.promptsEndInLineBreak = promptsEndInLineBreak;
        this.detectionOnly = detectionOnly;
    }

    /// What `--flavor` takes.
    public String optionName() {
        return optionName;
    }

    /// The flavour of an option value.
    public static Optional<JsonlFlavor> ofOptionName(String name) {
        return Arrays.stream(values()).filter(flavor -> flavor.optionName.equals(name)).findFirst();
    }

    /// Whether this reader has a use for lines of the task.
    public boolean takes(Task task) {
        return !detectionOnly || task instanceof Task.Detect;
    }

    String imageKey() {
        return imageKey;
    }

    String prefixKey() {
        return prefixKey;
    }

    String suffixKey() {
        return suffixKey;
    }

    boolean promptsEndInLineBreak() {
        return promptsEndInLineBreak;
    }
}
