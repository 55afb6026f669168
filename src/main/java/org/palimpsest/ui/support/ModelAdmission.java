package org.palimpsest.ui.support;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.modelstore.ModelTerms;
import org.palimpsest.settings.SettingsStore;

/// The one way to a model that a person chose: where it has terms that were not agreed to yet, they are shown on the page of
/// models, and nothing happens before the person agrees.
///
/// Confined to the interface's thread.
public final class ModelAdmission {
    private final SettingsStore settings;
    private final TaskRunner tasks;
    private final DialogService dialogs;
    private final Pages pages;
    private final Path bundledModel;
    private final ReadOnlyObjectWrapper<Optional<Question>> question =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    /// What the person is asked.
    ///
    /// @param folder of the model or the adapter
    public record Question(Path folder, ModelTerms terms, Runnable whenAgreed) {}

    private record Asked(Path folder, ModelTerms terms) {}

    public ModelAdmission(
            SettingsStore settings,
            TaskRunner tasks,
            DialogService dialogs,
            Pages pages,
            Path bundledModel) {
        this.settings = settings;
        this.tasks = tasks;
        this.dialogs = dialogs;
        this.pages = pages;
        this.bundledModel = bundledModel;
    }

    /// Goes on as soon as the person may use the model and its adapter.
    public void admit(ModelChoice choice, Runnable then) {
        if (choice.equals(ModelChoice.of(bundledModel))) {
            then.run();
            return;
        }
        tasks.<Optional<Asked>>run(
                Texts.get("models.job.terms"),
                _ -> terms(choice),
                asked -> {
                    if (asked.isEmpty() || isAgreed(asked.get().terms())) {
                        then.run();
                    } else {
                        question.set(
                                Optional.of(
                                        new Question(
                                                asked.get().folder(), asked.get().terms(), then)));
                        pages.open(Page.MODELS);
                    }
                },
                dialogs::show);
    }

    private Optional<Asked> terms(ModelChoice choice) {
        var folder = choice.folder();
        var ofModel =
                folder.equals(bundledModel)
                        ? Optional.<Asked>empty()
                        : ModelTerms.of(folder).map(terms -> new Asked(folder, terms));
        return ofModel.or(() ->
                choice.adapter()
                        .flatMap(adapter ->
                                ModelTerms.of(adapter).map(terms -> new Asked(adapter, terms))));
    }

    private boolean isAgreed(ModelTerms terms) {
        return settings.settings().models().acceptedTerms().contains(terms.key());
    }

    /// Remembers that the person agreed, and goes on.
    public void agree() {
        var asked = question.get();
        question.set(Optional.empty());
        asked.ifPresent(one ->
                tasks.<Boolean>run(
                        Texts.get("models.job.terms"),
                        _ -> {
                            settings.update(now ->
                                    now.withModels(
                                            now.models().withAcceptedTerms(one.terms().key())));
                            return true;
                        },
                        _ -> one.whenAgreed().run(),
                        dialogs::show));
    }

    /// Leaves everything as it was.
    public void decline() {
        question.set(Optional.empty());
    }

    /// The terms that wait for an answer.
    public ReadOnlyObjectProperty<Optional<Question>> questionProperty() {
        return question.getReadOnlyProperty();
    }
}
