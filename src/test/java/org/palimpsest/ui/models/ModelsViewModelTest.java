package org.palimpsest.ui.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palimpsest.ui.models.ModelsPage.ADAPTER;
import static org.palimpsest.ui.models.ModelsPage.BUNDLED;
import static org.palimpsest.ui.models.ModelsPage.TINY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.diagnosis.MemoryFit;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelState;
import org.palimpsest.modelstore.WeightCheck;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.KnownModels;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.models.ModelLine.Look;
import org.palimpsest.ui.models.ModelLine.Usage;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Page;

@Timeout(60)
final class ModelsViewModelTest {
    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private ModelsPage page;
    private ModelsViewModel models;

    @BeforeEach
    void open() {
        page = new ModelsPage(folder, tasks);
        models = page.viewModel;
        page.inference.useModel(BUNDLED);
        awaitReady(BUNDLED);
    }

    @AfterEach
    void close() {
        page.close();
    }

    private void awaitReady(Path model) {
        tasks.runHandedOver(() ->
                page.inference.modelState() instanceof ModelState.Ready(var card)
                        && card.folder().equals(model));
    }

    private ModelLine line(Path folder) {
        return models.lines().stream()
                .filter(line -> line.folder().equals(folder))
                .findFirst()
                .orElseThrow();
    }

    private void add(Path folder, boolean adapter) {
        page.dialogs.folder = Optional.of(folder);
        models.add(adapter);
    }

    @Test
    void thePageShowsTheBundledModelFirstWithWhatItIs() {
        page.pages.open(Page.MODELS);
        assertThat(models.lines()).hasSize(1);
        var bundled = models.lines().getFirst();
        assertThat(bundled.kind()).isEqualTo(ModelLine.Kind.BUNDLED);
        assertThat(bundled.look()).isInstanceOf(Look.Model.class);
        assertThat(bundled.usage()).isEqualTo(new Usage.Used(true));
        assertThat(models.selectedProperty().get()).contains(bundled);
        assertThat(models.isInUse()).isTrue();
    }

    @Test
    void whatWasAddedIsKeptAndCanBeTakenOutAgain() {
        add(TINY, false);
        add(ADAPTER, false); // Found out by itself.
        assertThat(models.lines())
                .extracting(ModelLine::name)
                .containsExactly("Bundled model", "tiny-paligemma1", "lora-final");
        assertThat(models.selectedProperty().get().orElseThrow().folder()).isEqualTo(ADAPTER);
        assertThat(page.settings.settings().models())
                .isEqualTo(new KnownModels(List.of(TINY), List.of(ADAPTER), List.of()));

        models.takeOut();
        assertThat(page.settings.settings().models().adapters()).isEmpty();
        assertThat(models.lines()).hasSize(2);
        assertThat(Files.exists(ADAPTER.resolve("adapter_config.json"))).isTrue();
        assertThat(page.dialogs.messages)
                .containsExactly("lora-final was taken out of the list; its files stay.");
    }

    @Test
    void aFolderThatIsNoModelSaysWhy() {
        add(folder, false);
        assertThat(line(folder).problem().orElseThrow().detail()).contains("config.json");
        assertThat(ModelWords.badge(line(folder)).orElseThrow().text()).isEqualTo("Cannot be used");
    }

    @Test
    void aModelIsUsedWithAnAdapterAndRemembered() {
        add(ADAPTER, true);
        add(TINY, false);
        assertThat(((Look.Adapter) line(ADAPTER).look()).misfit()).isPresent();

        models.chooseAdapter(Optional.of(ADAPTER));
        assertThat(models.misfitProperty().get()).isEmpty();
        models.use();
        awaitReady(TINY);
        tasks.runHandedOver(() -> line(ADAPTER).usage() instanceof Usage.Used);
        assertThat(page.inference.chosenModel())
                .contains(new ModelChoice(TINY, Optional.of(ADAPTER)));
        assertThat(page.settings.settings().modelFolder()).contains(TINY);
        assertThat(page.settings.settings().adapter()).contains(ADAPTER);
        assertThat(line(BUNDLED).usage()).isEqualTo(new Usage.None());
        // Held against the model that is in use now.
        tasks.runHandedOver(() -> ((Look.Adapter) line(ADAPTER).look()).misfit().isEmpty());

        models.takeOut(); // It is in use.
        assertThat(models.lines()).hasSize(3);
    }

    @Test
    void anAdapterOfAnotherModelIsToldBeforeItIsUsed() {
        add(ADAPTER, true);
        models.select(BUNDLED);
        assertThat(models.isUsable()).isTrue();
        models.chooseAdapter(Optional.of(ADAPTER));
        assertThat(models.misfitProperty().get()).isPresent();
        assertThat(models.isUsable()).isFalse();
    }

    @Test
    void termsAreShownOnceAndNothingHappensBeforeThePersonAgrees() throws Exception {
        var large = ModelsPage.large(folder);
        page.dialogs.folder = Optional.of(large);
        page.commands.run(Command.CHOOSE_MODEL);
        assertThat(page.pages.openProperty().get()).contains(Page.MODELS);
        assertThat(models.questionProperty().get().orElseThrow().folder()).isEqualTo(large);
        assertThat(page.inference.chosenModel()).contains(ModelChoice.of(BUNDLED));

        models.decline();
        assertThat(models.questionProperty().get()).isEmpty();
        assertThat(page.inference.chosenModel()).contains(ModelChoice.of(BUNDLED));
        assertThat(page.settings.settings().models()).isEqualTo(KnownModels.NONE);

        page.commands.run(Command.CHOOSE_MODEL);
        models.agree();
        assertThat(page.inference.chosenModel()).contains(ModelChoice.of(large));
        assertThat(page.settings.settings().models())
                .isEqualTo(new KnownModels(List.of(large), List.of(), List.of("gemma")));

        page.commands.run(Command.BUNDLED_MODEL);
        page.commands.run(Command.CHOOSE_MODEL);
        assertThat(models.questionProperty().get()).isEmpty();
        assertThat(page.inference.chosenModel()).contains(ModelChoice.of(large));
    }

    @Test
    void whetherThereIsRoomIsSaidOfEveryMemory() throws Exception {
        var large = ModelsPage.large(folder);
        add(large, false);
        // 12.9 GB in 9 of 16 GB, 6.4 GB in 11 of the GPU.
        assertThat(line(large).verdict()).contains(MemoryFit.Verdict.FITS);
        assertThat(((Look.Model) line(large).look()).rooms())
                .extracting(room -> room.fit().verdict())
                .containsExactly(MemoryFit.Verdict.AFTER_CLOSING_OTHERS, MemoryFit.Verdict.FITS);
    }

    @Test
    void aLoadTestAsksForTheTermsAndShowsItsResult() throws Exception {
        var large = ModelsPage.large(folder);
        add(large, false);
        models.test();
        assertThat(page.tested).isNull();
        models.agree();
        assertThat(page.tested).isEqualTo(ModelChoice.of(large));
        assertThat(((Trial.Answered) models.trialProperty().get()).result().answer())
                .isEqualTo("a red circle");

        models.select(BUNDLED);
        assertThat(models.trialProperty().get()).isEqualTo(new Trial.None());
        page.failure = new ProblemException("Not enough memory", "12 GB", "Close other programs");
        models.test();
        assertThat(models.trialProperty().get())
                .isEqualTo(new Trial.Failed(page.failure.problem()));
        models.select(large);
        assertThat(models.trialProperty().get()).isInstanceOf(Trial.Answered.class);
    }

    @Test
    void allWeightsCanBeRead() {
        page.pages.open(Page.MODELS);
        models.check();
        var model = ((Look.Model) line(BUNDLED).look()).model();
        assertThat(models.trialProperty().get())
                .isEqualTo(new Trial.Checked(new WeightCheck(model.parameters(), 0)));
    }

    @Test
    void anAdapterIsPutOnAndTakenOffByItsCommand() {
        page.dialogs.folder = Optional.of(ADAPTER);
        page.commands.run(Command.CHOOSE_ADAPTER);
        assertThat(page.inference.chosenModel())
                .contains(new ModelChoice(BUNDLED, Optional.of(ADAPTER)));
        assertThat(page.settings.settings().adapter()).contains(ADAPTER);
        assertThat(page.settings.settings().models().adapters()).containsExactly(ADAPTER);

        page.commands.run(Command.CHOOSE_ADAPTER);
        assertThat(page.inference.chosenModel()).contains(ModelChoice.of(BUNDLED));
        assertThat(page.settings.settings().adapter()).isEmpty();
    }

    @Test
    void aBrokenModelIsRememberedAndTheBundledOneIsOneCommandAway() {
        var wrong = folder.resolve("wrong");
        page.dialogs.folder = Optional.of(wrong);
        page.commands.run(Command.CHOOSE_MODEL);
        tasks.runHandedOver(() -> page.inference.modelState() instanceof ModelState.Broken);
        assertThat(page.settings.settings().modelFolder()).contains(wrong);
        models.refresh();
        tasks.runHandedOver(() -> line(wrong).usage() instanceof Usage.Failed);

        tasks.runHandedOver(() -> page.commands.enabled(Command.BUNDLED_MODEL).get());
        page.commands.run(Command.BUNDLED_MODEL);
        awaitReady(BUNDLED);
        assertThat(page.settings.settings().modelFolder()).isEmpty();
    }
}
