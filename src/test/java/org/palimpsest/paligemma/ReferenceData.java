package org.palimpsest.paligemma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Files of the reference data.
final class ReferenceData {
    static final Path ROOT = Path.of("src/test/resources/reference");

    private ReferenceData() {}

    static JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(ROOT.resolve(file).toFile());
    }

    static int[] ids(JsonNode array) {
        var ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = array.get(i).asInt();
        }
        return ids;
    }

    /// The float32 values of a NumPy file, flat.
    static float[] floats(String file) throws IOException {
        ByteBuffer data = data(file);
        var values = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(values);
        return values;
    }

    static int[] ints(String file) throws IOException {
        ByteBuffer data = data(file);
        var values = new int[data.remaining() / Integer.BYTES];
        data.asIntBuffer().get(values);
        return values;
    }

    private static ByteBuffer data(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(ROOT.resolve(file));
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = buffer.getShort(8);
        String text = new String(bytes, 10, header, StandardCharsets.US_ASCII);
        if (!text.contains("'fortran_order': False")) {
            throw new IOException(text);
        }
        return buffer.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    static boolean exists(String file) {
        return Files.exists(ROOT.resolve(file));
    }

    static float[] row(float[] values, int row, int width) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    static double largestDifference(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new AssertionError(a.length + " and " + b.length + " values");
        }
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs(a[i] - b[i]);
            largest = difference > largest || Double.isNaN(difference) ? difference : largest;
        }
        return largest;
    }
}
