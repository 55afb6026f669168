package org.palimpsest.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.palimpsest.imaging.ContentHash;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.storage.Folders;

/// A project with its images in one ZIP file: `project.palimpsest` with the whole history, and `images/`.
public final class ProjectArchive {
    private static final String PROJECT = "project" + Project.EXTENSION;
    private static final String IMAGES = "images/";
    private static final int MAX_ENTRIES = 5_000_000;

    /// Databases pack to a tenth, images not at all; what claims far more is no archive of ours.
    private static final long MAX_RATIO = 100;

    private static final long MAX_EXTRA = 1L << 30;

    private ProjectArchive() {}

    /// Writes the archive, whole or not at all.
    public static void export(Project project, Path archive, Progress progress)
            throws ProblemException {
        Path folder = temporaryFolder(archive);
        try {
            Path copy = folder.resolve(PROJECT);
            project.reading(() -> project.database().update("VACUUM INTO ?", copy.toString()));
            var files = renameImages(project, copy);
            AtomicFiles.write(
                    archive,
                    stream -> {
                        // The archive's own stream is closed by its owner.
                        var zip = new ZipOutputStream(stream);
                        write(zip, PROJECT, copy, ZipOutputStream.DEFLATED);
                        int done = 0;
                        for (var file : files) {
                            progress.throwIfCancelled("The archive was cancelled");
                            write(zip, file.name(), file.file(), ZipOutputStream.STORED);
                            progress.update(
                                    new ProgressUpdate(
                                            "Packing " + file.file().getFileName(),
                                            ++done / (double) files.size()));
                        }
                        zip.finish();
                    });
        } finally {
            discard(folder);
        }
    }

    private record ImageFile(String name, Path file) {}

    /// Lets the copy's images lie beside it, under names that do not clash.
    private static List<ImageFile> renameImages(Project project, Path copy)
            throws ProblemException {
        var files = new ArrayList<ImageFile>();
        try (var database = Database.open(copy, true)) {
            database.transaction(() -> {
                var ids = new ArrayList<Long>();
                database.forEach(
                        row -> {
                            ids.add(row.getLong(1));
                            var file = project.paths().file(row.getString(2));
                            files.add(
                                    new ImageFile(
                                            IMAGES
                                                    + "%06d-%s"
                                                            .formatted(
                                                                    ids.size(), file.getFileName()),
                                            file));
                        },
                        "SELECT id, path FROM image ORDER BY id");
                database.update("UPDATE image SET path = 'moving/' || id");
                for (int i = 0; i < ids.size(); i++) {
                    database.update(
                            "UPDATE image SET path = ? WHERE id = ?",
                            files.get(i).name(),
                            ids.get(i));
                }
                return ids.size();
            });
            database.forEach(_ -> {}, "PRAGMA journal_mode = DELETE");
        }
        return files;
    }

    private static void write(ZipOutputStream zip, String name, Path file, int method)
            throws IOException, ProblemException {
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(
                    "An image of the project is missing",
                    file.toString(),
                    "Find it with 'palimpsest project relocate', or remove it from the project");
        }
        var entry = new ZipEntry(name);
        entry.setTime(0);
        // Level 0 instead of STORED: that would need the checksum beforehand, and so every file
        // read twice.
        zip.setLevel(method == ZipOutputStream.STORED ? 0 : 6);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /// Unpacks an archive into a new folder, and checks what it holds.
    ///
    /// @param folder must not exist
    /// @return the project file in it
    /// @throws ProblemException if it is no archive, is damaged or holds something else; then there is no folder
    public static Path unpack(Path archive, Path folder, Progress progress)
            throws ProblemException {
        if (Files.exists(folder)) {
            throw new ProblemException(
                    "The folder exists already", folder.toString(), "Name one that does not");
        }
        Path staging = temporaryFolder(folder);
        boolean done = false;
        try (var zip = new ZipFile(archive.toFile())) {
            extract(zip, archive, staging, progress);
            Path project = staging.resolve(PROJECT);
            verify(project, progress);
            Files.move(staging, folder);
            done = true;
            return folder.resolve(PROJECT);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The archive cannot be unpacked",
                            archive + ": " + e.getMessage(),
                            "Check that it is complete and the disk has room"),
                    e);
        } finally {
            if (!done) {
                discard(staging);
            }
        }
    }

    private static void extract(ZipFile zip, Path archive, Path folder, Progress progress)
            throws IOException, ProblemException {
        if (zip.size() > MAX_ENTRIES) {
            throw refused(archive, "it has " + zip.size() + " entries");
        }
        long allowed = MAX_RATIO * Files.size(archive) + MAX_EXTRA;
        long total = 0;
        int done = 0;
        Files.createDirectory(folder.resolve(IMAGES));
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            progress.throwIfCancelled("Unpacking was cancelled");
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (!name.equals(PROJECT) && !name.matches("images/[^/\\\\:]+")) {
                throw refused(archive, "it holds '" + name + "'");
            }
            total += entry.getSize();
            if (entry.getSize() < 0 || total > allowed) {
                throw refused(archive, "it would become larger than " + allowed + " bytes");
            }
            Path file = folder.resolve(name);
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(file)) {
                copy(in, out, entry.getSize(), archive);
            }
            progress.update(new ProgressUpdate("Unpacking " + name, ++done / (double) zip.size()));
        }
    }

    private static void copy(InputStream in, OutputStream out, long size, Path archive)
            throws IOException, ProblemException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            left -= count;
            if (left < 0) {
                throw refused(archive, "an entry is longer than it says");
            }
            out.write(buffer, 0, count);
        }
    }

    private static void verify(Path file, Progress progress) throws ProblemException {
        try (var project = Project.open(file, InstantSource.fixed(Instant.EPOCH))) {
            Path images = file.resolveSibling(IMAGES).toAbsolutePath().normalize();
            project.dataset(ImageFilter.ALL)
                    .forEach(image -> {
                        progress.throwIfCancelled("Unpacking was cancelled");
                        Path place = image.image().file();
                        String hash = image.image().facts().contentHash();
                        if (!images.equals(place.getParent())
                                || !Files.isRegularFile(place)
                                || (!hash.isEmpty() && !ContentHash.of(place).equals(hash))) {
                            throw refused(file, place.getFileName() + " is missing or changed");
                        }
                    });
        }
    }

    private static ProblemException refused(Path archive, String reason) {
        return new ProblemException(
                "This is not a sound archive of a project",
                archive + ": " + reason,
                "Use a file that 'palimpsest project export-archive' made");
    }

    private static Path temporaryFolder(Path beside) throws ProblemException {
        Path folder =
                beside.toAbsolutePath()
                        .resolveSibling(
                                "." + beside.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            return Files.createDirectory(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "A folder cannot be made",
                            folder + ": " + e,
                            "Choose a place that you may write to"),
                    e);
        }
    }

    private static void discard(Path folder) throws ProblemException {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "A folder could not be removed",
                            folder + ": " + e.getMessage(),
                            "Delete it"),
                    e);
        }
    }
}
