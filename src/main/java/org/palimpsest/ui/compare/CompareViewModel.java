package org.palimpsest.ui.compare;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.geometry.Size;
import org.palimpsest.inference.InferenceJob;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.JobState;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelState;
import org.palimpsest.inference.Prediction;
import org.palimpsest.inference.Priority;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.project.ModelRun;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ModelAdmission;
import org.palimpsest.ui.support.SmallPicture;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Asks two models, or looks up two runs, about the image on the screen, and shows both answers and how far they agree.
///
/// Confined to the interface's thread.
public final class CompareViewModel implements ViewModel {
    private static final int MOST_NEW_TOKENS = 512;
    private static final int MOST_RUNS = 30;

    private final Workspace workspace;
    private final InferenceService inference;
    private final Asking asking;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final ModelAdmission admission;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ObservableList<Source> sources = FXCollections.observableArrayList();
    private final List<ReadOnlyObjectWrapper<Side>> sides =
            List.of(new ReadOnlyObjectWrapper<>(Side.NONE), new ReadOnlyObjectWrapper<>(Side.NONE));
    private final List<Optional<InferenceJob>> jobs =
            new ArrayList<>(List.of(Optional.empty(), Optional.empty()));
    private final ReadOnlyObjectWrapper<Optional<SmallPicture>> picture =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Comparison>> comparison =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private int asked;

    public CompareViewModel(
            Workspace workspace,
            InferenceService inference,
            Asking asking,
            DialogService dialogs,
            TaskRunner tasks,
            ModelAdmission admission,
            Commands commands) {
        this.workspace = workspace;
        this.inference = inference;
        this.asking = asking;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.admission = admission;
        commands.on(
                Command.COMPARE_MODELS, workspace.currentImageProperty().isNotNull(), this::toggle);
        workspace.currentImageProperty().addListener(_ -> showCurrent());
        for (var side : sides) {
            side.addListener(_ -> compare());
        }
    }

    private void toggle() {
        open.set(!open.get());
        if (open.get()) {
            findSources();
            showCurrent();
        } else {
            stop();
        }
    }

    /// The models that are known, and the runs of the project.
    private void findSources() {
        inference.chosenModel().ifPresent(choice -> know(new Source.Model(choice, name(choice))));
        workspace.read(
                Texts.get("compare.job"),
                (project, _) -> ModelRun.list(project),
                runs ->
                        runs.stream()
                                .filter(run -> run.done() > 0)
                                .limit(MOST_RUNS)
                                .map(Source.Run::new)
                                .forEach(this::know),
                dialogs::show);
        if (sides.getFirst().get().source().isEmpty() && !sources.isEmpty()) {
            choose(0, sources.getFirst());
        }
    }

    private String name(ModelChoice choice) {
        return inference.modelState() instanceof ModelState.Ready(var card)
                        && card.choice().equals(choice)
                ? card.name()
                : "";
    }

    private void know(Source source) {
        if (!sources.contains(source)) {
            sources.add(source);
        }
    }

    private void showCurrent() {
        stop();
        for (var side : sides) {
            side.set(side.get().cleared());
        }
        picture.set(Optional.empty());
        var image = workspace.currentImage();
        if (!open.get() || image == null) {
            return;
        }
        tasks.run(
                Texts.get("compare.job"),
                _ -> SmallPicture.read(image.file()),
                small -> {
                    if (image.equals(workspace.currentImage())) {
                        picture.set(Optional.of(small));
                    }
                },
                dialogs::show);
    }

    /// Takes the answer of one side from this source.
    void choose(int side, Source source) {
        know(source);
        sides.get(side).set(sides.get(side).get().of(source));
    }

    /// Takes the answer of one side from another model, which the person chooses.
    void chooseModel(int side) {
        dialogs.chooseFolder(Texts.get("compare.chooseModel"), Optional.empty())
                .map(ModelChoice::of)
                .ifPresent(choice ->
                        admission.admit(choice, () -> choose(side, new Source.Model(choice, ""))));
    }

    /// Takes the answer of one side from the model in use with an adapter, which the person chooses.
    void chooseAdapter(int side) {
        var model = inference.chosenModel();
        if (model.isEmpty()) {
            return;
        }
        dialogs.chooseFolder(
                        Texts.get("compare.chooseAdapter"),
                        model.get().adapter().map(Path::getParent))
                .map(folder -> model.get().withAdapter(Optional.of(folder)))
                .ifPresent(choice ->
                        admission.admit(choice, () -> choose(side, new Source.Model(choice, ""))));
    }

    /// Gets both answers about the image on the screen.
    void ask() {
        var image = workspace.currentImage();
        var task = asking.taskProperty().get();
        if (image == null) {
            return;
        }
        stop();
        int round = asked;
        for (int i = 0; i < sides.size(); i++) {
            var source = sides.get(i).get().source();
            if (source.isPresent()) {
                switch (source.get()) {
                    case Source.Model(var choice, _) -> {
                        if (task.isPresent()) {
                            ask(i, image, task.get(), choice, round);
                        } else {
                            fail(i, Texts.get("compare.noTask"));
                        }
                    }
                    case Source.Run(var summary) -> lookUp(i, image, summary, round);
                }
            }
        }
    }

    private void ask(int side, ImageEntry image, Task task, ModelChoice choice, int round) {
        var now = sides.get(side);
        now.set(now.get().asking(task.prompt(), Texts.get("compare.waiting")));
        var request =
                new InferenceRequest(image, task, MOST_NEW_TOKENS, Priority.INTERACTIVE)
                        .withModel(choice);
        jobs.set(
                side,
                Optional.of(
                        inference.submit(
                                request,
                                state ->
                                        tasks.onInterface(() -> {
                                            if (round == asked) {
                                                follow(side, state);
                                            }
                                        }))));
    }

    private void follow(int side, JobState state) {
        var now = sides.get(side);
        switch (state) {
            case JobState.Queued _ -> {}
            case JobState.Running running ->
                    now.set(now.get().asking(now.get().prompt(), running.activity()));
            case JobState.Succeeded(Prediction prediction) ->
                    now.set(
                            now.get()
                                    .answered(
                                            prediction.annotations(),
                                            prediction.output()
                                                            instanceof
                                                            ParsedOutput.Malformed malformed
                                                    ? Texts.get(
                                                            "compare.malformed",
                                                            malformed.reason(),
                                                            prediction.text())
                                                    : ""));
            case JobState.Failed(var problem) -> fail(side, problem.oneLine());
            case JobState.Cancelled _ -> fail(side, Texts.get("compare.stopped"));
        }
    }

    private void lookUp(int side, ImageEntry image, ModelRun.Summary run, int round) {
        var now = sides.get(side);
        now.set(now.get().asking(run.settings().prompt(), Texts.get("compare.waiting")));
        workspace.read(
                Texts.get("compare.job"),
                (project, _) -> ModelRun.predictions(project, run.id(), image.id()),
                found -> {
                    if (round == asked) {
                        found.ifPresentOrElse(
                                answer -> now.set(now.get().answered(answer, "")),
                                () -> fail(side, Texts.get("compare.notAsked")));
                    }
                },
                problem -> fail(side, problem.oneLine()));
    }

    private void fail(int side, String reason) {
        sides.get(side).set(sides.get(side).get().failed(reason));
    }

    /// Stops what is being asked.
    void stop() {
        asked++;
        for (int i = 0; i < jobs.size(); i++) {
            jobs.get(i).ifPresent(InferenceJob::cancel);
            jobs.set(i, Optional.empty());
        }
    }

    /// Proposes the answer of one side, in the place of what was proposed for its prompt before.
    void take(int side) {
        var image = workspace.currentImage();
        var answer = sides.get(side).get();
        if (image != null && answer.annotations().isPresent()) {
            workspace.propose(image.id(), answer.prompt(), answer.annotations().get());
            dialogs.notify(
                    Texts.get("compare.taken", answer.annotations().get().size()),
                    Texts.get("compare.undo"),
                    workspace::undo);
        }
    }

    private void compare() {
        var one = sides.get(0).get();
        var other = sides.get(1).get();
        comparison.set(
                one.annotations().isPresent() && other.annotations().isPresent()
                        ? Optional.of(Comparison.of(one.objects(), other.objects()))
                        : Optional.empty());
    }

    /// Whether the comparison is on the screen.
    public BooleanProperty openProperty() {
        return open;
    }

    ObservableList<Source> sources() {
        return sources;
    }

    ReadOnlyObjectProperty<Side> side(int side) {
        return sides.get(side).getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<SmallPicture>> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Comparison>> comparisonProperty() {
        return comparison.getReadOnlyProperty();
    }

    /// The prompt that models are asked; empty while something is missing.
    ObservableStringValue promptProperty() {
        return Bindings.createStringBinding(
                () -> asking.taskProperty().get().map(Task::prompt).orElse(""),
                asking.taskProperty());
    }

    ObservableBooleanValue askableProperty() {
        return Bindings.createBooleanBinding(
                () ->
                        workspace.currentImage() != null
                                && sides.stream()
                                        .allMatch(side ->
                                                side.get().source().isPresent()
                                                        && side.get().activity().isEmpty()),
                workspace.currentImageProperty(),
                sides.get(0),
                sides.get(1));
    }

    /// How far both agree, in words; empty while that is not known.
    ObservableStringValue agreementProperty() {
        return Bindings.createStringBinding(
                () -> comparison.get().map(this::words).orElse(""), comparison);
    }

    private String words(Comparison now) {
        var one = sides.get(0).get();
        var other = sides.get(1).get();
        if (one.objects().isEmpty() && other.objects().isEmpty()) {
            return one.texts().isEmpty() && other.texts().isEmpty()
                    ? Texts.get("compare.bothEmpty")
                    : Texts.get(
                            one.texts().equals(other.texts())
                                    ? "compare.sameText"
                                    : "compare.otherText");
        }
        int agreed = now.agreed().size();
        return Texts.get(
                "compare.agreement",
                agreed,
                one.objects().size() - agreed,
                other.objects().size() - agreed,
                now.meanIou());
    }

    /// The size of the image on the screen.
    Optional<Size> imageSize() {
        return Optional.ofNullable(workspace.currentImage()).map(ImageEntry::size);
    }

    /// The person's colour of a label, 0xRRGGBB.
    int color(String label) {
        return workspace.color(label);
    }
}
