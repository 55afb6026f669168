package org.palimpsest.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
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

    /// Of an image file in an archive; some file systems end at 143 bytes.
    private static final int MAX_NAME = 40;

    private static final long MAX_EXTRA = 1L << 30;

    private ProjectArchive() {}

    /// Writes the archive, whole or not at all.
    public static void export(Project project, Path archive, Progress progress)
            throws ProblemException {
        Path folder = temporaryFolder(archive);
        try {
            Path copy = folder.resolve(PROJECT);
            project.reading(() -> copyInto(project.database(), copy));
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

    /// A copy of the moment. SQLite counts making one as writing, also where only the copy is written.
    private static int copyInto(Database database, Path copy) throws ProblemException {
        long readsOnly = database.longValue("PRAGMA query_only");
        database.execute("PRAGMA query_only = OFF");
        try {
            return database.update("VACUUM INTO ?", copy.toString());
        } finally {
            database.execute("PRAGMA query_only = " + readsOnly);
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
                                                            .formatted(ids.size(), plainName(file)),
                                            file));
                        },
                        "SELECT id, path FROM image ORDER BY id");
                database.update("UPDATE image SET path = 'moving/' || id");
                var images = new ImageTable(database);
                for (int i = 0; i < ids.size(); i++) {
                    images.setPath(ids.get(i), files.get(i).name());
                }
                return ids.size();
            });
            database.forEach(_ -> {}, "PRAGMA journal_mode = DELETE");
        }
        return files;
    }

    /// A name that every file system can take, with its ending.
    private static String plainName(Path file) {
        String name = file.getFileName().toString().replaceAll("[^\\p{L}\\p{N}._ -]", "_").strip();
        int start = Math.max(0, name.length() - MAX_NAME);
        boolean splits = Character.isLowSurrogate(name.charAt(start));
        return name.substring(splits ? start + 1 : start);
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
            if (!name.equals(PROJECT) && !name.matches("images/\\d{6,9}-[\\p{L}\\p{N}._ -]+")) {
                throw refused(archive, "it holds '" + name + "'");
            }
            total += entry.getSize();
            if (entry.getSize() < 0 || total > allowed) {
                throw refused(archive, "it would become larger than " + allowed + " bytes");
            }
            Path file = folder.resolve(name);
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                copy(in, out, entry, archive);
            }
            progress.update(new ProgressUpdate("Unpacking " + name, ++done / (double) zip.size()));
        }
    }

    private static void copy(InputStream in, OutputStream out, ZipEntry entry, Path archive)
            throws IOException, ProblemException {
        byte[] buffer = new byte[1 << 16];
        var checksum = new CRC32(); // ZipFile itself does not look at it
        long left = entry.getSize();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            left -= count;
            if (left < 0) {
                throw refused(archive, "an entry is longer than it says");
            }
            checksum.update(buffer, 0, count);
            out.write(buffer, 0, count);
        }
        if (left > 0 || checksum.getValue() != entry.getCrc()) {
            throw refused(archive, "'" + entry.getName() + "' is damaged");
        }
    }

    private static void verify(Path file, Progress progress) throws ProblemException {
        try (var project = Project.open(file, InstantSource.fixed(Instant.EPOCH))) {
            Path images = file.resolveSibling(IMAGES).toAbsolutePath().normalize();
            project.dataset(ImageFilter.ALL)
                    .forEach(image -> {
                        progress.throwIfCancelled("Unpacking was cancelled");
                        Path place = image.image().file();
                        if (!images.equals(place.getParent()) || !Files.isRegularFile(place)) {
                            throw refused(file, place + " is not in it");
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
