package org.palimpsest.ui.evaluation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// The evaluations of the project, the one that is shown, and the one that it is held against.
///
/// Confined to the interface's thread.
final class EvaluationHistory {
    /// A report of many images takes some megabytes.
    private static final int KEPT_REPORTS = 3;

    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final EvaluationDetails details;
    private final ObservableList<Shown> evaluations = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Shown>> shown =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Shown>> before =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<FigureRow> figures = FXCollections.observableArrayList();
    private final ObservableList<LabelRow> labels = FXCollections.observableArrayList();

    EvaluationHistory(SettingsStore settings, DialogService dialogs, TaskRunner tasks) {
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.details = new EvaluationDetails(tasks);
    }

    /// Forgets everything, as when another project is opened.
    void clear() {
        evaluations.clear();
        show(Optional.empty());
    }

    /// Shows what the project kept, with the reports that are still there.
    void list(List<Shown> kept) {
        var now = new ArrayList<Shown>();
        for (var one : kept) {
            now.add(
                    evaluations.stream()
                            .filter(old -> old.at().equals(one.at()))
                            .findFirst()
                            .orElse(one));
        }
        if (!now.equals(evaluations)) {
            var before = shown.get();
            evaluations.setAll(now);
            show(before.filter(now::contains).or(() -> now.stream().findFirst()));
        }
    }

    /// Adds an evaluation that was just made, and shows it.
    void add(Shown made) {
        var now = new ArrayList<Shown>();
        now.add(made);
        int reports = 1;
        for (var old : evaluations) {
            boolean tooMany = old.report().isPresent() && ++reports > KEPT_REPORTS;
            now.add(
                    tooMany
                            ? new Shown(old.at(), old.images(), old.figures(), Optional.empty())
                            : old);
        }
        evaluations.setAll(now);
        show(Optional.of(made));
    }

    /// Shows an evaluation, held against the last one of the same images before it.
    void show(Optional<Shown> wanted) {
        shown.set(wanted);
        before.set(
                wanted.flatMap(now ->
                        evaluations.stream()
                                .filter(old -> now.isComparable(old) && old.at().isBefore(now.at()))
                                .findFirst()));
        details.show(wanted.flatMap(Shown::report));
        fill();
    }

    /// Holds what is shown against another evaluation, or against none.
    void compareWith(Optional<Shown> other) {
        if (!other.equals(before.get())) {
            before.set(other);
            fill();
        }
    }

    private void fill() {
        var old = before.get().map(Shown::figures);
        figures.setAll(shown.get().map(now -> FigureRow.of(now.figures(), old)).orElse(List.of()));
        labels.setAll(shown.get().map(now -> LabelRow.of(now.figures(), old)).orElse(List.of()));
    }

    /// Writes what is shown as a table for other programs.
    void exportCsv() {
        shown.get().ifPresent(now -> export(".csv", EvaluationText.csv(now.figures())));
    }

    /// Writes what is shown as JSON, as the command `evaluate --json` does.
    void exportJson() {
        shown.get().ifPresent(now -> export(".json", now.figures().toJson() + "\n"));
    }

    private void export(String ending, String text) {
        dialogs.chooseTarget(
                        Texts.get("evaluation.export.title"),
                        settings.settings().exportFolder(),
                        "evaluation" + ending,
                        ending)
                .ifPresent(file ->
                        tasks.<Path>run(
                                Texts.get("evaluation.job.export"),
                                _ -> {
                                    AtomicFiles.writeReplaceable(
                                            file, text.getBytes(StandardCharsets.UTF_8));
                                    return file;
                                },
                                written ->
                                        dialogs.notify(
                                                Texts.get(
                                                        "evaluation.exported",
                                                        String.valueOf(written.getFileName()))),
                                dialogs::show));
    }

    /// What is shown, to be pasted elsewhere.
    String text() {
        return shown.get().map(now -> EvaluationText.plain(now, before.get())).orElse("");
    }

    EvaluationDetails details() {
        return details;
    }

    /// The evaluations of the project, the latest first.
    ObservableList<Shown> evaluations() {
        return evaluations;
    }

    ReadOnlyObjectProperty<Optional<Shown>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Shown>> beforeProperty() {
        return before.getReadOnlyProperty();
    }

    ObservableList<FigureRow> figures() {
        return figures;
    }

    ObservableList<LabelRow> labels() {
        return labels;
    }
}
