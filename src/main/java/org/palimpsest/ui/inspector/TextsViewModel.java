package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.PhraseLink;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ListDifference;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// What is written about the image on the screen: captions, answers, the text in it; and which of their phrases name which
/// objects.
///
/// One text is open. It stays so while objects are selected, so that words and objects can be brought together.
///
/// Confined to the interface's thread.
public final class TextsViewModel implements ViewModel {
    /// A text that is not written yet.
    ///
    /// @param prompt what it will answer
    public record Draft(TextKind kind, String prompt) {}

    /// Words that wait for the object they name.
    public record Linking(int start, int end, String words) {}

    private final Workspace workspace;
    private final DialogService dialogs;
    private final ObservableList<TextAnnotation> texts = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<TextAnnotation> visibleTexts =
            FXCollections.unmodifiableObservableList(texts);
    private final ReadOnlyObjectWrapper<Optional<TextAnnotation>> open =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Draft>> draft =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Linking>> linking =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Language> language = new SimpleObjectProperty<>(Language.ENGLISH);
    private final ObservableBooleanValue hasImage;
    private @Nullable AnnotationId openId;

    public TextsViewModel(Workspace workspace, DialogService dialogs) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        hasImage = workspace.currentProperty().isNotNull();
        workspace.currentProperty().addListener(_ -> refresh());
        workspace.currentImageProperty().addListener(_ -> forget());
        workspace.selectionProperty().addListener((_, _, ids) -> selected(ids));
        refresh();
    }

    private void forget() {
        openId = null;
        draft.set(Optional.empty());
        linking.set(Optional.empty());
        showOpen();
    }

    private void refresh() {
        var image = workspace.current();
        ListDifference.update(texts, image == null ? List.of() : image.texts());
        showOpen();
    }

    private void showOpen() {
        open.set(texts.stream().filter(text -> text.id().equals(openId)).findFirst());
    }

    private void selected(Set<AnnotationId> ids) {
        var image = workspace.current();
        if (image == null || ids.size() != 1) {
            return;
        }
        switch (image.find(ids.iterator().next()).orElse(null)) {
            case TextAnnotation text -> open(text.id());
            case ObjectAnnotation object -> linking.get().ifPresent(_ -> linkTo(object.id()));
            case null -> {}
        }
    }

    /// Opens a text for editing.
    public void open(AnnotationId id) {
        if (!id.equals(openId)) {
            linking.set(Optional.empty());
            draft.set(Optional.empty());
            openId = id;
            showOpen();
        }
    }

    /// Opens a text and selects it, so that it can be accepted, rejected and deleted by key.
    public void choose(AnnotationId id) {
        open(id);
        workspace.select(Set.of(id));
    }

    /// Begins a text of this kind; asks for the question that it answers, or takes the object that is selected.
    public void begin(TextKind kind) {
        if (workspace.current() == null) {
            return;
        }
        var question = "";
        if (kind == TextKind.ANSWER) {
            var asked =
                    dialogs.askForText(
                                    Texts.get("inspector.question"),
                                    Texts.get("inspector.question.ask"),
                                    "")
                            .map(typed -> typed.strip().replaceAll("\\s+", " "));
            if (asked.isEmpty() || asked.get().isEmpty()) {
                return;
            }
            question = asked.get();
        }
        if (kind == TextKind.EXPRESSION && selectedObject().isEmpty()) {
            dialogs.notify(Texts.get("inspector.expression.noObject"));
            return;
        }
        openId = null;
        showOpen();
        linking.set(Optional.empty());
        draft.set(Optional.of(new Draft(kind, kind.prompt(language.get(), question))));
    }

    private Optional<ObjectAnnotation> selectedObject() {
        var image = workspace.current();
        return image == null || workspace.selection().size() != 1
                ? Optional.empty()
                : image.find(workspace.selection().iterator().next())
                        .filter(ObjectAnnotation.class::isInstance)
                        .map(ObjectAnnotation.class::cast);
    }

    /// Keeps what was written: as the new text that was begun, or in the place of what the open text said.
    public void write(String typed) {
        var words = typed.strip();
        var image = workspace.current();
        if (image == null || words.isEmpty()) {
            return;
        }
        if (draft.get().isPresent()) {
            add(draft.get().get(), words);
        } else {
            open.get()
                    .filter(text -> !text.text().equals(words))
                    .ifPresent(text -> change(text, workspace.rewritten(text, words), "rewrite"));
        }
    }

    private void add(Draft begun, String words) {
        var image = workspace.current();
        if (image == null) {
            return;
        }
        var text = TextAnnotation.of(begun.prompt(), words, workspace.drawnNow());
        if (begun.kind() == TextKind.EXPRESSION) {
            var object = selectedObject();
            if (object.isEmpty()) {
                dialogs.notify(Texts.get("inspector.expression.noObject"));
                return;
            }
            text = text.referringTo(object.get().id());
        }
        draft.set(Optional.empty());
        openId = text.id();
        workspace.apply(
                new EditGroup(
                        Texts.get("inspector.step.addText", begun.kind().title()),
                        List.of(AddAnnotations.onTopOf(image, List.of(text)))));
    }

    /// Leaves the text that was begun unwritten.
    public void giveUpDraft() {
        draft.set(Optional.empty());
    }

    /// Takes words of the open text; the object that is selected next is what they name. If one is selected already, it is
    /// that one.
    public void link(int start, int end) {
        var text = open.get();
        if (text.isEmpty() || start < 0 || end <= start || end > text.get().text().length()) {
            return;
        }
        var trimmed = trimmed(text.get().text(), start, end);
        if (trimmed.words().isEmpty()) {
            return;
        }
        linking.set(Optional.of(trimmed));
        selectedObject().ifPresent(object -> linkTo(object.id()));
    }

    /// Blanks around the words belong to no phrase.
    private static Linking trimmed(String text, int start, int end) {
        int first = start;
        int last = end;
        while (first < last && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return new Linking(first, last, text.substring(first, last));
    }

    private void linkTo(AnnotationId object) {
        var words = linking.get();
        var text = open.get();
        linking.set(Optional.empty());
        if (words.isEmpty() || text.isEmpty()) {
            return;
        }
        var added = new PhraseLink(words.get().start(), words.get().end(), object);
        var links = new ArrayList<PhraseLink>();
        for (var link : text.get().links()) {
            boolean apart = link.end() <= added.start() || link.start() >= added.end();
            if (apart) {
                links.add(link);
            }
        }
        links.add(added);
        links.sort(Comparator.comparingInt(PhraseLink::start));
        change(text.get(), text.get().withLinks(links), "link");
    }

    /// No object is looked for any more.
    public void giveUpLinking() {
        linking.set(Optional.empty());
    }

    /// Takes the ties of all phrases away that these characters of the open text touch.
    public void unlink(int start, int end) {
        open.get()
                .ifPresent(text ->
                        change(
                                text,
                                text.withLinks(
                                        text.links().stream()
                                                .filter(link ->
                                                        link.end() < start || link.start() > end)
                                                .toList()),
                                "unlink"));
    }

    /// Takes the tie between a phrase of the open text and its object away.
    public void unlink(PhraseLink link) {
        open.get()
                .ifPresent(text ->
                        change(
                                text,
                                text.withLinks(
                                        text.links().stream()
                                                .filter(one -> !one.equals(link))
                                                .toList()),
                                "unlink"));
    }

    /// Selects the object that a phrase names.
    public void show(PhraseLink link) {
        var image = workspace.current();
        if (image != null && image.find(link.object()).isPresent()) {
            workspace.select(Set.of(link.object()));
        }
    }

    /// Makes the open text again what it was before a person rewrote it.
    public void restore() {
        open.get()
                .ifPresent(text ->
                        Reviews.original(text)
                                .ifPresent(original -> change(text, original, "restore")));
    }

    public void delete() {
        var image = workspace.current();
        if (image != null && open.get().isPresent()) {
            workspace.apply(RemoveAnnotations.from(image, Set.of(open.get().get().id())));
        }
    }

    private void change(TextAnnotation before, Annotation after, String what) {
        var image = workspace.current();
        if (image != null) {
            var title = Texts.get("inspector.step." + what, TextKind.describe(before.prompt()));
            Reviews.change(image, List.of(before), _ -> after, title).ifPresent(workspace::apply);
        }
    }

    /// 0xRRGGBB: the colour of the object that a phrase names; empty where the object is gone.
    Optional<Integer> color(PhraseLink link) {
        var image = workspace.current();
        return image == null
                ? Optional.empty()
                : image.find(link.object())
                        .filter(ObjectAnnotation.class::isInstance)
                        .map(object -> workspace.color(((ObjectAnnotation) object).label()));
    }

    /// The label of the object that a phrase names; empty where the object is gone.
    String label(PhraseLink link) {
        var image = workspace.current();
        return image != null
                        && image.find(link.object()).orElse(null) instanceof ObjectAnnotation object
                ? object.label()
                : "";
    }

    /// The texts of the image; not to be changed.
    public ObservableList<TextAnnotation> texts() {
        return visibleTexts;
    }

    /// The text that is being looked at; empty where none is.
    public ReadOnlyObjectProperty<Optional<TextAnnotation>> openProperty() {
        return open.getReadOnlyProperty();
    }

    /// The text that was begun; empty where none was.
    public ReadOnlyObjectProperty<Optional<Draft>> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    /// The words whose object is to be selected next; empty where there are none.
    public ReadOnlyObjectProperty<Optional<Linking>> linkingProperty() {
        return linking.getReadOnlyProperty();
    }

    /// The language of the next text.
    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    public ObservableBooleanValue hasImageProperty() {
        return hasImage;
    }
}
