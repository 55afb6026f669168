package org.palimpsest.modelstore;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.ProblemException;

/// The folder that the program was installed into, with the bundled model and the sample images.
///
/// @param home the folder that holds `assets`
public record Installation(Path home) {
    /// The system property that the launcher sets to the installation's folder.
    public static final String HOME_PROPERTY = "palimpsest.home";

    /// The installation this program runs from: the folder of [#HOME_PROPERTY], else the nearest folder with
    /// `assets` above the program's own files, else the current folder.
    public static Installation locate() {
        String property = System.getProperty(HOME_PROPERTY);
        if (property != null && !property.isBlank()) {
            return new Installation(Path.of(property).toAbsolutePath().normalize());
        }
        Path current = Path.of("").toAbsolutePath();
        var candidates = new ArrayList<>(List.of(current));
        for (Path folder = programFiles(); folder != null; folder = folder.getParent()) {
            candidates.add(folder);
        }
        return new Installation(
                candidates.stream()
                        .filter(folder -> Files.isDirectory(folder.resolve("assets")))
                        .findFirst()
                        .orElse(current));
    }

    /// The model that comes with the program, whether it is there or not.
    public Path bundledModel() {
        return home.resolve("assets").resolve("model");
    }

    /// The sample images with their ground truth, whether they are there or not.
    public Path samples() {
        return home.resolve("assets").resolve("samples");
    }

    /// The model folder to open: the one chosen, or the bundled model where none was chosen.
    ///
    /// @throws ProblemException if that folder does not exist
    public Path modelFolder(@Nullable Path chosen) throws ProblemException {
        Path folder = chosen == null ? bundledModel() : chosen;
        if (Files.isDirectory(folder)) {
            return folder;
        }
        throw chosen == null
                ? new ProblemException(
                        "The bundled model is missing",
                        folder + " is not a folder",
                        "Name a model folder with --model, or clone the project again")
                : new ProblemException(
                        "There is no such model folder",
                        folder.toString(),
                        "Name the folder that holds config.json and the weights");
    }

    private static @Nullable Path programFiles() {
        var source = Installation.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return null;
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }
}
