package org.palimpsest.ui.label;

import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ListDifference;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The labels of the project in their order, with their keys and counts; choosing one gives it to what is selected, else
/// to what is drawn next.
///
/// Confined to the interface's thread.
public final class LabelViewModel implements ViewModel {
    private final Workspace workspace;
    private final DialogService dialogs;
    private final LabelCounts counts;
    private final ObservableList<LabelLine> lines = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<LabelLine> visibleLines =
            FXCollections.unmodifiableObservableList(lines);
    private final StringProperty words = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<Label>> marked =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private String markedName = "";

    public LabelViewModel(Workspace workspace, DialogService dialogs) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        counts = new LabelCounts(workspace, this::refresh);
        workspace.labelsProperty().addListener(_ -> refresh());
        workspace.currentLabelProperty().addListener(_ -> refresh());
        words.addListener(_ -> refresh());
        refresh();
    }

    /// The colour in which a label is shown.
    int color(String label) {
        return workspace.color(label);
    }

    /// Whether labels are shown in the safe colours.
    ReadOnlyBooleanProperty safeColorsProperty() {
        return workspace.labelColors().safeProperty();
    }

    @SuppressWarnings("NullAway") // counts is made first, and calls back while it is.
    private void refresh() {
        if (counts == null) {
            return;
        }
        var keys = LabelKeys.of(workspace.labels());
        var image = workspace.current();
        Map<String, LabelCheck> checks = image == null ? Map.of() : image.details().labelChecks();
        var typed = words.get().strip().toLowerCase(Locale.ROOT);
        var now = new ArrayList<LabelLine>();
        for (var label : workspace.labels().labels()) {
            if (typed.isEmpty() || isMeant(label, typed)) {
                now.add(
                        new LabelLine(
                                label,
                                keys.getOrDefault(label.name(), ""),
                                counts.here(label.name()),
                                counts.total(label.name()),
                                checks.get(label.name()) == LabelCheck.ABSENT,
                                label.name().equals(workspace.currentLabel())));
            }
        }
        ListDifference.update(lines, now);
        marked.set(workspace.labels().find(markedName));
    }

    private static boolean isMeant(Label label, String typed) {
        return label.name().toLowerCase(Locale.ROOT).contains(typed)
                || label.aliases().stream()
                        .anyMatch(alias -> alias.toLowerCase(Locale.ROOT).contains(typed));
    }

    /// Gives the label to the selected objects, as one step; where none is selected, to the next drawn one.
    public void choose(String label) {
        workspace.setCurrentLabel(label);
        mark(label);
        var image = workspace.current();
        if (image == null) {
            return;
        }
        List<ObjectAnnotation> chosen =
                image.objects().stream()
                        .filter(object ->
                                workspace.selection().contains(object.id())
                                        && !object.label().equals(label))
                        .toList();
        Reviews.change(
                        image,
                        chosen,
                        one -> renamed(one, label),
                        Texts.get("label.step.give", label, chosen.size()))
                .ifPresent(workspace::apply);
    }

    private Annotation renamed(Annotation annotation, String label) {
        return annotation instanceof ObjectAnnotation object
                ? workspace.renamed(object, label)
                : annotation;
    }

    /// Chooses the first label that is listed; where none is, makes one of what was typed.
    public void chooseTyped() {
        if (!words.get().isBlank()) {
            var typed = words.get();
            var exact = lines.stream().filter(line -> line.label().name().equals(typed.strip()));
            var first = exact.findFirst().or(() -> lines.stream().findFirst());
            words.set("");
            if (first.isPresent()) {
                choose(first.get().label().name());
            } else {
                add(typed).ifPresent(this::choose);
            }
        }
    }

    /// Adds a label at the end, in a colour that none has yet.
    ///
    /// @return its name; empty where that is no name
    public Optional<String> add(String typed) {
        var name = typed.strip().replaceAll("\\s+", " ");
        if (!Label.isName(name) || workspace.project().isEmpty()) {
            return Optional.empty();
        }
        var labels = workspace.labels();
        if (labels.find(name).isEmpty()) {
            workspace.apply(new ReplaceLabels(labels, labels.with(name)));
        }
        mark(name);
        return Optional.of(name);
    }

    /// Chooses the label of this digit, 0 to 9.
    ///
    /// @return whether there is one
    public boolean digit(int digit) {
        return key(Integer.toString(digit));
    }

    /// Chooses the label of this key, such as `1` or `q`.
    ///
    /// @return whether there is one
    public boolean key(String key) {
        var label = LabelKeys.label(workspace.labels(), key);
        label.ifPresent(this::choose);
        return label.isPresent();
    }

    /// Says that the label was looked for in the image on the screen and is not there, or takes that back.
    public void toggleAbsent(String label) {
        var image = workspace.current();
        if (image == null) {
            return;
        }
        if (counts.here(label) > 0) {
            dialogs.notify(Texts.get("label.absent.isThere", label));
            return;
        }
        workspace.changeDetails(details -> {
            var checks = new TreeMap<>(details.labelChecks());
            if (checks.get(label) == LabelCheck.ABSENT) {
                checks.remove(label);
            } else {
                checks.put(label, LabelCheck.ABSENT);
            }
            return details.withLabelChecks(checks);
        });
    }

    /// Shows the properties of this label.
    public void mark(String label) {
        markedName = label;
        marked.set(workspace.labels().find(label));
    }

    /// The labels whose name or alias contains what was typed; not to be changed.
    public ObservableList<LabelLine> lines() {
        return visibleLines;
    }

    public StringProperty wordsProperty() {
        return words;
    }

    /// The label whose properties are shown; empty where none is.
    public ReadOnlyObjectProperty<Optional<Label>> markedProperty() {
        return marked.getReadOnlyProperty();
    }

    /// How many objects of the project have this label.
    long total(String label) {
        return counts.total(label);
    }

    /// Counts anew, after labels were changed in many images.
    void countAgain() {
        counts.countAll();
    }
}
