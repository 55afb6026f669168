package org.palimpsest.ui.guide;

/// The pages of the guide, in the order of its contents. Each is a file of `docs/guide`.
public enum Topic {
    CONTENTS("README"),
    FIRST_TEN_MINUTES("first-ten-minutes"),
    TASKS("tasks-and-prompts"),
    CORRECTING("correcting-fast"),
    REVIEW("review"),
    MODELS("models"),
    EXPORT("export-to-trainers"),
    FITTING("fitting"),
    EVALUATING("evaluating"),
    GPU("gpu-set-up"),
    ACCESS("languages-and-accessibility"),
    TROUBLE("when-things-go-wrong"),
    KEYS("keys");

    private final String name;

    Topic(String name) {
        this.name = name;
    }

    /// The file that the page is written in, without a folder.
    String file() {
        return name + ".md";
    }
}
