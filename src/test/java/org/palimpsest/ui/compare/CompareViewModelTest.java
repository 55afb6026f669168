package org.palimpsest.ui.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.Proposals;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.RunSettings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.ModelAdmission;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(30)
final class CompareViewModelTest {
    private static final String PROMPT = "detect circle";

    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final Asking asking = new Asking();
    private final Commands commands = new Commands();
    private InferenceService inference;
    private CompareViewModel compare;

    @BeforeEach
    void open() throws ProblemException {
        Samples.open(workspace, Samples.images(folder, 2));
        inference =
                new InferenceService(
                        (choice, _) ->
                                new FakeModel(choice)
                                        .answering(
                                                PROMPT,
                                                choice.folder().equals(Path.of("one"))
                                                        ? "<loc0000><loc0000><loc0511><loc0511>"
                                                                + " circle ; <loc0600><loc0600><loc0700><loc0700>"
                                                                + " circle"
                                                        : "<loc0000><loc0000><loc0511><loc0500>"
                                                                + " circle"),
                        InstantSource.fixed(Samples.NOW));
        inference.useModel(Path.of("one"));
        asking.taskProperty().set(Optional.of(Task.parse(PROMPT)));
        var admission =
                new ModelAdmission(
                        SettingsStore.open(folder.resolve("settings.json")),
                        tasks,
                        dialogs,
                        new Pages(),
                        Path.of("bundled"));
        compare =
                new CompareViewModel(
                        workspace, inference, asking, dialogs, tasks, admission, commands);
        commands.run(Command.COMPARE_MODELS);
    }

    @AfterEach
    void close() {
        inference.close();
        workspace.use(null);
    }

    private boolean bothAnswered() {
        return compare.side(0).get().annotations().isPresent()
                && compare.side(1).get().annotations().isPresent();
    }

    @Test
    void twoModelsAreAskedAndTheirAgreementIsCounted() {
        assertThat(compare.side(0).get().source())
                .hasValueSatisfying(source ->
                        assertThat(((Source.Model) source).choice())
                                .isEqualTo(ModelChoice.of(Path.of("one"))));
        assertThat(compare.askableProperty().get()).isFalse();
        dialogs.folder = Optional.of(Path.of("other"));
        compare.chooseModel(1);
        assertThat(compare.askableProperty().get()).isTrue();

        compare.ask();
        tasks.runHandedOver(this::bothAnswered);

        var both = compare.comparisonProperty().get().orElseThrow();
        assertThat(both.agreed()).isEqualTo(Set.of(0));
        assertThat(both.agreedOther()).isEqualTo(Set.of(0));
        assertThat(compare.agreementProperty().get())
                .isEqualTo(
                        "1 object is in both answers (mean IoU 0.98), 1 only left, 0 only right");
        assertThat(workspace.current().annotations()).as("nothing is proposed yet").isEmpty();

        compare.take(1);
        assertThat(workspace.current().objects()).hasSize(1);
    }

    @Test
    void anotherImageBeginsAnew() {
        dialogs.folder = Optional.of(Path.of("adapter"));
        compare.chooseAdapter(1);
        compare.ask();
        tasks.runHandedOver(this::bothAnswered);
        assertThat(compare.pictureProperty().get().orElseThrow().width()).isEqualTo(200);
        workspace.step(1);
        assertThat(compare.side(0).get().annotations()).isEmpty();
        assertThat(compare.side(1).get().source().orElseThrow().title()).isEqualTo("one + adapter");
        assertThat(compare.comparisonProperty().get()).isEmpty();
    }

    @Test
    void aRunOfTheProjectCanBeHeldAgainstAModel() {
        var image = workspace.currentImage();
        List<Annotation> proposed =
                List.of(Samples.predicted("circle", new Box(0, 0, 100, 50), PROMPT));
        workspace.change(
                "run",
                (project, _) -> {
                    var run = ModelRun.begin(project, new RunSettings("old", "x", PROMPT, ""));
                    run.save(
                            image.id(),
                            "said",
                            proposed,
                            Proposals.edits(
                                    project.image(image.id()).orElseThrow(), PROMPT, proposed));
                    run.end();
                    return new ProjectWork.Changed<>(Set.of(image.id()), true);
                },
                _ -> {},
                dialogs::show);
        commands.run(Command.COMPARE_MODELS);
        commands.run(Command.COMPARE_MODELS);
        var run =
                compare.sources().stream()
                        .filter(Source.Run.class::isInstance)
                        .findFirst()
                        .orElseThrow();
        compare.choose(1, run);
        compare.ask();
        tasks.runHandedOver(this::bothAnswered);
        assertThat(compare.side(1).get().objects())
                .extracting(ObjectAnnotation::region)
                .containsExactly(new Box(0, 0, 100, 50));
        workspace.step(1);
        compare.ask();
        tasks.runHandedOver(() -> !compare.side(1).get().note().isEmpty());
        assertThat(compare.side(1).get().note())
                .isEqualTo("The run has no answer about this image");
    }
}
