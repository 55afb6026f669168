package org.palimpsest.paligemma.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;

class TokenizersTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-paligemma1", "tiny-paligemma2"})
    void theJsonFileGivesTheGoldenIds(String checkpoint) throws Exception {
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve(checkpoint))) {
            assertThat(tokenizer).isInstanceOf(HuggingFaceJsonTokenizer.class);
            for (var item : goldenOf(checkpoint)) {
                assertArrayEquals(
                        item.huggingFaceIds(), tokenizer.encode(item.text()), item.text());
                assertEquals(item.decoded(), tokenizer.decode(item.huggingFaceIds()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-paligemma1", "tiny-paligemma2"})
    void theSentencePieceModelGivesTheGoldenIds(String checkpoint) throws Exception {
        Path file = REFERENCE.resolve(checkpoint).resolve("tokenizer.model");
        try (var tokenizer = Tokenizers.open(file)) {
            for (var item : goldenOf(checkpoint)) {
                assertArrayEquals(item.ids(), tokenizer.encode(item.text()), item.text());
                assertEquals(item.decoded(), tokenizer.decode(item.ids()));
            }
        }
    }

    private static List<GoldenTexts.Item> goldenOf(String checkpoint) throws Exception {
        var items =
                GoldenTexts.read(REFERENCE.resolve(checkpoint + "-golden/tokenizer-golden.json"));
        assertThat(items).hasSizeGreaterThan(20);
        return items;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-paligemma1", "tiny-paligemma2"})
    void whatAModelGeneratedIsDecodedAsTheHuggingFaceLibraryDoesIt(String checkpoint)
            throws Exception {
        var golden = GoldenTexts.tree(REFERENCE.resolve(checkpoint + "-golden/golden.json"));
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve(checkpoint))) {
            for (JsonNode generated : golden.path("cases")) {
                assertEquals(
                        generated.path("generated_text").textValue(),
                        tokenizer.decode(GoldenTexts.ints(generated.path("generated_ids"))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pali_gemma1", "pali_gemma2"})
    void aKerasPresetIsReadByItsVocabularyFile(String preset) throws Exception {
        Path presets = REFERENCE.resolve("keras-preset");
        var golden = GoldenTexts.tree(presets.resolve(preset + "-golden/golden.json"));
        try (var tokenizer = Tokenizers.open(presets.resolve(preset))) {
            assertThat(tokenizer).isInstanceOf(SentencePieceTokenizer.class);
            for (String name : List.of("caseA", "caseB")) {
                JsonNode item = golden.path(name);
                int[] withStart = GoldenTexts.ints(item.path("token_ids"));
                int[] encoded = tokenizer.encode(item.path("prompt").textValue());
                assertThat(withStart).endsWith(encoded).hasSize(encoded.length + 1);
                assertEquals(
                        item.path("generated_text").textValue(),
                        tokenizer.decode(GoldenTexts.ints(item.path("generated_ids"))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "tokenizer.model"})
    void textsOutsideTheBasicPlaneAndBrokenOnesSurvive(String name) throws Exception {
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve("tiny-paligemma1").resolve(name))) {
            for (String text : List.of("😀 face", "a\u0000b", "x\uFB01", "e\u0301", "\t\r\n")) {
                assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
            }
            assertEquals("\uFFFDx", tokenizer.decode(tokenizer.encode("\uD800x")));
            assertThat(tokenizer.encode("")).isEmpty();
            assertEquals("", tokenizer.decode(new int[0]));
            String many = "a cat ; ".repeat(3000);
            assertEquals(many, tokenizer.decode(tokenizer.encode(many)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "tokenizer.model"})
    void specialAndUnknownIdsAreLeftOutOfTheText(String name) throws Exception {
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve("tiny-paligemma1").resolve(name))) {
            int[] cat = tokenizer.encode("cat");
            int[] ids = {2, -7, cat[0], 1, 1_000_000, 0, tokenizer.locToken(7), 1650};
            assertEquals(tokenizer.decode(new int[] {cat[0]}) + "<loc0007>", tokenizer.decode(ids));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "tokenizer.model"})
    void locationAndSegmentationTokensAreFoundBothWays(String name) throws Exception {
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve("tiny-paligemma1").resolve(name))) {
            assertEquals(483, tokenizer.locToken(0));
            assertEquals(1506, tokenizer.locToken(1023));
            assertEquals(1507, tokenizer.segToken(0));
            assertEquals(OptionalInt.of(1023), tokenizer.locBin(1506));
            assertEquals(OptionalInt.of(127), tokenizer.segCode(1634));
            assertEquals(OptionalInt.empty(), tokenizer.locBin(1507));
            assertEquals(OptionalInt.empty(), tokenizer.segCode(1506));
            assertEquals("<seg005>", tokenizer.piece(1512));
            assertEquals(OptionalInt.of(12), tokenizer.idOf("\n"));
            assertEquals(OptionalInt.empty(), tokenizer.idOf("no such piece"));
            assertArrayEquals(new int[] {1506, 1507}, tokenizer.encode("<loc1023><seg000>"));
            assertThatThrownBy(() -> tokenizer.locToken(1024))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tokenizer.piece(-1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void onlyTheJsonFileKnowsTheImageToken() throws Exception {
        Path checkpoint = REFERENCE.resolve("tiny-paligemma1");
        try (var json = Tokenizers.open(checkpoint);
                var model = Tokenizers.open(checkpoint.resolve("tokenizer.model"))) {
            assertEquals(OptionalInt.of(1635), json.idOf("<image>"));
            assertEquals(1636, json.vocabularySize());
            assertEquals(OptionalInt.empty(), model.idOf("<image>"));
            assertEquals(1635, model.vocabularySize());
            assertArrayEquals(new int[] {2, 1635}, json.encode("<bos><image>"));
            assertThat(model.encode("<bos>")).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aTokenizerOfAnotherModelIsRefused() throws Exception {
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve("tiny-paligemma1"))) {
            tokenizer.requireFits(1664);
            tokenizer.requireFits(1636);
            assertThatThrownBy(() -> tokenizer.requireFits(1635))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("does not fit")
                    .hasMessageContaining("1635 rows")
                    .hasMessageContaining("same download");
        }
    }

    @Test
    void theTokenizerOfThePublishedOnnxLayoutIsRead() throws Exception {
        Path layout = REFERENCE.resolve("onnx-layout");
        var golden = GoldenTexts.tree(layout.resolve("golden-transformers.js.json"));
        try (var tokenizer = Tokenizers.open(layout)) {
            for (JsonNode prompt : golden.path("prompts")) {
                int[] ids = GoldenTexts.ints(prompt.path("input_ids"));
                String text = prompt.path("text").textValue().replace("<image>", "");
                int[] words = tokenizer.encode(text + "\n");
                assertThat(words).hasSizeGreaterThan(2);
                assertThat(ids).endsWith(words);
            }
        }
    }

    @Test
    void aFolderWithoutTokenizerIsRefused() throws Exception {
        assertThatThrownBy(() -> Tokenizers.open(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("tokenizer.model");
        assertThatThrownBy(() -> Tokenizers.open(folder.resolve("missing.json")))
                .isInstanceOf(ProblemException.class);
        Path empty = Files.createFile(folder.resolve("tokenizer.model"));
        assertThatThrownBy(() -> Tokenizers.open(empty))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no pieces");
    }
}
