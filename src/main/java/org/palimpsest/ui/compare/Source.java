package org.palimpsest.ui.compare;

import org.palimpsest.inference.ModelChoice;
import org.palimpsest.project.ModelRun;
import org.palimpsest.ui.support.Texts;

/// Where an answer comes from.
sealed interface Source {

    /// A model is asked.
    ///
    /// @param name what it is called where it is open; empty where that is not known
    record Model(ModelChoice choice, String name) implements Source {}

    /// A run over many images that the project knows has asked.
    record Run(ModelRun.Summary summary) implements Source {}

    /// What a person calls it.
    default String title() {
        return switch (this) {
            case Model(var choice, var name) when !name.isEmpty() -> name;
            case Model(var choice, _) ->
                    choice.adapter()
                            .map(adapter ->
                                    Texts.get(
                                            "compare.source.adapter",
                                            choice.folder().getFileName(),
                                            adapter.getFileName()))
                            .orElse(
                                    Texts.get(
                                            "compare.source.model", choice.folder().getFileName()));
            case Run(var summary) ->
                    Texts.get(
                            "compare.source.run",
                            summary.settings().model(),
                            summary.settings().prompt());
        };
    }
}
