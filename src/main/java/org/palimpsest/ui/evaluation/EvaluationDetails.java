package org.palimpsest.ui.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.batch.EvaluationReport;
import org.palimpsest.batch.ImageResult;
import org.palimpsest.batch.ObjectFigures;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.evaluation.detection.PrecisionCurve;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// What an evaluation found beyond its figures: curves, which label was taken for which, and the images, the worst first.
///
/// Confined to the interface's thread.
final class EvaluationDetails {
    /// The name of the mean over all labels in [#labels()].
    static final String ALL_LABELS = "";

    private final TaskRunner tasks;
    private final ReadOnlyObjectWrapper<Optional<EvaluationReport>> report =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<OverlapKind> kinds = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<OverlapKind>> kind =
            new SimpleObjectProperty<>(Optional.empty());
    private final ObservableList<String> labels = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<List<PrecisionCurve>> curves =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper curveWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<ConfusionGrid>> confusion =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Cell>> cell =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<ImageResult> images = FXCollections.observableArrayList();
    private List<ImageResult> worstFirst = List.of();
    private String label = ALL_LABELS;
    private int round;

    EvaluationDetails(TaskRunner tasks) {
        this.tasks = tasks;
        kind.addListener(_ -> showKind());
    }

    /// Shows what was found, or nothing where that is not known any more.
    void show(Optional<EvaluationReport> found) {
        int asked = ++round;
        report.set(found);
        kinds.setAll(
                found.stream()
                        .flatMap(one -> one.objects().stream())
                        .map(ObjectFigures::kind)
                        .toList());
        if (kind.get().filter(kinds::contains).isEmpty()) {
            kind.set(kinds.stream().findFirst());
        }
        showKind();
        worstFirst = List.of();
        showAllImages();
        found.ifPresent(one ->
                tasks.run(
                        Texts.get("evaluation.job.sort"),
                        _ -> one.results().stream().sorted(ImageResult.WORST_FIRST).toList(),
                        sorted -> {
                            if (asked == round) {
                                worstFirst = sorted;
                                images.setAll(sorted);
                            }
                        },
                        _ -> {}));
    }

    private Optional<ObjectFigures> figures() {
        return report.get().flatMap(found -> kind.get().flatMap(found::objects));
    }

    private void showKind() {
        var names = new ArrayList<String>();
        figures()
                .filter(found -> !found.curves().isEmpty())
                .ifPresent(found -> {
                    names.add(ALL_LABELS);
                    names.addAll(found.curves().keySet());
                });
        labels.setAll(names);
        confusion.set(figures().map(found -> new ConfusionGrid(found.confusion())));
        showCurve(names.contains(label) ? label : ALL_LABELS);
        if (cell.get().isPresent()) {
            showAllImages();
        }
    }

    /// Shows the curves of a label, or of all together.
    void showCurve(String name) {
        label = name;
        var found = figures();
        if (found.isEmpty()) {
            curves.set(List.of());
            curveWords.set("");
            return;
        }
        var now =
                name.equals(ALL_LABELS)
                        ? found.get().meanCurves()
                        : found.get().curves().getOrDefault(name, List.of());
        curveWords.set(
                now.isEmpty()
                        ? ""
                        : Texts.get(
                                "evaluation.curve.words",
                                title(name),
                                now.getFirst().averagePrecision(),
                                now.getLast().averagePrecision(),
                                now.getFirst().precision().get(50),
                                now.getFirst().recall()));
        curves.set(now);
    }

    static String title(String label) {
        return label.equals(ALL_LABELS) ? Texts.get("evaluation.curve.all") : label;
    }

    /// The average precision of a label's curve at an overlap of 0.5.
    double averagePrecision(String name) {
        var found = figures();
        if (found.isEmpty()) {
            return Double.NaN;
        }
        var now =
                name.equals(ALL_LABELS)
                        ? found.get().meanCurves()
                        : found.get().curves().getOrDefault(name, List.of());
        return now.isEmpty() ? Double.NaN : now.getFirst().averagePrecision();
    }

    /// Shows only the images behind a cell of the matrix.
    void showImages(Cell meant) {
        var compared = kind.get();
        if (compared.isEmpty()) {
            return;
        }
        cell.set(Optional.of(meant));
        images.setAll(
                worstFirst.stream()
                        .filter(result ->
                                result.outcomes(compared.get()).stream()
                                        .anyMatch(outcome ->
                                                outcome.actual().equals(meant.actual())
                                                        && outcome.predicted()
                                                                .equals(meant.predicted())))
                        .toList());
    }

    void showAllImages() {
        cell.set(Optional.empty());
        images.setAll(worstFirst);
    }

    ReadOnlyObjectProperty<Optional<EvaluationReport>> reportProperty() {
        return report.getReadOnlyProperty();
    }

    /// Whether boxes or masks are looked at, where both were compared.
    ObservableList<OverlapKind> kinds() {
        return kinds;
    }

    ObjectProperty<Optional<OverlapKind>> kindProperty() {
        return kind;
    }

    /// Those that have a curve, [#ALL_LABELS] first.
    ObservableList<String> labels() {
        return labels;
    }

    String label() {
        return label;
    }

    ReadOnlyObjectProperty<List<PrecisionCurve>> curvesProperty() {
        return curves.getReadOnlyProperty();
    }

    /// The curves in a sentence.
    ReadOnlyStringProperty curveWordsProperty() {
        return curveWords.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<ConfusionGrid>> confusionProperty() {
        return confusion.getReadOnlyProperty();
    }

    /// The cell whose images are shown; empty where all are.
    ReadOnlyObjectProperty<Optional<Cell>> cellProperty() {
        return cell.getReadOnlyProperty();
    }

    ObservableList<ImageResult> images() {
        return images;
    }
}
