package org.palimpsest.paligemma.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

class ConfigReaderTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @TempDir Path folder;

    private static final VisionConfig VISION_2 = new VisionConfig(56, 14, 40, 72, 2, 5, 1e-6);
    private static final TextConfig TEXT_2 =
            new TextConfig(
                    GemmaGeneration.GEMMA2,
                    56,
                    104,
                    3,
                    4,
                    2,
                    16,
                    1664,
                    1e-6,
                    10_000,
                    1 / Math.sqrt(14),
                    OptionalDouble.of(6),
                    OptionalDouble.of(4),
                    OptionalInt.of(12),
                    SlidingWindowStyle.PROMPT_SEES_ALL);

    @Test
    void aSparseFileHasTheDefaultsOfItsLibrary() throws Exception {
        var config = ConfigReader.read(REFERENCE.resolve("tiny-paligemma1"));
        assertThat(config)
                .isEqualTo(
                        new PaliGemmaConfig(
                                new VisionConfig(56, 14, 32, 64, 2, 4, 1e-6),
                                new TextConfig(
                                        GemmaGeneration.GEMMA1,
                                        48,
                                        96,
                                        2,
                                        4,
                                        1,
                                        16,
                                        1664,
                                        1e-6,
                                        10_000,
                                        0.25,
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        OptionalInt.empty(),
                                        SlidingWindowStyle.PROMPT_SEES_ALL),
                                huggingFace(CheckpointLayout.HUGGING_FACE),
                                1635,
                                2,
                                1,
                                0,
                                ElementType.FLOAT32));
        assertThat(config.numImageTokens()).isEqualTo(16);
    }

    @Test
    void olderAndNewerFieldsMeanTheSame() throws Exception {
        var older = ConfigReader.read(REFERENCE.resolve("tiny-paligemma2"));
        var newer = ConfigReader.read(REFERENCE.resolve("tiny-paligemma2-bf16-sharded"));
        assertThat(older.vision()).isEqualTo(VISION_2);
        assertThat(newer.vision()).isEqualTo(VISION_2);
        assertThat(older.text()).isEqualTo(TEXT_2);
        assertThat(newer.text()).isEqualTo(TEXT_2);
        assertThat(newer.eosTokenId()).isEqualTo(1);
        assertThat(older.storedType()).isEqualTo(ElementType.FLOAT32);
        assertThat(newer.storedType()).isEqualTo(ElementType.BFLOAT16);
        assertThat(newer.text().usesSlidingWindow(0)).isTrue();
        assertThat(newer.text().usesSlidingWindow(1)).isFalse();
    }

    @Test
    void aKerasPresetHasItsOwnConventions() throws Exception {
        var config = ConfigReader.read(REFERENCE.resolve("keras-preset/pali_gemma2"));
        var scale = 0.00784313725490196;
        assertThat(config)
                .isEqualTo(
                        new PaliGemmaConfig(
                                new VisionConfig(56, 14, 32, 72, 2, 4, 1e-6),
                                new TextConfig(
                                        GemmaGeneration.GEMMA2,
                                        40,
                                        72,
                                        3,
                                        4,
                                        2,
                                        16,
                                        1635,
                                        1e-6,
                                        10_000,
                                        0.25,
                                        OptionalDouble.of(6),
                                        OptionalDouble.of(4),
                                        OptionalInt.of(12),
                                        SlidingWindowStyle.BOTH_SIDES),
                                new Conventions(
                                        CheckpointLayout.KERAS,
                                        new ImageConversion.KerasBilinear(
                                                56,
                                                56,
                                                true,
                                                List.of(scale, scale, scale),
                                                List.of(-1.0, -1.0, -1.0)),
                                        true,
                                        false,
                                        false),
                                PaliGemmaConfig.NO_IMAGE_TOKEN,
                                2,
                                1,
                                0,
                                ElementType.FLOAT32));
        var first = ConfigReader.read(REFERENCE.resolve("keras-preset/pali_gemma1_bfloat16"));
        assertThat(first.text().generation()).isEqualTo(GemmaGeneration.GEMMA1);
        assertThat(first.text().slidingWindow()).isEmpty();
        assertThat(first.text().finalLogitSoftCap()).isEmpty();
        assertThat(first.storedType()).isEqualTo(ElementType.BFLOAT16);
    }

    @Test
    void exportedGraphsMakeAnOnnxFolder() throws Exception {
        Files.copy(REFERENCE.resolve("tiny-paligemma1/config.json"), folder.resolve("config.json"));
        Files.createDirectories(folder.resolve("onnx"));
        Files.writeString(folder.resolve("onnx/embed_tokens.onnx"), "");
        assertThat(ConfigReader.read(folder).conventions())
                .isEqualTo(huggingFace(CheckpointLayout.ONNX));
        Files.writeString(folder.resolve("model.safetensors"), "");
        assertThat(CheckpointLayout.detect(folder)).isEqualTo(CheckpointLayout.HUGGING_FACE);
    }

    @Test
    void olderImageConvertersSpeakOfMeanAndVariance() throws Exception {
        Files.copy(
                REFERENCE.resolve("keras-preset/pali_gemma1/config.json"),
                folder.resolve("config.json"));
        assertThat(converter(null))
                .isEqualTo(
                        new ImageConversion.KerasBilinear(
                                56,
                                56,
                                true,
                                List.of(1 / 127.5, 1 / 127.5, 1 / 127.5),
                                List.of(-1.0, -1.0, -1.0)));
        assertThat(
                        converter(
                                "{\"height\":56,\"width\":56,\"scale\":2,\"mean\":[3,4,8],\"variance\":[4,16,64]}"))
                .isEqualTo(
                        new ImageConversion.KerasBilinear(
                                56, 56, true, List.of(1.0, 0.5, 0.25), List.of(-1.5, -1.0, -1.0)));
        assertThat(converter("{\"image_size\":56,\"crop_to_aspect_ratio\":false}"))
                .isEqualTo(
                        new ImageConversion.KerasBilinear(
                                56, 56, false, List.of(1.0, 1.0, 1.0), List.of(0.0, 0.0, 0.0)));
        assertThatThrownBy(() -> converter("{\"image_size\":[56,224]}"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("224");
    }

    private ImageConversion converter(@Nullable String config) throws Exception {
        var file = folder.resolve("image_converter.json");
        if (config != null) {
            Files.writeString(file, "{\"config\":" + config + "}");
        }
        return ConfigReader.read(folder).conventions().imageConversion();
    }

    /// What is replaced in tiny-paligemma2's config.json, by what, and a word of the message.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"num_hidden_layers\": 3 | \"num_hidden_layers\": 1000000000 | text_config.num_hidden_layers",
                "\"num_hidden_layers\": 3 | \"num_hidden_layers\": 0 | text_config.num_hidden_layers",
                "\"num_hidden_layers\": 3 | \"num_hidden_layers\": -3 | from 1 to",
                "\"num_hidden_layers\": 3 | \"num_hidden_layers\": \"3\" | whole number",
                "\"num_hidden_layers\": 3 | \"num_hidden_layers\": 2.5 | whole number",
                "\"num_hidden_layers\": 3 | \"other\": 3 | text_config.num_hidden_layers is missing",
                "\"image_size\": 56 | \"image_size\": 57 | patches",
                "\"image_size\": 56 | \"image_size\": 99999999999999999999 | image_size",
                "\"num_attention_heads\": 5 | \"num_attention_heads\": 7 | heads",
                "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 3 | key/value heads",
                "\"head_dim\": 16 | \"head_dim\": 15 | even",
                "\"vocab_size\": 1664 | \"vocab_size\": 1e30 | vocab_size",
                "\"rms_norm_eps\": 1e-06 | \"rms_norm_eps\": -1 | positive",
                "\"rms_norm_eps\": 1e-06 | \"rms_norm_eps\": 1e999 | positive",
                "\"rope_theta\": 10000.0 | \"rope_theta\": 10000.0, \"rope_scaling\": {\"type\":\"linear\"} | rotary",
                "\"model_type\": \"gemma2\" | \"model_type\": \"llama\" | llama",
                "\"model_type\": \"paligemma\" | \"model_type\": \"idefics\" | idefics",
                "\"hidden_activation\": \"gelu_pytorch_tanh\" | \"hidden_activation\": \"relu\" | relu",
                "\"projection_dim\": 56, | \"projection_dim\": 57, | projection_dim",
                "\"image_token_index\": 1635 | \"image_token_index\": -1 | image_token_index",
                "\"torch_dtype\": \"float32\", \"transf | \"torch_dtype\": \"int4\", \"transf | int4",
                "\"text_config\": { | \"text_config\": 7, \"other\": { | an object",
                "\"bos_token_id\": 2 | \"bos_token_id\": 2, \"bos_token_id\": 3 | not valid JSON",
            })
    void anAbsurdValueIsOneMessageThatNamesIt(String from, String to, String word)
            throws Exception {
        String text =
                Files.readString(REFERENCE.resolve("tiny-paligemma2/config.json"))
                        .replaceAll("\\s+", " ");
        assertThat(text).contains(from);
        Files.writeString(folder.resolve("config.json"), text.replace(from, to));
        assertThatThrownBy(() -> ConfigReader.read(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"resample\": 3 | \"resample\": 2 | resample should be 3",
                "\"do_resize\": true | \"do_resize\": false | do_resize",
                "\"height\": 56 | \"height\": 224 | vision_config.image_size 56",
                "\"rescale_factor\": 0.00392156862745098 | \"rescale_factor\": 0 | rescale_factor",
                "\"image_std\": [ 0.5, 0.5, 0.5 ] | \"image_std\": [ 0.5, 0, 0.5 ] | zero",
                "\"image_std\": [ 0.5, 0.5, 0.5 ] | \"image_std\": [ 0.5, 0.5 ] | three numbers",
            })
    void anotherImageProcessorIsOneMessage(String from, String to, String word) throws Exception {
        var source = REFERENCE.resolve("tiny-paligemma1");
        Files.copy(source.resolve("config.json"), folder.resolve("config.json"));
        String text =
                Files.readString(source.resolve("preprocessor_config.json"))
                        .replaceAll("\\s+", " ");
        assertThat(text).contains(from);
        Files.writeString(folder.resolve("preprocessor_config.json"), text.replace(from, to));
        assertThatThrownBy(() -> ConfigReader.read(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(word);
    }

    @Test
    void whatIsNoCheckpointIsSaidSo() throws Exception {
        assertThatThrownBy(() -> ConfigReader.read(folder.resolve("none")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> ConfigReader.read(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("config.json is missing");
        Files.writeString(folder.resolve("pt_224.npz"), "");
        assertThatThrownBy(() -> ConfigReader.read(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(".npz");
        var file = Files.writeString(folder.resolve("config.json"), "{}");
        assertThatThrownBy(() -> ConfigReader.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a model is a folder");
        assertThatThrownBy(() -> ConfigReader.read(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("neither model_type nor registered_name");
        Files.writeString(file, "{\"a\":\"" + "x".repeat(2 << 20) + "\"}");
        assertThatThrownBy(() -> ConfigReader.read(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("too large");
    }

    private static Conventions huggingFace(CheckpointLayout layout) {
        var halves = List.of(0.5, 0.5, 0.5);
        return new Conventions(
                layout,
                new ImageConversion.PillowBicubic(56, 56, 1 / 255.0, halves, halves),
                false,
                true,
                true);
    }
}
