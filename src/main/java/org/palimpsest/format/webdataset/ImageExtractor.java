package org.palimpsest.format.webdataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;

/// Puts pictures of an archive into a folder; a file that is there already is never overwritten.
final class ImageExtractor {
    private static final int MOST_BYTES = 512 << 20;

    private final Path folder;
    private final Set<String> written = new HashSet<>();

    ImageExtractor(Path folder) {
        this.folder = folder;
    }

    /// The file that holds the picture: one that was there with these bytes, or a new one.
    ///
    /// @param name without a folder
    /// @throws ProblemException if the picture has no bytes, or the folder cannot be written to
    /// @throws IOException if the archive cannot be read
    Path extract(String name, InputStream contents) throws IOException, ProblemException {
        byte[] bytes = contents.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException(name + " is larger than 512 MB");
        }
        if (bytes.length == 0) {
            throw new ProblemException("The picture is empty", name, "Copy the archive anew");
        }
        int dot = name.lastIndexOf('.');
        for (int number = 1; ; number++) {
            String candidate =
                    number == 1
                            ? name
                            : name.substring(0, dot) + "-" + number + name.substring(dot);
            Path file = folder.resolve(candidate);
            boolean ours = written.contains(candidate.toLowerCase(Locale.ROOT));
            if (!ours && !Files.exists(file)) {
                write(file, bytes);
                written.add(candidate.toLowerCase(Locale.ROOT));
                return file;
            }
            if (!ours && isSame(file, bytes)) {
                written.add(candidate.toLowerCase(Locale.ROOT));
                return file;
            }
        }
    }

    private static boolean isSame(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == bytes.length
                && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private void write(Path file, byte[] bytes) throws ProblemException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The images cannot be unpacked",
                            folder + ": " + e.getMessage(),
                            "Choose an image folder that you may write to"),
                    e);
        }
        AtomicFiles.write(file, bytes);
    }
}
