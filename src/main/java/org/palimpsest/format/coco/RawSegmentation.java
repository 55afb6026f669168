package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The value of `segmentation` as it stands in a file, within bounds, before it is held against an image.
sealed interface RawSegmentation {
    /// More numbers than the outline or run lengths of one object need.
    int MAX_NUMBERS = 1_000_000;

    /// Absent, `null`, `[]` or `[[]]`.
    record None() implements RawSegmentation {}

    /// A list of flat lists `x1, y1, x2, y2, …`.
    ///
    /// @param nested false where there is one such list that is not inside of another
    record Rings(List<double[]> rings, boolean nested) implements RawSegmentation {}

    /// Run lengths as numbers.
    record Runs(int height, int width, int[] counts) implements RawSegmentation {}

    /// Run lengths as pycocotools' string.
    record Compressed(int height, int width, String counts) implements RawSegmentation {}

    /// None of these.
    record Unusable(String reason) implements RawSegmentation {}

    /// Reads the value at the parser to its end.
    static RawSegmentation read(JsonParser parser) throws IOException {
        return new Reading(parser).read();
    }

    /// One value while it is read; faults are noted and the rest is read over.
    final class Reading {
        private final JsonParser parser;
        private int left = MAX_NUMBERS;
        private @Nullable String fault;

        private Reading(JsonParser parser) {
            this.parser = parser;
        }

        private RawSegmentation read() throws IOException {
            RawSegmentation read =
                    switch (parser.currentToken()) {
                        case VALUE_NULL -> new None();
                        case START_OBJECT -> runLengths();
                        case START_ARRAY -> list();
                        default -> new Unusable("is neither a list nor an object");
                    };
            return fault == null ? read : new Unusable(fault);
        }

        private void fault(String words) {
            if (fault == null) {
                fault = words;
            }
        }

        private RawSegmentation list() throws IOException {
            var rings = new ArrayList<double[]>();
            var flat = new Numbers();
            RawSegmentation object = null;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                switch (parser.currentToken()) {
                    case START_ARRAY -> {
                        double[] ring = numbers();
                        if (ring.length > 0) {
                            rings.add(ring);
                        }
                    }
                    case START_OBJECT -> {
                        if (object != null) {
                            fault("holds several objects with run lengths");
                        }
                        object = runLengths();
                    }
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> flat.add(number());
                    default -> fault("holds something that is no list of numbers");
                }
                if (--left < 0) {
                    fault("holds more than " + MAX_NUMBERS + " values");
                    rings.clear();
                }
            }
            int kinds = (rings.isEmpty() ? 0 : 1) + (flat.used > 0 ? 1 : 0);
            if (object != null) {
                kinds++;
            }
            if (kinds > 1) {
                return new Unusable("mixes lists, numbers and objects");
            }
            if (object != null) {
                return object;
            }
            if (flat.used > 0) {
                return new Rings(List.of(flat.toArray()), false);
            }
            return rings.isEmpty() ? new None() : new Rings(rings, true);
        }

        private double[] numbers() throws IOException {
            var numbers = new Numbers();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken().isNumeric()) {
                    numbers.add(number());
                } else {
                    fault("holds something that is no number where a coordinate should be");
                    parser.skipChildren();
                }
            }
            return numbers.toArray();
        }

        private double number() throws IOException {
            return parser.getDoubleValue();
        }

        private RawSegmentation runLengths() throws IOException {
            double[] size = {};
            int[] counts = null;
            String compressed = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                var token = parser.nextToken();
                if (name.equals("size") && token == JsonToken.START_ARRAY) {
                    size = numbers();
                } else if (name.equals("counts") && token == JsonToken.VALUE_STRING) {
                    compressed = parser.getText();
                } else if (name.equals("counts") && token == JsonToken.START_ARRAY) {
                    counts = counts(numbers());
                } else {
                    parser.skipChildren();
                }
            }
            if (size.length != 2 || !isLength(size[0]) || !isLength(size[1])) {
                return new Unusable("has run lengths without a usable size");
            }
            if (compressed != null) {
                return new Compressed((int) size[0], (int) size[1], compressed);
            }
            return counts == null
                    ? new Unusable("has no counts")
                    : new Runs((int) size[0], (int) size[1], counts);
        }

        private int[] counts(double[] numbers) {
            int[] counts = new int[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                if (!isLength(numbers[i])) {
                    fault("has an impossible run length");
                    return counts;
                }
                counts[i] = (int) numbers[i];
            }
            return counts;
        }

        private static boolean isLength(double number) {
            return number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number);
        }

        /// Numbers of which it is not known how many come.
        private final class Numbers {
            private double[] numbers = new double[16];
            private int used;

            void add(double number) {
                if (--left < 0) {
                    fault("holds more than " + MAX_NUMBERS + " values");
                    return;
                }
                if (used == numbers.length) {
                    numbers = Arrays.copyOf(numbers, used * 2);
                }
                numbers[used++] = number;
            }

            double[] toArray() {
                return Arrays.copyOf(numbers, used);
            }
        }
    }
}
