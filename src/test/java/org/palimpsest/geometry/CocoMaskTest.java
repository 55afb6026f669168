package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares with what pycocotools says; `make_coco_masks.py` beside the data made it.
class CocoMaskTest {
    private record Case(
            Mask mask,
            int[] counts,
            String compressed,
            long area,
            Box box,
            double iouWithPrevious) {}

    private static List<Case> cases() throws IOException {
        try (InputStream in = CocoMaskTest.class.getResourceAsStream("coco-masks.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(CocoMaskTest::parse)
                    .toList();
        }
    }

    private static Case parse(String line) {
        String[] cells = line.split("\t", -1);
        int width = Integer.parseInt(cells[0]);
        var rows = Arrays.stream(cells[2].split(" ")).map(row -> new BigInteger(row, 16)).toList();
        var mask =
                Mask.of(
                        width,
                        Integer.parseInt(cells[1]),
                        (x, y) -> rows.get(y).testBit(width - 1 - x));
        double[] box =
                Arrays.stream(cells[6].split(",")).mapToDouble(Double::parseDouble).toArray();
        return new Case(
                mask,
                Arrays.stream(cells[3].split(" ")).mapToInt(Integer::parseInt).toArray(),
                cells[4],
                Long.parseLong(cells[5]),
                new Box(box[0], box[1], box[0] + box[2], box[1] + box[3]),
                Double.parseDouble(cells[7]));
    }

    @Test
    void everyMaskHasTheRunLengthsStringAreaAndBoxOfPycocotools() throws IOException {
        assertThat(cases()).hasSize(160);
        for (var expected : cases()) {
            var mask = expected.mask;
            assertThat(mask.cocoRunLengths()).isEqualTo(expected.counts);
            assertThat(mask.cocoCompressed()).isEqualTo(expected.compressed);
            assertThat(mask.pixelCount()).isEqualTo(expected.area);
            assertThat(mask.bounds()).isEqualTo(expected.box);
            assertThat(Mask.fromCocoCompressed(mask.size(), expected.compressed)).isEqualTo(mask);
            assertThat(Mask.fromRunLengths(mask.width(), mask.height(), expected.counts))
                    .isEqualTo(mask);
        }
    }

    @Test
    void theIouIsThatOfPycocotools() throws IOException {
        var cases = cases();
        int compared = 0;
        for (int i = 1; i < cases.size(); i++) {
            if (!Double.isNaN(cases.get(i).iouWithPrevious)) {
                assertThat(cases.get(i - 1).mask.iou(cases.get(i).mask))
                        .isEqualTo(cases.get(i).iouWithPrevious);
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(80);
    }

    @Test
    void theThreeMasksOfTheFormatNotesAreTheSame() {
        var byString = Mask.fromCocoCompressed(new Size(10, 8), "a03500000o0");
        var byCounts = Mask.fromRunLengths(10, 8, new int[] {17, 3, 5, 3, 5, 3, 5, 3, 36});
        var byBox = Mask.fromRegion(new Box(2, 1, 6, 4), new Size(10, 8));
        assertThat(byString).isEqualTo(byCounts).isEqualTo(byBox);
        assertThat(byBox.area()).isEqualTo(12);
    }

    @Test
    void runsOfLengthZeroInTheMiddleAreAccepted() {
        assertThat(Mask.fromRunLengths(2, 2, new int[] {1, 1, 0, 1, 1}))
                .isEqualTo(Mask.fromRunLengths(2, 2, new int[] {1, 2, 1}));
    }

    @Test
    void hostileCountsAreRefused() {
        refused("Negative run length: -1", () -> Mask.fromRunLengths(2, 2, new int[] {5, -1}));
        refused("cover 3 pixels", () -> Mask.fromRunLengths(2, 2, new int[] {1, 2}));
        refused("cover 5 pixels", () -> Mask.fromRunLengths(2, 2, new int[] {1, 4}));
        int huge = Integer.MAX_VALUE;
        refused("cover", () -> Mask.fromRunLengths(2, 2, new int[] {huge, huge, 4, 2}));
        refused("cover 0 pixels", () -> Mask.fromRowMajorRunLengths(2, 2, new int[0]));
        refused("too large", () -> Mask.fromRunLengths(huge, huge, new int[] {1}));
        refused("Negative mask size", () -> Mask.fromRunLengths(-1, 2, new int[] {1}));
        refused("too large", () -> Mask.fromCocoCompressed(new Size(huge, 4), "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a035000",
                "a03500000o0a0",
                "a03500000o\u0001",
                "€",
                "oooooooo0",
                "O",
                "0O04"
            })
    void damagedStringsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.fromCocoCompressed(new Size(10, 8), text));
    }

    @Test
    void anyStringIsReadOrRefusedAndNothingElse() {
        var random = new Random(7);
        String good = Mask.of(40, 30, (x, y) -> (x * y) % 7 == 3).cocoCompressed();
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(good);
            for (int k = random.nextInt(3); k >= 0; k--) {
                text.setCharAt(random.nextInt(text.length()), (char) (40 + random.nextInt(80)));
            }
            try {
                Mask.fromCocoCompressed(new Size(40, 30), text.toString());
                read++;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isGreaterThan(0);
    }

    @Test
    void aPhotographsMaskIsWrittenAndReadInMilliseconds() {
        var mask =
                Mask.of(
                        4000,
                        3000,
                        (x, y) ->
                                Math.hypot(x - 2000, y - 1500)
                                        < 1200
                                                + 200
                                                        * Math.sin(
                                                                Math.atan2(y - 1500, x - 2000)
                                                                        * 40));
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            assertThat(Mask.fromCocoCompressed(mask.size(), mask.cocoCompressed())).isEqualTo(mask);
            best = Math.min(best, System.nanoTime() - start);
        }
        // A tenth of this is usual; the bound leaves room for a busy machine and still excludes
        // pixel loops.
        assertThat(best).isLessThan(60_000_000L);
    }

    private static void refused(String message, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
    }
}
