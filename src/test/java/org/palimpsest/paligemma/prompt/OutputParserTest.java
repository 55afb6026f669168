package org.palimpsest.paligemma.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.paligemma.prompt.ParsedOutput.DetectedObjects;
import org.palimpsest.paligemma.prompt.ParsedOutput.GeneratedText;
import org.palimpsest.paligemma.prompt.ParsedOutput.Malformed;
import org.palimpsest.paligemma.prompt.ParsedOutput.SegmentedObjects;

class OutputParserTest {
    private static final Task CATS = Task.parse("detect cat");
    private static final Task PETS = Task.parse("detect cat ; dog");
    private static final Task MASKS = Task.parse("segment cat ; dog");
    private static final DetectedObject CAT =
            new DetectedObject("cat", new NormalizedBox(10, 20, 300, 400));
    private static final DetectedObject DOG =
            new DetectedObject("dog", new NormalizedBox(0, 5, 1023, 1000));
    private static final String CAT_TOKENS = "<loc0010><loc0020><loc0300><loc0400>";
    private static final String DOG_TOKENS = "<loc0000><loc0005><loc1023><loc1000>";
    private static final List<Integer> CODES = IntStream.range(100, 116).boxed().toList();
    private static final String CODE_TOKENS = OutputFormatter.maskCodes(CODES);
    private static final SegmentedObject CAT_MASK = new SegmentedObject("cat", CAT.box(), CODES);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C cat ; D dog",
                "C cat;D dog",
                "C cat ;D dog",
                "C cat; D dog",
                "C cat  ;  D dog",
                "C cat ; D dog ; ",
                " ; C cat ; D dog ;",
                "C cat D dog",
                "C cat\nD dog",
                "C\ncat ;\nD\tdog\n",
                "Ccat ; Ddog",
                "\uFEFFC cat ; D dog\u200B",
                "<bos>C cat ; D dog<eos>",
                "detect cat ; dog\nC cat ; D dog",
                "C\u00A0cat;;;D dog",
            })
    void twoObjectsAreReadHoweverTheyAreSeparated(String form) {
        String text = form.replace("C", CAT_TOKENS).replace("D", DOG_TOKENS);
        assertEquals(new DetectedObjects(List.of(CAT, DOG)), OutputParser.parse(PETS, text));
    }

    @Test
    void blanksBetweenTokensAreAccepted() {
        String text = " " + CAT_TOKENS.replace("><", "> <") + " cat";
        assertEquals(new DetectedObjects(List.of(CAT)), OutputParser.parse(CATS, text));
    }

    @Test
    void theTokensAreInTheOrderTopLeftBottomRight() {
        var output = OutputParser.parse(CATS, "<loc0001><loc0002><loc0003><loc0004> cat");
        var box = ((DetectedObjects) output).objects().getFirst().box();
        assertEquals(1, box.yMin());
        assertEquals(2, box.xMin());
        assertEquals(3, box.yMax());
        assertEquals(4, box.xMax());
    }

    @Test
    void anEmptyAnswerMeansNoObjects() {
        assertEquals(new DetectedObjects(List.of()), OutputParser.parse(CATS, ""));
        assertEquals(new DetectedObjects(List.of()), OutputParser.parse(PETS, " \n<eos>"));
        assertEquals(new SegmentedObjects(List.of()), OutputParser.parse(MASKS, ""));
    }

    @Test
    void aMissingLabelIsThatOfThePromptIfItHasOne() {
        assertEquals(new DetectedObjects(List.of(CAT)), OutputParser.parse(CATS, CAT_TOKENS));
        assertEquals(
                new DetectedObjects(List.of(CAT, CAT)),
                OutputParser.parse(CATS, CAT_TOKENS + CAT_TOKENS + "cat"));
        assertMalformed(
                OutputParser.parse(PETS, CAT_TOKENS),
                "no label, and the prompt names several",
                0,
                new DetectedObjects(List.of()));
    }

    @Test
    void masksAreReadWithAndWithoutLabel() {
        assertEquals(
                new SegmentedObjects(List.of(CAT_MASK)),
                OutputParser.parse(MASKS, CAT_TOKENS + CODE_TOKENS + " cat"));
        assertEquals(
                new SegmentedObjects(List.of(CAT_MASK)),
                OutputParser.parse(
                        Task.parse("segment cat"), CAT_TOKENS + " " + CODE_TOKENS + "\n"));
        assertEquals(
                new SegmentedObjects(List.of(CAT_MASK)),
                OutputParser.parse(CATS, CAT_TOKENS + CODE_TOKENS + " cat"));
    }

    @Test
    void aReferringExpressionNamesItsObject() {
        var person = new SegmentedObject("left person", CAT.box(), CODES);
        assertEquals(
                new SegmentedObjects(List.of(person)),
                OutputParser.parse(Task.parse("left person"), CAT_TOKENS + CODE_TOKENS));
        assertEquals(
                new DetectedObjects(List.of(new DetectedObject("", CAT.box()))),
                OutputParser.parse(Task.parse("what; where <x>"), CAT_TOKENS));
    }

    @Test
    void textTasksAnswerWithTextUnlessItBeginsWithABox() {
        var caption = Task.parse("caption en");
        assertEquals(new GeneratedText(" a cat ; "), OutputParser.parse(caption, " a cat ; "));
        assertEquals(new GeneratedText(""), OutputParser.parse(caption, ""));
        assertEquals(
                new GeneratedText("<loc0001> cat"), OutputParser.parse(caption, "<loc0001> cat"));
        assertEquals(
                new DetectedObjects(List.of(CAT)),
                OutputParser.parse(Task.parse("answer en where is it?"), CAT_TOKENS + " cat"));
        assertEquals(
                new GeneratedText("there " + CAT_TOKENS),
                OutputParser.parse(Task.parse("where?"), "there " + CAT_TOKENS));
    }

    @Test
    void faultsAreNamedWithTheirPlaceAndTheRestIsKept() {
        String good = CAT_TOKENS + " cat ; ";
        var cat = new DetectedObjects(List.of(CAT));
        assertMalformed(
                OutputParser.parse(PETS, good + "<loc0012><loc0034><loc0056> dog"),
                "4 location tokens expected, 3 found",
                good.length(),
                cat);
        assertMalformed(
                OutputParser.parse(PETS, good + "<loc0300><loc0020><loc0100><loc0200> dog"),
                "y 300 to 100",
                good.length(),
                cat);
        assertMalformed(
                OutputParser.parse(PETS, good + "<loc0001><loc0001><loc0001><loc0002> dog"),
                "the box is empty",
                good.length(),
                cat);
        assertMalformed(
                OutputParser.parse(PETS, good + "dog"),
                "4 location tokens expected, 0 found",
                good.length(),
                cat);
        assertMalformed(
                OutputParser.parse(PETS, "there is " + CAT_TOKENS + " cat"),
                "4 location tokens expected, 0 found",
                0,
                cat);
        assertMalformed(
                OutputParser.parse(PETS, good + DOG_TOKENS + " a<b>c"),
                "must not contain '<'",
                good.length() + DOG_TOKENS.length() + 1,
                cat);
        assertMalformed(
                OutputParser.parse(PETS, good + DOG_TOKENS + CODE_TOKENS.substring(8) + " dog"),
                "16 segmentation tokens expected, 15 found",
                good.length(),
                cat);
        assertMalformed(
                OutputParser.parse(
                        MASKS, CAT_TOKENS + CODE_TOKENS + " cat ; " + DOG_TOKENS + "dog"),
                "16 segmentation tokens expected, 0 found",
                CAT_TOKENS.length() + CODE_TOKENS.length() + 7,
                new SegmentedObjects(List.of(CAT_MASK)));
    }

    private static void assertMalformed(
            ParsedOutput output, String reason, int position, ParsedOutput understood) {
        assertThat(output)
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> {
                            assertThat(malformed.reason()).contains(reason);
                            assertEquals(position, malformed.position());
                            assertEquals(understood, malformed.understood());
                            assertEquals(understood, malformed.wellFormed());
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<loc1024><loc0034><loc0056><loc0078> cat",
                "<loc9999><loc0034><loc0056><loc0078> cat",
                "<loc12><loc34><loc56><loc78> cat",
                "<loc00012><loc0034><loc0056><loc0078> cat",
                "<LOC0012><LOC0034><LOC0056><LOC0078> cat",
                "<loc-012><loc0034><loc0056><loc0078> cat",
                "<loc٠٠١٢><loc0034><loc0056><loc0078> cat",
                "<loc0012><loc0034><loc0056><loc0078 cat",
                "<loc0012><loc0034><loc0056><loc0078><loc0090> cat",
                "<seg090> cat",
                "no objects",
            })
    void whatIsNoTokenIsNotTakenForOne(String text) {
        assertThat(OutputParser.parse(CATS, text)).isInstanceOf(Malformed.class);
    }

    @Test
    void eachWellFormedObjectHasItsPlaceInTheText() {
        String text = "dog ; " + CAT_TOKENS + " cat ; <loc0001> cat ; " + DOG_TOKENS + " dog";
        var reading = OutputParser.read(PETS, text);
        assertEquals(new DetectedObjects(List.of(CAT, DOG)), reading.output().wellFormed());
        assertThat(reading.places())
                .extracting(place -> text.substring(place.start(), place.end()).trim())
                .containsExactly(CAT_TOKENS + " cat", DOG_TOKENS + " dog");
    }

    /// The answers of a public comparison of parsers: whatever the parser of the Hugging Face
    /// demonstration finds in a regular answer is found here.
    @Test
    void answersThatPublicParsersReadAreReadTheSame() throws IOException {
        var cases =
                new ObjectMapper()
                        .readTree(
                                Path.of(
                                                "src/test/resources/reference/metrics",
                                                "paligemma-text/cases.json")
                                        .toFile())
                        .path("cases");
        assertThat(cases).hasSizeGreaterThan(70);
        int wellFormed = 0;
        for (JsonNode item : cases) {
            String text = item.path("text").textValue();
            var output = OutputParser.parse(Task.parse("detect thing"), text);
            if (output instanceof Malformed) {
                continue;
            }
            wellFormed++;
            List<String> names = names(output);
            var theirs =
                    item.path("hf_space")
                            .valueStream()
                            .filter(object -> object.has("xyxy_pixels"))
                            .map(object -> object.path("name").asText("thing").strip())
                            .map(name -> name.equals("null") ? "thing" : name)
                            .map(Labels::trim)
                            .toList();
            if (!text.contains("> <loc")) { // theirs takes no blanks between tokens
                assertThat(names)
                        .as(text)
                        .containsAll(theirs)
                        .hasSizeGreaterThanOrEqualTo(theirs.size());
            }
        }
        assertThat(wellFormed).isGreaterThan(45);
    }

    private static List<String> names(ParsedOutput output) {
        return switch (output) {
            case DetectedObjects(var objects) ->
                    objects.stream().map(DetectedObject::name).toList();
            case SegmentedObjects(var objects) ->
                    objects.stream().map(SegmentedObject::name).toList();
            case GeneratedText _, Malformed _ -> List.of();
        };
    }
}
