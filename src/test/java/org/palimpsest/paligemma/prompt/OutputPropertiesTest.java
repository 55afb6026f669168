package org.palimpsest.paligemma.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.palimpsest.paligemma.prompt.ParsedOutput.DetectedObjects;
import org.palimpsest.paligemma.prompt.ParsedOutput.GeneratedText;
import org.palimpsest.paligemma.prompt.ParsedOutput.SegmentedObjects;

/// Properties that hold for every value, tried on many seeded ones.
class OutputPropertiesTest {
    private static final List<String> LABELS =
            List.of(
                    "cat",
                    "stop sign",
                    "猫",
                    "7/8 bolt",
                    "a_b-c",
                    "café au lait",
                    "😀 face",
                    "\"x\"");
    private static final List<Task> TASKS =
            List.of(
                    Task.parse("detect cat"),
                    Task.parse("detect cat ; dog"),
                    Task.parse("segment cat"),
                    Task.parse("segment cat ; dog"),
                    Task.parse("caption en"),
                    Task.parse("ocr"),
                    Task.parse("answer en where?"),
                    Task.parse("left person"),
                    Task.parse(""));

    @Test
    void whatIsFormattedIsParsedBackToTheSameValue() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 2000; i++) {
            var detected =
                    new DetectedObjects(
                            objects(random).stream().map(SegmentedObject::withoutMask).toList());
            assertEquals(detected, parsed("detect cat ; dog", detected));
            var segmented = new SegmentedObjects(objects(random));
            assertEquals(segmented, parsed("segment cat ; dog", segmented));
            var text = new GeneratedText(randomText(random));
            assertEquals(text, parsed("caption en", text));
        }
    }

    private static ParsedOutput parsed(String prompt, ParsedOutput output) {
        return OutputParser.parse(Task.parse(prompt), OutputFormatter.format(output));
    }

    private static List<SegmentedObject> objects(SplittableRandom random) {
        var objects = new ArrayList<SegmentedObject>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            int top = random.nextInt(1023);
            int left = random.nextInt(1023);
            var box =
                    new NormalizedBox(
                            top,
                            left,
                            random.nextInt(top + 1, 1024),
                            random.nextInt(left + 1, 1024));
            var codes = IntStream.range(0, 16).map(_ -> random.nextInt(128)).boxed().toList();
            objects.add(new SegmentedObject(LABELS.get(random.nextInt(LABELS.size())), box, codes));
        }
        return objects;
    }

    private static String randomText(SplittableRandom random) {
        var text = new StringBuilder("x");
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(random.nextInt(1, 0xD000));
        }
        return text.toString();
    }

    @Test
    void anyStringIsParsedWithoutAnException() {
        var random = new SplittableRandom(11);
        var fragments =
                List.of(
                        "<loc",
                        "<loc0012>",
                        "<loc1023>",
                        "<loc1024>",
                        "<seg",
                        "<seg127>",
                        "<seg128>",
                        ">",
                        "<",
                        ";",
                        " ; ",
                        " ",
                        "\n",
                        "cat",
                        "dog",
                        "<eos>",
                        "<bos>",
                        "0",
                        "٠",
                        "\uD83D",
                        "😀",
                        "detect cat",
                        "\u0000",
                        "<loc0001><loc0002><loc0300><loc0400>");
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder();
            int parts = random.nextInt(40);
            for (int j = 0; j < parts; j++) {
                text.append(fragments.get(random.nextInt(fragments.size())));
            }
            checkTotal(mutated(text, random), TASKS.get(random.nextInt(TASKS.size())));
        }
    }

    private static String mutated(StringBuilder text, SplittableRandom random) {
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(0x10000));
                default -> text.insert(at, (char) random.nextInt(0x80));
            }
        }
        return text.toString();
    }

    private static void checkTotal(String text, Task task) {
        var reading = OutputParser.read(task, text);
        var understood = reading.output().wellFormed();
        int objects =
                switch (understood) {
                    case DetectedObjects(var list) -> list.size();
                    case SegmentedObjects(var list) -> list.size();
                    case GeneratedText _, ParsedOutput.Malformed _ -> 0;
                };
        assertEquals(objects, reading.places().size());
        // What was understood is well formed: it can be written and read again.
        if (objects > 0) {
            String again = OutputFormatter.format(understood);
            assertEquals(understood, OutputParser.parse(task, again), text);
        }
        assertNotNull(Task.parse(text).prompt());
    }

    @Test
    void aVeryLongAnswerIsReadInLinearTime() {
        String text =
                "<loc0001><loc0002><loc0300><loc0400> cat ; ".repeat(50_000) + "<".repeat(50_000);
        var output = OutputParser.parse(Task.parse("detect cat"), text).wellFormed();
        assertThat(((DetectedObjects) output).objects()).hasSize(50_000);
    }

    @Test
    void locationsAreRoundedHalfToEven() {
        assertEquals(0, NormalizedBox.bin(0.5 / 1023));
        assertEquals(2, NormalizedBox.bin(1.5 / 1023));
        assertEquals(2, NormalizedBox.bin(2.5 / 1023));
        assertEquals(512, NormalizedBox.bin(0.5));
        assertEquals(0, NormalizedBox.bin(-3));
        assertEquals(1023, NormalizedBox.bin(1.0001));
        for (int bin = 0; bin < NormalizedBox.BINS; bin++) {
            assertEquals(bin, NormalizedBox.bin(NormalizedBox.fraction(bin)));
        }
    }

    @Test
    void theExampleOfTheDocumentedConventionHolds() {
        var box =
                NormalizedBox.ofFractions(56.7 / 3000, 123.4 / 4000, 1500 / 3000.0, 2100 / 4000.0);
        assertEquals(
                "<loc0019><loc0032><loc0512><loc0537> cat",
                OutputFormatter.detections(List.of(new DetectedObject("cat", box))));
    }

    @Test
    void aBoxThinnerThanABinIsMadeOneBinWide() {
        assertEquals(
                new NormalizedBox(512, 1022, 513, 1023), NormalizedBox.ofFractions(0.5, 1, 0.5, 1));
        assertThatThrownBy(() -> NormalizedBox.ofFractions(0.6, 0, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NormalizedBox.ofFractions(Double.NaN, 0, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nonsenseIsNoValue() {
        assertThatThrownBy(() -> new NormalizedBox(0, 0, 0, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NormalizedBox(0, 0, 1024, 5))
                .isInstanceOf(IllegalArgumentException.class);
        var box = new NormalizedBox(0, 0, 1, 1);
        assertThatThrownBy(() -> new DetectedObject("a;b", box))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SegmentedObject("a", box, List.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
