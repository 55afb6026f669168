package org.palimpsest.format.jsonl;

/// What can be wrong with a training file, one rule each.
public enum JsonlRule {
    BYTE_ORDER_MARK("the file begins with a byte order mark"),
    NOT_UTF_8("not UTF-8"),
    BLANK_LINE("blank lines"),
    CARRIAGE_RETURN("lines end in CR LF"),
    NO_FINAL_LINE_BREAK("the last line has no line break"),
    LINE_TOO_LONG("lines that are too long"),
    NOT_JSON("lines that are not JSON"),
    NOT_AN_OBJECT("lines that are no JSON object"),
    MISSING_KEY("keys are missing"),
    OTHER_TRAINERS_KEYS("keys of another trainer"),
    NOT_A_STRING("image, prompt or answer is no string"),
    NESTED_VALUE("lists or objects as values"),
    MIXED_TYPES("the same key has values of several types"),
    DIFFERENT_KEYS("not every line has the same keys"),
    SPLIT_MISSING("a split has no example"),
    IMAGE_PATH("image paths that are not followed"),
    IMAGE_MISSING("images that are not there"),
    IMAGE_UNREADABLE("images that cannot be read"),
    IMAGE_TURNED("images that an orientation tag turns"),
    IMAGE_IN_TWO_SPLITS("images that are in two splits"),
    PICTURE_IN_TWO_SPLITS("the same picture under two names in two splits"),
    DUPLICATE_EXAMPLE("examples that come twice"),
    PROMPT_LINE_BREAK("line breaks at the end of prompts"),
    IMAGE_TOKEN("<image> in a text"),
    TASK_NOT_USED("prompts that the trainer has no use for"),
    CLASS_LIST_DIFFERS("the class list differs between lines"),
    EMPTY_ANSWER("answers without text"),
    TOO_LONG("examples that are cut"),
    LOCATION_RANGE("location tokens above <loc1023>"),
    MALFORMED_ANSWER("answers that are no list of objects"),
    DEGENERATE_BOX("boxes without area"),
    THIN_BOX("boxes that are one location bin thin"),
    MASK_TOKENS("masks of other than 16 tokens"),
    LABEL_SYNTAX("labels that a public parser cuts short"),
    LABEL_NOT_ASKED("labels that the prompt does not ask for"),
    LABEL_CASE("labels that differ in capital letters only");

    private final String title;

    JsonlRule(String title) {
        this.title = title;
    }

    /// In a few words, for a heading.
    public String title() {
        return title;
    }
}
