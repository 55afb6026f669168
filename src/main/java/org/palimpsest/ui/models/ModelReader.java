package org.palimpsest.ui.models;

import java.nio.file.Path;
import java.util.Optional;
import org.palimpsest.diagnosis.Memories;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.modelstore.AdapterFolder;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.models.ModelLine.Look;

/// Looks into folders. Slow: not for the interface's thread.
final class ModelReader {
    private ModelReader() {}

    static Look model(Path folder, Memories memories) {
        try {
            var model = ModelFolder.read(folder);
            return new Look.Model(model, memories.rooms(model));
        } catch (ProblemException e) {
            return new Look.Broken(e.problem());
        }
    }

    /// @param chosen the model in use, which the adapter is held against
    static Look adapter(Path folder, Optional<ModelChoice> chosen) {
        try {
            var adapter = AdapterFolder.read(folder);
            var model = chosen.flatMap(one -> config(one.folder()));
            return new Look.Adapter(
                    adapter,
                    model.isEmpty()
                            ? Optional.empty()
                            : chosen.map(one -> String.valueOf(one.folder().getFileName())),
                    model.flatMap(adapter::misfit));
        } catch (ProblemException e) {
            return new Look.Broken(e.problem());
        }
    }

    /// Why an adapter cannot be used with a model; empty where it can, or where that shows when it is opened.
    static Optional<Problem> misfit(Path adapter, Path model) {
        try {
            var read = AdapterFolder.read(adapter);
            return config(model).flatMap(read::misfit);
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    private static Optional<PaliGemmaConfig> config(Path folder) {
        try {
            return Optional.of(ConfigReader.read(folder));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
