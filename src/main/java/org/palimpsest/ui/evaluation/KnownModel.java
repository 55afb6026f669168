package org.palimpsest.ui.evaluation;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.settings.KnownModels;
import org.palimpsest.ui.support.Texts;

/// A model that can be judged, with or without an adapter.
record KnownModel(ModelChoice choice, String title) {

    /// The one in use, the bundled one, and those that the person told of; each once.
    static List<KnownModel> of(Optional<ModelChoice> inUse, Path bundled, KnownModels known) {
        var choices = new LinkedHashSet<ModelChoice>();
        inUse.ifPresent(choices::add);
        var base = inUse.map(ModelChoice::folder).orElse(bundled);
        choices.add(ModelChoice.of(base));
        known.adapters()
                .forEach(adapter -> choices.add(new ModelChoice(base, Optional.of(adapter))));
        choices.add(ModelChoice.of(bundled));
        known.folders().forEach(folder -> choices.add(ModelChoice.of(folder)));
        return choices.stream()
                .map(choice ->
                        new KnownModel(
                                choice, title(choice, bundled, inUse.equals(Optional.of(choice)))))
                .toList();
    }

    private static String title(ModelChoice choice, Path bundled, boolean used) {
        var model =
                choice.folder().equals(bundled)
                        ? Texts.get("evaluation.model.bundled")
                        : name(choice.folder());
        var title =
                choice.adapter()
                        .map(adapter -> Texts.get("evaluation.model.adapter", model, name(adapter)))
                        .orElse(model);
        return used ? Texts.get("evaluation.model.inUse", title) : title;
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }
}
