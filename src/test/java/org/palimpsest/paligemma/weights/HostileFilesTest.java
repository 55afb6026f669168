package org.palimpsest.paligemma.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.checkpoint.NpzArchive;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.problem.ProblemException;

/// Ten thousand damaged files: each is read or is a [ProblemException], and none takes more memory than its bound.
class HostileFilesTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    /// Reading any of these files takes a fraction of it.
    private static final long MAX_BYTES_PER_CASE = 16L << 20;

    private static final String[] NASTY = {
        "-1",
        "0",
        "1e400",
        "9223372036854775807",
        "18446744073709551616",
        "null",
        "[]",
        "{}",
        "[[[[[[[[",
        "\"\"",
        "\u0000",
        "\\u0000",
        "true",
        "2147483648",
        "0.5",
        "NaN",
        "\"",
        "}",
        ",",
    };

    @TempDir Path folder;

    private interface Reader {
        void read() throws Exception;
    }

    @Test
    void safetensorsHeaders() throws Exception {
        byte[] whole = Files.readAllBytes(REFERENCE.resolve("tiny-paligemma1/model.safetensors"));
        int headerLength = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] header = java.util.Arrays.copyOfRange(whole, 8, 8 + headerLength);
        var random = new Random(1);
        var file = folder.resolve("model.safetensors");
        int problems = 0;
        for (int round = 0; round < 4_000; round++) {
            byte[] damaged = damage(header, random);
            long length = random.nextInt(4) == 0 ? nastyLength(random) : damaged.length;
            // The values need not be there for the header to be read: a short file is one more lie.
            var bytes =
                    ByteBuffer.allocate(8 + damaged.length + 64)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .put(damaged);
            Files.write(file, bytes.array());
            problems += read(() -> SafetensorsCheckpoint.open(file).close());
        }
        assertThat(problems).isGreaterThan(3_900);
    }

    @Test
    void safetensorsHeadersOverTheRightValues() throws Exception {
        byte[] whole =
                Files.readAllBytes(
                        REFERENCE.resolve(
                                "tiny-paligemma2-bf16-sharded/model-00002-of-00002.safetensors"));
        int headerLength = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        var random = new Random(2);
        var file = folder.resolve("model.safetensors");
        int problems = 0;
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = whole.clone();
            damaged[8 + random.nextInt(headerLength)] = (byte) ('0' + random.nextInt(10));
            Files.write(file, damaged);
            problems +=
                    read(() -> {
                        try (var checkpoint = SafetensorsCheckpoint.open(file)) {
                            for (var tensor : checkpoint.tensors()) {
                                assertThat(tensor.offset() + tensor.length())
                                        .isLessThanOrEqualTo(whole.length);
                            }
                        }
                    });
        }
        assertThat(problems).isBetween(200, 999);
    }

    @Test
    void configurations() throws Exception {
        var random = new Random(3);
        String[] sources = {
            "tiny-paligemma1", "tiny-paligemma2-bf16-sharded", "keras-preset/pali_gemma2"
        };
        int problems = 0;
        for (int round = 0; round < 3_000; round++) {
            var source = REFERENCE.resolve(sources[round % sources.length]);
            byte[] config = Files.readAllBytes(source.resolve("config.json"));
            Files.write(folder.resolve("config.json"), damage(config, random));
            problems += read(() -> ConfigReader.read(folder));
        }
        assertThat(problems).isGreaterThan(1_500);
    }

    @Test
    void archives() throws Exception {
        byte[] stored = archive(true);
        byte[] deflated = archive(false);
        var random = new Random(4);
        var file = folder.resolve("vae-oid.npz");
        int problems = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = damage(round % 2 == 0 ? stored : deflated, random);
            Files.write(file, damaged);
            problems += read(() -> NpzArchive.open(file));
        }
        assertThat(problems).isGreaterThan(1_000);
    }

    /// 1 where the file is a problem, 0 where it could be read; anything else fails the test.
    private static int read(Reader reader) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int problems = 0;
        try {
            reader.read();
        } catch (ProblemException e) {
            assertThat(e.problem().summary()).isNotBlank();
            problems = 1;
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .isLessThan(MAX_BYTES_PER_CASE);
        return problems;
    }

    /// A few bytes changed, something cut out or put in, or a number replaced by a worse one.
    private static byte[] damage(byte[] bytes, Random random) {
        var damaged = bytes.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt();
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> damaged = replace(damaged, at, random.nextInt(40), "");
                default -> {
                    int digit = at;
                    while (digit < damaged.length && !Character.isDigit(damaged[digit])) {
                        digit++;
                    }
                    String nasty = NASTY[random.nextInt(NASTY.length)];
                    damaged = replace(damaged, Math.min(digit, damaged.length - 1), 1, nasty);
                }
            }
        }
        return damaged;
    }

    private static byte[] replace(byte[] bytes, int at, int length, String text) {
        int end = Math.min(bytes.length, at + length);
        byte[] inserted = text.getBytes(StandardCharsets.UTF_8);
        if (at + inserted.length + bytes.length - end == 0) {
            return bytes;
        }
        return ByteBuffer.allocate(at + inserted.length + bytes.length - end)
                .put(bytes, 0, at)
                .put(inserted)
                .put(bytes, end, bytes.length - end)
                .array();
    }

    private static long nastyLength(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> 99_999_999;
            case 2 -> random.nextLong();
            case 3 -> -1;
            default -> random.nextInt(10_000);
        };
    }

    private static byte[] archive(boolean stored) throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 8; i++) {
                String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 3), }\n";
                byte[] array =
                        ByteBuffer.allocate(10 + header.length() + 48)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                                .putShort((short) header.length())
                                .put(header.getBytes(StandardCharsets.US_ASCII))
                                .array();
                var entry = new ZipEntry("decoder." + i + ".weight.npy");
                if (stored) {
                    var crc = new CRC32();
                    crc.update(array);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(array.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(array);
            }
        }
        return bytes.toByteArray();
    }
}
