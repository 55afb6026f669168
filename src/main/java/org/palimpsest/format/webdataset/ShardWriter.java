package org.palimpsest.format.webdataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.problem.ProblemException;

/// Writes the archives of one split, one behind the other; headers say nothing of this machine or the time.
final class ShardWriter implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int READABLE_BY_ALL = 0100644;

    private final DatasetExport data;
    private final String split;
    private final long limit;
    private @Nullable TarArchiveOutputStream tar;
    private long written;
    private int next;

    /// @param limit after how many bytes a new archive begins
    ShardWriter(DatasetExport data, String split, long limit) {
        this.data = data;
        this.split = split;
        this.limit = limit;
    }

    /// Adds a picture and its JSON to the same archive.
    void add(String key, String extension, Path picture, byte[] json) throws ProblemException {
        try {
            long needed = padded(Files.size(picture)) + padded(json.length) + 2 * BLOCK;
            var archive = archiveFor(needed);
            archive.putArchiveEntry(entry(key + "." + extension, Files.size(picture)));
            try (InputStream stream = Files.newInputStream(picture)) {
                stream.transferTo(archive);
            }
            archive.closeArchiveEntry();
            archive.putArchiveEntry(entry(key + ".json", json.length));
            archive.write(json);
            archive.closeArchiveEntry();
            written += needed;
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    private TarArchiveOutputStream archiveFor(long needed) throws IOException, ProblemException {
        var current = tar;
        if (current != null && written + needed > limit) {
            current.close();
            current = null;
        }
        if (current == null) {
            var name = "%s-%06d.tar".formatted(split, next++);
            current =
                    new TarArchiveOutputStream(
                            data.openFile(name), BLOCK, StandardCharsets.UTF_8.name());
            tar = current;
            written = 0;
        }
        return current;
    }

    private static TarArchiveEntry entry(String name, long size) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(FileTime.fromMillis(0));
        entry.setIds(0, 0);
        entry.setNames("", ""); // else the person's name on this machine
        entry.setMode(READABLE_BY_ALL);
        return entry;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    @Override
    public void close() throws ProblemException {
        try {
            if (tar != null) {
                tar.close();
            }
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }
}
