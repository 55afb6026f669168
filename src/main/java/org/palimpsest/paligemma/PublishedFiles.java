package org.palimpsest.paligemma;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;

/// The files of an ONNX folder that a device takes if nobody wishes for others.
///
/// @param dtype for the person: one dtype, or that of each part
/// @param files the graphs and their external data
public record PublishedFiles(String dtype, List<Path> files) {
    public PublishedFiles {
        files = List.copyOf(files);
    }

    /// @throws ProblemException naming what is there, if a part is missing
    public static PublishedFiles of(Path folder, PaliGemmaConfig config, Device device)
            throws ProblemException {
        return new OnnxFolder(folder, config).files(DtypeChoice.AUTOMATIC, device);
    }
}
