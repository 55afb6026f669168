package org.palimpsest.format.coco;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.format.CollectingSink;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Finding;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Imports for tests, with what was noticed.
record Imports(Dataset data, List<Finding> findings) {
    static final Path SAMPLES = Path.of("src/test/resources/org/palimpsest/format/coco");

    static Imports read(DatasetFormat format, Path source) throws ProblemException {
        return read(format, source, ImportOptions.DEFAULT);
    }

    static Imports read(DatasetFormat format, Path source, ImportOptions options)
            throws ProblemException {
        var sink = new CollectingSink();
        var data = new DatasetImport(source, options, sink, Progress.NONE);
        format.reader().orElseThrow().read(data);
        return new Imports(sink.data(), data.findings().kept());
    }

    /// Images by file name.
    Map<String, AnnotatedImage> images() throws ProblemException {
        var images = new TreeMap<String, AnnotatedImage>();
        data.forEach(image -> images.put(image.image().file().getFileName().toString(), image));
        return images;
    }

    List<String> words() {
        return findings.stream().map(Finding::toString).toList();
    }

    static JsonNode json(Path file) throws Exception {
        return new JsonMapper().readTree(Files.readAllBytes(file));
    }
}
