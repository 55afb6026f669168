package org.palimpsest.format.jsonl;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.FormatContract;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;

/// The contract of data set formats, for each flavour.
class PaliGemmaFormatTest {
    /// Half a location bin of the largest generated picture, which has fewer than 80 pixels on a side.
    private static final double HALF_A_BIN = 80 / 1023.0 / 2;

    abstract static class Contract extends FormatContract {
        private final JsonlFlavor flavor;

        Contract(JsonlFlavor flavor) {
            this.flavor = flavor;
        }

        @Override
        protected DatasetFormat format() {
            return new PaliGemmaFormat(flavor);
        }

        @Override
        protected Path importSource(Path exported) {
            return exported;
        }

        @Override
        protected ExportOptions exportOptions() {
            return ExportOptions.DEFAULT.withSettings(Map.of("order", "drawn"));
        }

        @Override
        protected boolean same(Region expected, Region actual) {
            return expected instanceof Box a
                    && actual instanceof Box b
                    && near(a.xMin(), b.xMin())
                    && near(a.yMin(), b.yMin())
                    && near(a.xMax(), b.xMax())
                    && near(a.yMax(), b.yMax());
        }

        private static boolean near(double a, double b) {
            return Math.abs(a - b) <= HALF_A_BIN;
        }
    }

    @Nested
    class BigVision extends Contract {
        BigVision() {
            super(JsonlFlavor.BIG_VISION);
        }
    }

    @Nested
    class Roboflow extends Contract {
        Roboflow() {
            super(JsonlFlavor.ROBOFLOW);
        }
    }

    @Nested
    class Maestro extends Contract {
        Maestro() {
            super(JsonlFlavor.MAESTRO);
        }
    }

    @Nested
    class HuggingFace extends Contract {
        HuggingFace() {
            super(JsonlFlavor.HUGGING_FACE);
        }
    }

    @Nested
    class Keras extends Contract {
        Keras() {
            super(JsonlFlavor.KERAS);
        }
    }
}
