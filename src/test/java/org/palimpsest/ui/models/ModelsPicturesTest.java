package org.palimpsest.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.ui.models.ModelLine.Look;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FeatureWindow;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.Texts;

/// The page of models by its keys and buttons, in both themes, measured, with pictures to look at.
@Timeout(180)
final class ModelsPicturesTest {
    @TempDir Path folder;

    private final List<String> faults = new ArrayList<>();
    private ModelsPage page;
    private FeatureWindow window;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        page = FxThread.call(() -> new ModelsPage(folder, new FxTaskRunner(Runnable::run)));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        page.close();
        Texts.use(Locale.ENGLISH);
        FxThread.run(() ->
                Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheetBSS()));
    }

    private void show(int width) throws Exception {
        var large = ModelsPage.large(folder);
        page.settings.update(now ->
                now.withModels(
                        now.models()
                                .withFolder(folder)
                                .withFolder(ModelsPage.TINY)
                                .withFolder(large)
                                .withAdapter(ModelsPage.ADAPTER)));
        window = FeatureWindow.open(ModelsView.class, width, 800, page.viewModel);
        FxThread.run(() -> page.inference.useModel(ModelsPage.BUNDLED));
        FxThread.run(() -> page.pages.open(Page.MODELS));
        select(ModelsPage.BUNDLED);
        FxThread.await(
                "the model",
                () ->
                        page.viewModel.lines().stream()
                                        .noneMatch(line -> line.look() instanceof Look.Reading)
                                && page.viewModel.isInUse());
    }

    @Test
    void everyStateIsReadableAndNothingIsCutOff() throws Exception {
        show(900);
        look("models-bundled");
        select(folder.resolve("paligemma-3b-mix-224"));
        look("models-large");
        select(ModelsPage.ADAPTER);
        look("models-adapter");
        select(folder);
        look("models-broken");
        FxThread.run(() -> page.viewModel.catalogueProperty().set(true));
        look("models-official");
        assertThat(faults).isEmpty();
    }

    @Test
    void theTermsAreAgreedToByKeys() throws Exception {
        show(1280);
        var large = folder.resolve("paligemma-3b-mix-224");
        select(large);
        press("#use");
        FxThread.await("the question", () -> page.viewModel.questionProperty().get().isPresent());
        look("models-terms");
        assertThat(window.<Button>node("#decline").isFocused()).isTrue();
        window.press(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(window.<Button>node("#agree").isFocused()).isTrue();
        window.press(KeyCode.SPACE);
        FxThread.await(
                "the model is chosen",
                () -> page.inference.chosenModel().equals(Optional.of(ModelChoice.of(large))));
        assertThat(page.settings.settings().models().acceptedTerms()).containsExactly("gemma");
        press("#test");
        FxThread.await(
                "the answer", () -> page.viewModel.trialProperty().get() instanceof Trial.Answered);
        look("models-tested");
        assertThat(faults).isEmpty();
    }

    @Test
    void noLanguageIsCutOff() throws Exception {
        for (var language : Texts.LANGUAGES) {
            Texts.use(language);
            show(900);
            select(folder.resolve("paligemma-3b-mix-224"));
            look("models-large-" + language.getLanguage(), false);
            FxThread.run(() -> page.viewModel.test());
            look("models-terms-" + language.getLanguage(), false);
            FxThread.run(() -> page.viewModel.decline());
            FxThread.run(() -> page.viewModel.catalogueProperty().set(true));
            look("models-official-" + language.getLanguage(), false);
            FxThread.run(() -> page.viewModel.catalogueProperty().set(false));
            window.close();
        }
        assertThat(faults).isEmpty();
    }

    private void select(Path model) throws Exception {
        FxThread.run(() -> page.viewModel.select(model));
    }

    private void press(String id) throws Exception {
        Button button = window.node(id);
        FxThread.run(button::fire);
    }

    private void look(String name) throws Exception {
        look(name, false);
        look(name, true);
    }

    private void look(String name, boolean dark) throws Exception {
        Parent root = window.node(".shell");
        FxThread.run(() ->
                Application.setUserAgentStylesheet(
                        dark
                                ? new PrimerDark().getUserAgentStylesheetBSS()
                                : new PrimerLight().getUserAgentStylesheetBSS()));
        FeatureWindow.settle();
        FxThread.call(() -> {
            Pictures.write(root, name + (dark ? "-dark" : "-light"), 1);
            Contrast.faint(root, Set.of()).forEach(text -> faults.add(name + " faint: " + text));
            Contrast.clipped(root, Set.of())
                    .forEach(text -> faults.add(name + " clipped: " + text));
            Contrast.nameless(root, Set.of())
                    .forEach(text -> faults.add(name + " nameless: " + text));
            return true;
        });
    }
}
