package org.palimpsest.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// One import while it is being read: where from, where to, and what was noticed.
///
/// Belongs to one thread.
public final class DatasetImport {
    private static final int MOST_MISSING = 10_000;

    private final Path source;
    private final ImportOptions options;
    private final DatasetSink sink;
    private final Progress progress;
    private final FindingList findings = new FindingList();
    private final List<Path> imageFolders;
    private final Set<String> missing = new HashSet<>();
    private long annotations;

    /// @param source the file or folder that the person chose
    public DatasetImport(Path source, ImportOptions options, DatasetSink sink, Progress progress) {
        this.source = source.toAbsolutePath().normalize();
        this.options = options;
        this.sink = sink;
        this.progress = progress;
        this.imageFolders = imageFolders();
    }

    private List<Path> imageFolders() {
        var folders = new ArrayList<Path>();
        options.imageFolder().ifPresent(folders::add);
        Path folder = folder();
        folders.add(folder);
        folders.add(folder.resolve("images"));
        Path parent = folder.getParent();
        if (parent != null) {
            folders.add(parent);
            folders.add(parent.resolve("images"));
        }
        return List.copyOf(folders);
    }

    public Path source() {
        return source;
    }

    /// The source itself if it is a folder, else the folder it lies in.
    public Path folder() {
        Path parent = source.getParent();
        return Files.isDirectory(source) || parent == null ? source : parent;
    }

    public ImportOptions options() {
        return options;
    }

    public DatasetSink sink() {
        return sink;
    }

    public FindingList findings() {
        return findings;
    }

    public Progress progress() {
        return progress;
    }

    public void throwIfCancelled() throws ProblemException {
        progress.throwIfCancelled("The import was cancelled, nothing was taken over");
    }

    /// Finds an image by the path that a file gives, and takes it into the sink. The path is looked up in the image
    /// folder that the person named, beside the file, in `images` beside it and one folder up; where the whole path is
    /// nowhere, its last part is looked up in the same folders.
    ///
    /// @param place where the path stands, for the finding
    /// @return empty where there is none, it is no readable image or its path is not to be followed; then a finding
    ///     says so
    public Optional<ImageEntry> image(String place, String path) throws ProblemException {
        throwIfCancelled();
        var refused = ImagePaths.reasonToRefuse(path);
        if (refused.isPresent()) {
            findings.error(place, refused.get());
            return Optional.empty();
        }
        String forward = path.replace('\\', '/');
        var file = find(forward).or(() -> find(forward.substring(forward.lastIndexOf('/') + 1)));
        if (file.isEmpty()) {
            findings.error(place, "there is no image " + path);
            if (missing.size() < MOST_MISSING) {
                missing.add(forward);
            }
            return Optional.empty();
        }
        try {
            return Optional.of(sink.image(file.get()));
        } catch (ProblemException e) {
            findings.error(place, e.problem().oneLine());
            return Optional.empty();
        }
    }

    private Optional<Path> find(String path) {
        return imageFolders.stream()
                .map(folder -> folder.resolve(path))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// How many different images were not found, up to some thousands.
    public int missingImages() {
        return missing.size();
    }

    /// Takes annotations into the sink and counts them.
    public void annotations(ImageId image, List<? extends Annotation> read)
            throws ProblemException {
        if (!read.isEmpty()) {
            sink.annotations(image, read);
            annotations += read.size();
        }
    }

    /// What was taken over so far and what was not.
    public ImportReport report() {
        return new ImportReport(annotations, findings);
    }
}
