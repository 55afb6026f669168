package org.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

class NpyFileTest {
    @TempDir Path folder;

    /// The header's length and text as numpy 2 writes them, so that equal arrays are equal files.
    @Test
    void headerIsAsNumPyWritesIt() {
        assertHeader(
                Shape.of(2, 3), 128, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
        assertHeader(
                Shape.of(16), 128, "{'descr': '<f4', 'fortran_order': False, 'shape': (16,), }");
        assertHeader(Shape.SCALAR, 128, "{'descr': '<f4', 'fortran_order': False, 'shape': (), }");
    }

    private static void assertHeader(Shape shape, int length, String text) {
        byte[] header = NpyHeader.bytes(ElementType.FLOAT32, shape);
        assertThat(header).hasSize(length);
        assertThat(header[8]).isEqualTo((byte) (length - 10));
        String found = new String(header, 10, length - 10, StandardCharsets.US_ASCII);
        assertThat(found.stripTrailing()).isEqualTo(text);
        assertThat(found).endsWith(" \n");
    }

    @Test
    void anArrayComesBackAsItWasWritten() throws Exception {
        try (var arena = Arena.ofConfined()) {
            var file = folder.resolve("a.npy");
            var values = new float[] {1, -2.5f, 3e30f, Float.NaN, 0, 6};
            NpyFile.write(file, Tensor.ofFloats(arena, Shape.of(2, 3), values));
            var read = NpyFile.read(file, arena);
            assertThat(read.shape()).isEqualTo(Shape.of(2, 3));
            assertThat(read.toFloats()).containsExactly(values);
            NpyFile.write(file, Tensor.ofLongs(arena, Shape.of(2), -1, Long.MAX_VALUE));
            assertThat(NpyFile.read(file, arena).toLongs()).containsExactly(-1, Long.MAX_VALUE);
            assertThat(Files.list(folder)).containsExactly(file);
        }
    }

    @Test
    void fortranOrderIsBroughtIntoCOrder() throws Exception {
        var file = folder.resolve("f.npy");
        // The array [[0, 1, 2], [3, 4, 5]], column by column.
        Files.write(file, npy("'<f4'", true, "(2, 3)", floats(0, 3, 1, 4, 2, 5)));
        try (var arena = Arena.ofConfined()) {
            assertThat(NpyFile.read(file, arena).toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(3, 3)",
                "(1, 3)",
                "(-2, 3)",
                "(99999999999999999999,)",
                "(4611686018427387904, 4)",
                "(2305843009213693952, 2)",
                "(2, x)",
                "(1000000000,)",
            })
    void anImpossibleShapeIsAProblemAndTakesNoMemory(String shape) throws Exception {
        var file = folder.resolve("bad.npy");
        Files.write(file, npy("'<f4'", false, shape, floats(0, 3, 1, 4, 2, 5)));
        try (var arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> NpyFile.read(file, arena))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("bad.npy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'>f4'", "'|O'", "'<U3'", "[('a', '<f4')]"})
    void otherElementTypesAreProblems(String type) throws Exception {
        var file = folder.resolve("bad.npy");
        Files.write(file, npy(type, false, "(6,)", floats(0, 3, 1, 4, 2, 5)));
        try (var arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> NpyFile.read(file, arena))
                    .isInstanceOf(ProblemException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anArchiveIsReadStoredAndDeflated(boolean stored) throws Exception {
        var file = folder.resolve("a.npz");
        Files.write(
                file,
                npz(
                        stored,
                        "encoder.0.weight",
                        npy("'<f4'", false, "(2, 3)", floats(0, 1, 2, 3, 4, 5)),
                        "n",
                        npy("'|u1'", false, "()", new byte[] {7})));
        var tensors = NpzArchive.open(file).tensors();
        assertThat(tensors).containsOnlyKeys("encoder.0.weight", "n");
        assertThat(tensors.get("encoder.0.weight").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(tensors.get("n").shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void aZipBombIsAProblem() throws Exception {
        var file = folder.resolve("bomb.npz");
        Files.write(file, npz(false, "a", npy("'<f4'", false, "(1000000000,)", new byte[1 << 20])));
        assertThatThrownBy(() -> NpzArchive.open(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("array a");
    }

    @Test
    void somethingElseIsNoArchive() throws Exception {
        var file = folder.resolve("a.npz");
        Files.writeString(file, "not a zip file");
        assertThatThrownBy(() -> NpzArchive.open(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not a NumPy archive");
    }

    static byte[] floats(float... values) {
        var buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    static byte[] npy(String type, boolean fortran, String shape, byte[] data) {
        String header =
                "{'descr': "
                        + type
                        + ", 'fortran_order': "
                        + (fortran ? "True" : "False")
                        + ", 'shape': "
                        + shape
                        + ", }\n";
        return ByteBuffer.allocate(10 + header.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
    }

    static byte[] npz(boolean stored, Object... namesAndArrays) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndArrays.length; i += 2) {
                byte[] array = (byte[]) namesAndArrays[i + 1];
                var entry = new ZipEntry(namesAndArrays[i] + ".npy");
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
