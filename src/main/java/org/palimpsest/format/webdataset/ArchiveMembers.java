package org.palimpsest.format.webdataset;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Hands over the files of a tar, gzipped tar or zip archive, in order, and stops where it unpacks to more than can be
/// believed.
final class ArchiveMembers {
    private static final int MOST_MEMBERS = 20_000_000;

    /// Pictures hardly shrink when they are packed; a text of zeros shrinks a thousandfold.
    private static final long UNPACKED_ANYWAY = 16L << 20;

    private static final long MOST_RATIO = 20;

    private ArchiveMembers() {}

    /// Takes one file of an archive.
    @FunctionalInterface
    interface MemberConsumer {
        /// @param contents ends with the file; need not be read and is closed by nobody
        void accept(String name, InputStream contents) throws IOException, ProblemException;
    }

    /// @throws ProblemException if the archive is damaged or unpacks to too much
    static void forEach(Path archive, MemberConsumer consumer) throws ProblemException {
        long[] members = {0};
        try (var file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
                var stream = open(archive, file);
                var contents = new Bounded(stream, limit(archive))) {
            for (var entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                if (++members[0] > MOST_MEMBERS) {
                    throw new IOException("it has more than " + MOST_MEMBERS + " files");
                }
                if (isFile(entry) && stream.canReadEntryData(entry)) {
                    consumer.accept(entry.getName(), contents);
                }
            }
        } catch (NoSuchFileException e) {
            throw new ProblemException("There is no such file", archive.toString(), "");
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            "The archive cannot be read to its end",
                            "%s, behind file %d: %s".formatted(archive, members[0], e.getMessage()),
                            "Copy it anew, or unpack it yourself if you trust it"),
                    e);
        }
    }

    /// Links and devices are none; a sparse file claims more than it holds.
    private static boolean isFile(ArchiveEntry entry) {
        return !entry.isDirectory()
                && (!(entry instanceof TarArchiveEntry member)
                        || member.isFile()
                                && !member.isLink()
                                && !member.isSymbolicLink()
                                && !member.isSparse());
    }

    private static ArchiveInputStream<? extends ArchiveEntry> open(Path archive, InputStream file)
            throws IOException {
        String name = archive.getFileName().toString().toLowerCase(Locale.ROOT);
        String utf8 = StandardCharsets.UTF_8.name();
        if (name.endsWith(".zip")) {
            return new ZipArchiveInputStream(file, utf8);
        }
        if (name.endsWith(".gz") || name.endsWith(".tgz")) {
            var unpacked = new GZIPInputStream(file, 1 << 16);
            return new TarArchiveInputStream(new Bounded(unpacked, limit(archive)), utf8);
        }
        return new TarArchiveInputStream(file, utf8);
    }

    private static long limit(Path archive) throws IOException {
        return UNPACKED_ANYWAY + MOST_RATIO * Files.size(archive);
    }

    /// Counts what is read and stops at a limit, over all files of the archive together.
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream stream, long limit) {
            super(stream);
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = super.skip(length);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("it unpacks to far more than its own size");
            }
        }
    }
}
