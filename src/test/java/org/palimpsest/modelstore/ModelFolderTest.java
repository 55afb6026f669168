package org.palimpsest.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.problem.ProblemException;

class ModelFolderTest {
    private static final Path BUNDLED = Path.of("assets", "model");
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path ADAPTER = REFERENCE.resolve("training/tiny-paligemma1/lora-final");

    @TempDir Path folder;

    @Test
    void theBundledModelIsDescribedWithoutBeingLoaded() throws ProblemException {
        var model = ModelFolder.read(BUNDLED);
        assertThat(model.name()).isEqualTo("model");
        assertThat(model.layout()).isEqualTo(CheckpointLayout.HUGGING_FACE);
        assertThat(model.precision()).isEqualTo("float16");
        assertThat(model.parameters()).isBetween(2_400_000L, 2_500_000L);
        assertThat(model.masks()).isTrue();
        assertThat(model.tokenizer()).isEqualTo("tokenizer.json");
        assertThat(model.terms()).isEmpty();
        assertThat(model.texts()).extracting(FolderText::name).containsExactly("model-card.md");
        assertThat(model.diskBytes()).isGreaterThan(model.weightBytes());
        assertThat(WeightCheck.of(BUNDLED, Progress.NONE))
                .isEqualTo(new WeightCheck(model.parameters(), 0));
    }

    @Test
    void shardsAreCountedTogetherAndATokenizerIsAskedFor() throws ProblemException, IOException {
        var sharded = REFERENCE.resolve("tiny-paligemma2-bf16-sharded");
        assertThatThrownBy(() -> ModelFolder.read(sharded))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("tokenizer");
        try (var files = Files.list(sharded)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.copy(
                REFERENCE.resolve("tiny-paligemma2/tokenizer.model"),
                folder.resolve("tokenizer.model"));
        var model = ModelFolder.read(folder);
        assertThat(model.precision()).isEqualTo("bfloat16");
        assertThat(model.weightFiles()).hasSize(2);
        assertThat(model.parameters()).isEqualTo(ModelFolder.parameters(model.config()));
    }

    @Test
    void aPublishedModelHasTermsAndOneInMiniatureHasNone() throws ProblemException, IOException {
        assertThat(ModelTerms.of(SparseModel.write(folder.resolve("large"))))
                .contains(ModelTerms.GEMMA);
        assertThat(ModelTerms.of(BUNDLED)).isEmpty();
        assertThat(ModelTerms.of(folder.resolve("nowhere"))).isEmpty();
    }

    @Test
    void aCardOrALicenceThatNamesTheTermsIsBelieved() throws IOException {
        var card = Files.createDirectories(folder.resolve("card"));
        Files.writeString(
                card.resolve("README.md"),
                "---\nlibrary_name: transformers\nlicense: gemma\n---\n# A model\n");
        assertThat(ModelTerms.of(card)).contains(ModelTerms.GEMMA);

        var mention = Files.createDirectories(folder.resolve("mention"));
        Files.writeString(mention.resolve("README.md"), "# A model\nNot under\nlicense: gemma\n");
        assertThat(ModelTerms.of(mention)).isEmpty();

        var notice = Files.createDirectories(folder.resolve("notice"));
        Files.writeString(
                notice.resolve("NOTICE.txt"),
                "Gemma is provided under and subject to the Gemma Terms of Use");
        assertThat(ModelTerms.of(notice)).contains(ModelTerms.GEMMA);
    }

    @Test
    void textsAreBoundedAndPlain() throws IOException {
        Files.writeString(folder.resolve("README.md"), "a\r\nb\u001B[31mc\u0000d\n");
        Files.writeString(folder.resolve("LICENSE"), "x".repeat(300_000));
        Files.writeString(folder.resolve("readme.png"), "no text");
        Files.writeString(folder.resolve("config.json"), "{}");
        var texts = FolderText.readAll(folder);
        assertThat(texts).extracting(FolderText::name).containsExactly("README.md", "LICENSE");
        assertThat(texts.getFirst()).isEqualTo(new FolderText("README.md", "a\nb[31mcd\n", true));
        assertThat(texts.get(1).whole()).isFalse();
        assertThat(texts.get(1).text()).hasSize(256 << 10);
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "mine");
        var model = Files.createDirectories(folder.resolve("model"));
        Files.createSymbolicLink(model.resolve("README.md"), secret);
        assertThat(FolderText.readAll(model)).isEmpty();
    }

    @Test
    void anAdapterTellsItsRankItsTargetsAndWhichModelItFits() throws ProblemException {
        var adapter = AdapterFolder.read(ADAPTER);
        assertThat(adapter.name()).isEqualTo("lora-final");
        assertThat(adapter.rank()).isPositive();
        assertThat(adapter.targets()).isNotEmpty();
        assertThat(adapter.modules()).isPositive();
        assertThat(adapter.parameters()).isPositive();
        assertThat(adapter.misfit(ConfigReader.read(REFERENCE.resolve("tiny-paligemma1"))))
                .isEmpty();
        assertThat(adapter.misfit(ConfigReader.read(BUNDLED)))
                .hasValueSatisfying(problem -> assertThat(problem.remedy()).contains("trained on"));
        assertThatThrownBy(() -> AdapterFolder.read(BUNDLED))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("adapter_config.json");
    }

    @Test
    void theCatalogueHasEveryNameOnceAndPagesOnHuggingFace() {
        assertThat(OfficialCheckpoint.ALL)
                .extracting(OfficialCheckpoint::name)
                .doesNotHaveDuplicates()
                .contains("google/paligemma-3b-pt-224", "google/paligemma2-3b-mix-448");
        assertThat(OfficialCheckpoint.ALL)
                .extracting(one -> one.page().toString())
                .allMatch(page -> page.startsWith("https://huggingface.co/google/paligemma"));
        assertThat(
                        OfficialCheckpoint.ALL.stream()
                                .map(OfficialCheckpoint::kind)
                                .distinct()
                                .toList())
                .isEqualTo(
                        List.of(OfficialCheckpoint.Kind.MIX, OfficialCheckpoint.Kind.PRETRAINED));
    }
}
