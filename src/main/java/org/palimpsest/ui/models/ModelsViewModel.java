package org.palimpsest.ui.models;

import de.saxsys.mvvmfx.ViewModel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.diagnosis.Memories;
import org.palimpsest.diagnosis.MemoryFit;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelCard;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelState;
import org.palimpsest.modelstore.AdapterFolder;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.models.ModelLine.Kind;
import org.palimpsest.ui.models.ModelLine.Look;
import org.palimpsest.ui.models.ModelLine.Usage;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ModelAdmission;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// The models and adapters that the program knows of, what is known of each, and what can be done with it.
///
/// Confined to the interface's thread.
public final class ModelsViewModel implements ViewModel {
    private final InferenceService inference;
    private final ModelUse use;
    private final ModelAdmission admission;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final Supplier<Memories> memories;
    private final ModelTester tester;

    private final ObservableList<ModelLine> lines = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<ModelLine>> selected =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Path>> adapter =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> misfit =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Trial> trial =
            new ReadOnlyObjectWrapper<>(new Trial.None());
    private final BooleanProperty catalogue = new SimpleBooleanProperty();
    private final Trials trials;

    public ModelsViewModel(
            InferenceService inference,
            ModelUse use,
            ModelAdmission admission,
            Pages pages,
            DialogService dialogs,
            TaskRunner tasks,
            Probes probes) {
        this.inference = inference;
        this.use = use;
        this.admission = admission;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.memories = probes.memories();
        this.tester = probes.tester();
        this.trials = new Trials(tasks, this::showTrial);
        inference.onModelState(state -> tasks.onInterface(() -> look(state)));
        pages.openProperty()
                .addListener((_, _, open) -> {
                    if (open.equals(Optional.of(Page.MODELS))) {
                        refresh();
                    }
                });
        admission
                .questionProperty()
                .addListener((_, _, asked) -> asked.ifPresent(one -> catalogue.set(false)));
    }

    /// What the page asks of the computer; replaced in tests.
    ///
    /// @param memories those of this computer now
    public record Probes(Supplier<Memories> memories, ModelTester tester) {
        public static final Probes REAL = new Probes(Memories::now, ModelTester.REAL);
    }

    /// Looks into every folder again, in the background.
    public void refresh() {
        var kept = new HashMap<Path, Look>();
        lines.forEach(line -> kept.put(line.folder(), line.look()));
        lines.setAll(
                wanted().stream()
                        .map(line -> line.with(kept.getOrDefault(line.folder(), line.look())))
                        .map(line -> line.with(usage(line)))
                        .toList());
        select(selected.get().map(ModelLine::folder).orElseGet(this::inUse));
        for (var line : List.copyOf(lines)) {
            read(line);
        }
    }

    private Path inUse() {
        return use.chosen().map(ModelChoice::folder).orElse(use.bundledModel());
    }

    private List<ModelLine> wanted() {
        var settings = use.settings();
        var models = new LinkedHashSet<Path>();
        settings.modelFolder().ifPresent(models::add);
        models.addAll(settings.models().folders());
        models.remove(use.bundledModel());
        var adapters = new LinkedHashSet<Path>();
        settings.adapter().ifPresent(adapters::add);
        adapters.addAll(settings.models().adapters());
        var wanted = new ArrayList<ModelLine>();
        wanted.add(new ModelLine(use.bundledModel(), Kind.BUNDLED));
        models.forEach(folder -> wanted.add(new ModelLine(folder, Kind.MODEL)));
        adapters.forEach(folder -> wanted.add(new ModelLine(folder, Kind.ADAPTER)));
        return wanted;
    }

    private void read(ModelLine line) {
        var folder = line.folder();
        var chosen = use.chosen();
        tasks.<Look>run(
                Texts.get("models.job.read"),
                _ ->
                        line.isAdapter()
                                ? ModelReader.adapter(folder, chosen)
                                : ModelReader.model(folder, memories.get()),
                look -> change(folder, now -> now.with(look)),
                dialogs::show);
    }

    private void look(ModelState state) {
        for (var line : List.copyOf(lines)) {
            change(line.folder(), now -> now.with(usage(now)));
        }
        // What is free has changed, and adapters are held against another model.
        if (state instanceof ModelState.Ready && !lines.isEmpty()) {
            refresh();
        }
    }

    private Usage usage(ModelLine line) {
        var state = inference.modelState();
        return switch (state) {
            case ModelState.None _ -> new Usage.None();
            case ModelState.Opening(var folder, _) ->
                    isMeant(line, folder) ? new Usage.Loading() : new Usage.None();
            case ModelState.Ready(var card) -> {
                boolean used =
                        line.isAdapter()
                                ? card.adapter().equals(Optional.of(line.folder()))
                                : card.folder().equals(line.folder());
                yield used ? new Usage.Used(isProcessor(card)) : new Usage.None();
            }
            case ModelState.Broken(var folder, var problem) ->
                    isMeant(line, folder) ? new Usage.Failed(problem) : new Usage.None();
        };
    }

    private static boolean isProcessor(ModelCard card) {
        return card.device().toLowerCase(Locale.ROOT).startsWith("cpu");
    }

    private boolean isMeant(ModelLine line, Path folder) {
        return line.isAdapter()
                ? use.chosen().flatMap(ModelChoice::adapter).equals(Optional.of(line.folder()))
                : folder.equals(line.folder());
    }

    private void change(Path folder, UnaryOperator<ModelLine> change) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.folder().equals(folder)) {
                var changed = change.apply(line);
                if (!changed.equals(line)) {
                    lines.set(i, changed);
                    if (selected.get().filter(one -> one.folder().equals(folder)).isPresent()) {
                        selected.set(Optional.of(changed));
                    }
                }
            }
        }
    }

    /// Shows what is known of one of them.
    public void select(Path folder) {
        var found = lines.stream().filter(line -> line.folder().equals(folder)).findFirst();
        boolean other = !found.map(ModelLine::folder).equals(selected.get().map(ModelLine::folder));
        selected.set(found);
        trial.set(trials.of(folder));
        if (other) {
            var now = use.chosen().filter(one -> one.folder().equals(folder));
            chooseAdapter(now.flatMap(ModelChoice::adapter));
        }
    }

    /// Chooses the adapter that the selected model is used and tried with.
    void chooseAdapter(Optional<Path> wanted) {
        adapter.set(wanted);
        misfit.set(Optional.empty());
        if (wanted.isEmpty() || selected.get().isEmpty()) {
            return;
        }
        var model = selected.get().get().folder();
        tasks.<Optional<Problem>>run(
                Texts.get("models.job.read"),
                _ -> ModelReader.misfit(wanted.get(), model),
                found -> {
                    if (adapter.get().equals(wanted)) {
                        misfit.set(found);
                    }
                },
                dialogs::show);
    }

    /// The adapters that a model can be used with.
    List<Path> adapters() {
        return lines.stream().filter(ModelLine::isAdapter).map(ModelLine::folder).toList();
    }

    private Optional<ModelChoice> choice() {
        return selected.get()
                .flatMap(line ->
                        line.isAdapter()
                                ? use.chosen()
                                        .map(now -> now.withAdapter(Optional.of(line.folder())))
                                : Optional.of(new ModelChoice(line.folder(), adapter.get())));
    }

    /// Whether the selected one could be used, as far as is known.
    boolean isUsable() {
        return misfit.get().isEmpty() && selected.get().filter(ModelLine::isUsable).isPresent();
    }

    /// Whether the selected one, with the chosen adapter, is what answers already.
    boolean isInUse() {
        return choice().isPresent()
                && choice().equals(use.chosen())
                && selected.get().filter(ModelLine::isInUse).isPresent();
    }

    /// Uses the selected model from now on, or the model in use with the selected adapter.
    void use() {
        boolean tooLarge =
                selected.get()
                        .flatMap(ModelLine::verdict)
                        .filter(MemoryFit.Verdict.TOO_LARGE::equals)
                        .isPresent();
        if (choice().isPresent()
                && (!tooLarge
                        || dialogs.confirm(
                                Texts.get("models.tooLarge.title"),
                                Texts.get("models.tooLarge.question"),
                                Texts.get("models.tooLarge.use")))) {
            use.use(choice().get());
        }
    }

    /// Asks for the folder of a model or an adapter and adds it to the list.
    void add(boolean wantsAdapter) {
        dialogs.chooseFolder(
                        Texts.get(wantsAdapter ? "prompt.adapter.choose" : "shell.choose.model"),
                        use.settings().modelFolder().map(Path::getParent))
                .ifPresent(folder ->
                        tasks.<Boolean>run(
                                Texts.get("models.job.read"),
                                _ -> AdapterFolder.isOne(folder) && !hasConfig(folder),
                                isAdapter -> add(folder, isAdapter || wantsAdapter),
                                dialogs::show));
    }

    private static boolean hasConfig(Path folder) {
        return Files.exists(folder.resolve("config.json"));
    }

    private void add(Path folder, boolean isAdapter) {
        catalogue.set(false);
        use.remember(
                folder,
                isAdapter,
                () -> {
                    refresh();
                    select(folder);
                });
    }

    /// Takes the selected one out of the list; its files stay.
    void takeOut() {
        var line = selected.get();
        if (line.isEmpty() || line.get().kind() == Kind.BUNDLED || line.get().isInUse()) {
            return;
        }
        var folder = line.get().folder();
        use.forget(
                folder,
                () -> {
                    selected.set(Optional.empty());
                    refresh();
                    dialogs.notify(Texts.get("models.takenOut", line.get().name()));
                });
    }

    void openFolder() {
        selected.get().ifPresent(line -> dialogs.showFolder(line.folder()));
    }

    void openPage(URI page) {
        dialogs.openPage(page);
    }

    /// Loads the selected model, asks it one question and closes it, once its terms were agreed to.
    void test() {
        choice().ifPresent(wanted ->
                admission.admit(
                        wanted,
                        () ->
                                trials.begin(
                                        selectedFolder(wanted),
                                        false,
                                        progress ->
                                                new Trial.Answered(
                                                        tester.load(wanted, progress)))));
    }

    private Path selectedFolder(ModelChoice wanted) {
        return selected.get().map(ModelLine::folder).orElse(wanted.folder());
    }

    /// Reads all weights of the selected model.
    void check() {
        selected.get()
                .ifPresent(line ->
                        trials.begin(
                                line.folder(),
                                true,
                                progress ->
                                        new Trial.Checked(tester.check(line.folder(), progress))));
    }

    /// Stops the test or the check.
    void stop() {
        trials.stop();
    }

    private void showTrial(Path folder) {
        if (selected.get().filter(line -> line.folder().equals(folder)).isPresent()) {
            trial.set(trials.of(folder));
        }
    }

    ObservableList<ModelLine> lines() {
        return lines;
    }

    ReadOnlyObjectProperty<Optional<ModelLine>> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Path>> adapterProperty() {
        return adapter.getReadOnlyProperty();
    }

    /// Why the chosen adapter cannot be used with the selected model.
    ReadOnlyObjectProperty<Optional<Problem>> misfitProperty() {
        return misfit.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Trial> trialProperty() {
        return trial.getReadOnlyProperty();
    }

    /// Whether the official checkpoints are shown in place of the selected one.
    BooleanProperty catalogueProperty() {
        return catalogue;
    }

    ReadOnlyObjectProperty<Optional<ModelAdmission.Question>> questionProperty() {
        return admission.questionProperty();
    }

    void agree() {
        admission.agree();
    }

    void decline() {
        admission.decline();
    }
}
