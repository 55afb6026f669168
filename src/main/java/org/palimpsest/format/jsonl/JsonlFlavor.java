package org.palimpsest.format.jsonl;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.dataset.Split;
import org.palimpsest.paligemma.prompt.Task;

/// Who reads the file. They agree on one flat object per line and differ in the rest.
public enum JsonlFlavor {
    /// big_vision's `jsonl` data source (datasets/jsonl.py, 0127fb6), which adds the line break to the prefix. Its
    /// `fopen_keys` name the folder of the images. 128 tokens are those of pretraining at 224 pixels.
    BIG_VISION(
            "big_vision",
            "paligemma-bigvision",
            Keys.USUAL,
            new Layout("{split}.jsonl", "images", "images", "val"),
            128,
            "teaches the end of the answer only, and nothing at all in big_vision's notebook"),
    /// A Hugging Face Trainer with PaliGemmaProcessor, which adds the line break too and cuts nothing by itself.
    HUGGING_FACE(
            "huggingface",
            "paligemma-huggingface",
            Keys.USUAL,
            new Layout("{split}.jsonl", "images", "", "validation"),
            0,
            "teaches the end of the answer only"),
    /// keras-hub's `PaliGemmaCausalLM.fit`: the preprocessor adds nothing, so prompts end in a line break
    /// (pali_gemma_causal_lm_preprocessor.py, 71453d0).
    KERAS(
            "keras",
            "paligemma-keras",
            new Keys("images", "prompts", "responses"),
            new Layout("{split}.jsonl", "images", "", "val"),
            1024,
            "teaches the end of the answer only"),
    /// Roboflow's notebooks: take the class list from the first line, so there are detection lines only.
    ROBOFLOW(
            "roboflow",
            "paligemma-roboflow",
            Keys.USUAL,
            new Layout("dataset/_annotations.{split}.jsonl", "dataset", "dataset", "valid"),
            128,
            "teaches nothing in the notebook, which gives such a line no loss"),
    /// roboflow/maestro (trainer/common/datasets/jsonl.py, d6dd21f).
    MAESTRO(
            "maestro",
            "paligemma-maestro",
            Keys.USUAL,
            new Layout("{split}/annotations.jsonl", "{split}", "{split}", "valid"),
            512,
            "teaches the end of the answer only");

    private record Keys(String image, String prefix, String suffix) {
        static final Keys USUAL = new Keys("image", "prefix", "suffix");
    }

    /// @param file where the lines of a split are, with `{split}` for its name
    /// @param images where the images of a split are
    /// @param base what image paths are relative to
    /// @param validation what the trainer calls the validation split
    private record Layout(String file, String images, String base, String validation) {}

    private final String optionName;
    private final String formatId;

    // Records of strings, which the checker of enums does not see through.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Keys keys;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Layout layout;

    private final int textLength;
    private final String emptyAnswer;

    JsonlFlavor(
            String optionName,
            String formatId,
            Keys keys,
            Layout layout,
            int textLength,
            String emptyAnswer) {
        this.optionName = optionName;
        this.formatId = formatId;
        this.keys = keys;
        this.layout = layout;
        this.textLength = textLength;
        this.emptyAnswer = emptyAnswer;
    }

    /// What `--flavor` takes.
    public String optionName() {
        return optionName;
    }

    /// The id of the data set format for this reader.
    public String formatId() {
        return formatId;
    }

    /// The name people know.
    public String title() {
        return switch (this) {
            case BIG_VISION -> "big_vision";
            case HUGGING_FACE -> "Hugging Face Trainer";
            case KERAS -> "keras-hub";
            case ROBOFLOW -> "Roboflow's PaliGemma notebooks";
            case MAESTRO -> "maestro";
        };
    }

    /// The flavour of an option value.
    public static Optional<JsonlFlavor> ofOptionName(String name) {
        return Arrays.stream(values()).filter(flavor -> flavor.optionName.equals(name)).findFirst();
    }

    /// Whether this reader has a use for lines of the task.
    public boolean takes(Task task) {
        return this != ROBOFLOW || task instanceof Task.Detect;
    }

    /// How many tokens of prompt and answer the trainer reads as it is set up usually; empty where it cuts nothing.
    public OptionalInt textLength() {
        return textLength == 0 ? OptionalInt.empty() : OptionalInt.of(textLength);
    }

    /// What an answer without text does in training, in words.
    public String emptyAnswer() {
        return "a line without an answer " + emptyAnswer;
    }

    /// Whether the trainer needs examples in all of train, validation and test
    /// (maestro trainer/common/datasets/core.py, d6dd21f: `all([train, valid, test])`).
    public boolean needsAllSplits() {
        return this == MAESTRO;
    }

    public String imageKey() {
        return keys.image();
    }

    public String prefixKey() {
        return keys.prefix();
    }

    public String suffixKey() {
        return keys.suffix();
    }

    /// Whether the file has the line break that ends a prompt; the others' trainers add it.
    public boolean promptsEndInLineBreak() {
        return this == KERAS;
    }

    /// What the trainer calls a split; images without one are trained with.
    String splitName(Split split) {
        return switch (split) {
            case TRAIN, UNASSIGNED -> "train";
            case VALIDATION -> layout.validation();
            case TEST -> "test";
        };
    }

    String file(Split split) {
        return layout.file().replace("{split}", splitName(split));
    }

    String imageFolder(Split split) {
        return layout.images().replace("{split}", splitName(split));
    }

    String imageBase(Split split) {
        return layout.base().replace("{split}", splitName(split));
    }
}
