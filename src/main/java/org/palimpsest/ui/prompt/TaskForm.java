package org.palimpsest.ui.prompt;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;

/// The fields of a task, and the prompt that they make. A prompt that the person writes fills the fields.
///
/// Confined to the interface's thread.
final class TaskForm {
    private final ObjectProperty<TaskKind> kind = new SimpleObjectProperty<>(TaskKind.DETECT);
    private final ObservableList<String> labels = FXCollections.observableArrayList();
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<Language> language = new SimpleObjectProperty<>(Language.ENGLISH);
    private final Map<TaskKind, String> texts = new EnumMap<>(TaskKind.class);
    private final StringBinding missing;
    private final ObjectBinding<Optional<Task>> task;
    private final StringBinding prompt;

    TaskForm() {
        kind.addListener((_, before, after) -> swapText(before, after));
        missing =
                Bindings.createStringBinding(
                        () -> kind.get().missing(labels, text.get()).orElse(""),
                        kind,
                        labels,
                        text);
        task =
                Bindings.createObjectBinding(
                        () ->
                                missing.get().isEmpty()
                                        ? Optional.of(
                                                kind.get().task(labels, language.get(), text.get()))
                                        : Optional.empty(),
                        missing,
                        kind,
                        labels,
                        text,
                        language);
        prompt = Bindings.createStringBinding(() -> task.get().map(Task::prompt).orElse(""), task);
    }

    private void swapText(TaskKind before, TaskKind after) {
        texts.put(before, text.get());
        text.set(texts.getOrDefault(after, ""));
    }

    /// Fills the fields with what a prompt says.
    void use(String written) {
        var asked = Task.parse(written.strip());
        kind.set(TaskKind.of(asked));
        switch (asked) {
            case Task.Detect(var names) -> labels.setAll(names);
            case Task.Segment(var names) -> labels.setAll(names);
            case Task.Caption(var wanted) -> language.set(wanted);
            case Task.ShortCaption(var wanted) -> language.set(wanted);
            case Task.Describe(var wanted) -> language.set(wanted);
            case Task.ReadText() -> {}
            case Task.Answer(var wanted, var question) -> {
                language.set(wanted);
                text.set(question);
            }
            case Task.Ask(var wanted, var answer) -> {
                language.set(wanted);
                text.set(answer);
            }
            case Task.FreeForm(var free) -> text.set(free);
        }
    }

    ObjectProperty<TaskKind> kindProperty() {
        return kind;
    }

    ObservableList<String> labels() {
        return labels;
    }

    StringProperty textProperty() {
        return text;
    }

    ObjectProperty<Language> languageProperty() {
        return language;
    }

    List<Language> languages() {
        return List.of(Language.values());
    }

    /// What is missing or wrong, in words; empty if the task can be asked.
    StringBinding missingProperty() {
        return missing;
    }

    ObjectBinding<Optional<Task>> taskProperty() {
        return task;
    }

    /// The prompt exactly as the model gets it; empty while something is missing.
    StringBinding promptProperty() {
        return prompt;
    }
}
