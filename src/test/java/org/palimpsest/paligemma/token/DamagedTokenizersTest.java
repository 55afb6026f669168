package org.palimpsest.paligemma.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.problem.ProblemException;

/// Damaged tokenizer files, seeded: each is either opened and works, or is refused with words. A
/// fault in native code would end this whole test run.
class DamagedTokenizersTest {
    private static final Path CHECKPOINT = Path.of("src/test/resources/reference/tiny-paligemma1");
    private static final String TEXT = "detect cat ; dog <loc0012> \u00e9 😀\n";

    @TempDir Path folder;

    @Test
    @Timeout(120)
    void aDamagedJsonFileIsOpenedOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(CHECKPOINT.resolve("tokenizer.json"));
        byte[] small = withoutMostTokens(whole);
        var random = new SplittableRandom(5);
        int opened = 0;
        for (int i = 0; i < 600; i++) {
            if (opens("tokenizer.json", damaged(small, random))) {
                opened++;
            }
        }
        assertThat(opened).isBetween(1, 599);
    }

    /// The file with 30 added tokens in place of 1174, so that changes hit the other parts.
    private static byte[] withoutMostTokens(byte[] json) throws IOException {
        var mapper = new ObjectMapper();
        var tree = (ObjectNode) mapper.readTree(json);
        var tokens = (ArrayNode) tree.get("added_tokens");
        while (tokens.size() > 30) {
            tokens.remove(tokens.size() - 1);
        }
        var vocabulary = (ObjectNode) tree.get("model").get("vocab");
        for (int i = 0; i < 1024; i++) {
            vocabulary.remove("<loc%04d>".formatted(i));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
    }

    @Test
    @Timeout(120)
    void aDamagedSentencePieceModelIsOpenedOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(CHECKPOINT.resolve("tokenizer.model"));
        var random = new SplittableRandom(6);
        int opened = 0;
        for (int i = 0; i < 1000; i++) {
            if (opens("tokenizer.model", damaged(whole, random))) {
                opened++;
            }
        }
        assertThat(opened).isBetween(1, 999);
    }

    private boolean opens(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        try (var tokenizer = Tokenizers.open(file)) {
            int[] ids = tokenizer.encode(TEXT);
            for (int id : ids) {
                assertThat(id).isBetween(0, tokenizer.vocabularySize() - 1);
            }
            tokenizer.decode(ids);
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem().detail()).contains(name);
            return false;
        }
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        byte[] changed = bytes.clone();
        int changes = random.nextInt(1, 5);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(6)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed[at] = (byte) ('0' + random.nextInt(10));
                case 3 -> {
                    int other = random.nextInt(changed.length);
                    byte kept = changed[at];
                    changed[at] = changed[other];
                    changed[other] = kept;
                }
                case 4 -> {
                    int length = Math.min(random.nextInt(1, 60), changed.length - at);
                    int from = random.nextInt(changed.length - length + 1);
                    System.arraycopy(
                            bytes, Math.min(from, bytes.length - length), changed, at, length);
                }
                default -> {
                    if (random.nextInt(8) == 0) {
                        changed = Arrays.copyOf(changed, Math.max(1, at));
                    }
                }
            }
        }
        return changed;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|no model",
                "[]|START_OBJECT",
                "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":0}}}|not a BPE",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":0}}}|stands for",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1}}}|has the id -1",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":99999999}}}|has the id",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":9999999999}}}|out of range",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}}|not made of pieces",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a\"]}}|merge",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"unk_token\":\"x\"}}|unknown token",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"dropout\":0.5}}|at random",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]},\"normalizer\":{\"type\":\"Lua\"}}|unknown step",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]},\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a+)+$\"}}}|no plain text",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]},\"added_tokens\":[{\"id\":0,\"content\":\"x\"}]}|stands for",
            })
    void whatIsWrongIsSaid(String json, String words) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.write(file, json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Tokenizers.open(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(words);
    }

    @Test
    void hugeAndDeepFilesAreRefusedBeforeTheyAreRead() throws IOException {
        Path deep = folder.resolve("tokenizer.json");
        Files.writeString(deep, "{\"x\":" + "[".repeat(100_000));
        assertThatThrownBy(() -> Tokenizers.open(deep)).isInstanceOf(ProblemException.class);
        Path huge = folder.resolve("tokenizer.model");
        try (var channel =
                FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(TokenizerFiles.LARGEST_FILE + 1);
            channel.write(ByteBuffer.wrap(new byte[1]));
        }
        assertThatThrownBy(() -> Tokenizers.open(huge))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("too large");
    }
}
