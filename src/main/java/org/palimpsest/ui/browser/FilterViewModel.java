package org.palimpsest.ui.browser;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectFacets;
import org.palimpsest.project.SavedFilter;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Which images are looked through: the filter as text, which menus and charts change term by term, and the order.
///
/// While the text is no filter, the list stays as it was. Confined to the interface's thread.
public final class FilterViewModel implements ViewModel {
    private final Workspace workspace;
    private final DialogService dialogs;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<ImageFilter.Fault>> fault =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<ProjectFacets> facets =
            new ReadOnlyObjectWrapper<>(ProjectFacets.NONE);
    private final ReadOnlyObjectWrapper<List<SavedFilter>> saved =
            new ReadOnlyObjectWrapper<>(List.of());
    private boolean facetsAreOld;
    private boolean readingFacets;

    FilterViewModel(Workspace workspace, DialogService dialogs) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        text.addListener(_ -> fault.set(Optional.empty()));
        workspace.openProjectProperty().addListener(_ -> begin());
        workspace.onChange(_ -> facetsAreOld = true);
        workspace
                .images()
                .queryProperty()
                .addListener((_, _, asked) -> {
                    // Somebody else asked for other images: the text would lie.
                    if (!asked.filter().equals(parsed().orElse(asked.filter()))) {
                        text.set("");
                    }
                });
        begin();
    }

    private void begin() {
        text.set("");
        facets.set(ProjectFacets.NONE);
        saved.set(List.of());
        readingFacets = false;
        refreshFacets();
        workspace.read(
                Texts.get("browser.job.facets"),
                (project, _) -> SavedFilter.of(project),
                saved::set,
                dialogs::show);
    }

    private Optional<ImageFilter> parsed() {
        try {
            return Optional.of(ImageFilter.parse(text.get()));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// Looks for what the text says, or tells what is wrong with it.
    void search() {
        fault.set(ImageFilter.check(text.get()));
        var query = workspace.images().query();
        parsed().filter(filter -> !filter.equals(query.filter()))
                .ifPresent(filter -> workspace.images().ask(query.withFilter(filter)));
    }

    void clear() {
        text.set("");
        search();
    }

    private void change(UnaryOperator<FilterTerms> change) {
        text.set(change.apply(FilterTerms.of(text.get())).text());
        search();
    }

    /// Adds the value to `key:`, or takes it away.
    void toggle(String key, String value) {
        change(terms -> terms.withToggled(key, value));
    }

    /// Adds the term, or takes it away.
    void toggleTerm(String term) {
        change(terms -> terms.withToggled(term));
    }

    /// Puts the term in the place of others of that name, or takes it away.
    void toggleOnly(String name, String term) {
        change(terms -> terms.withOnly(name, term));
    }

    boolean hasTerm(String term) {
        return FilterTerms.of(text.get()).has(term);
    }

    /// The values that `key:` has now.
    Set<String> values(String key) {
        return FilterTerms.of(text.get()).values(key);
    }

    void sort(ImageOrder order, boolean descending) {
        var query = workspace.images().query();
        // By likeness is asked anew each time: the image on the screen is another one.
        if (order == ImageOrder.SIMILARITY || !query.withOrder(order, descending).equals(query)) {
            workspace.images().ask(query.withOrder(order, descending));
        }
    }

    ImageOrder order() {
        return workspace.images().query().order();
    }

    boolean isDescending() {
        return workspace.images().query().descending();
    }

    /// What could be written at the caret.
    List<FilterHints.Hint> hints(int caret) {
        return FilterHints.at(
                text.get(),
                Math.clamp(caret, 0, text.get().length()),
                workspace.labels(),
                facets.get());
    }

    List<String> labels() {
        return workspace.labels().names();
    }

    /// Keeps the filter under a name that is asked for.
    void save() {
        if (text.get().isBlank() || ImageFilter.check(text.get()).isPresent()) {
            return;
        }
        dialogs.askForText(
                        Texts.get("browser.saveFilter"), Texts.get("browser.saveFilter.name"), "")
                .filter(name -> !name.isBlank())
                .ifPresent(name -> {
                    var filter = new SavedFilter(name.strip(), text.get().strip());
                    changeSaved(project -> SavedFilter.save(project, filter));
                });
    }

    void forget(SavedFilter filter) {
        changeSaved(project -> SavedFilter.remove(project, filter.name()));
    }

    void use(SavedFilter filter) {
        text.set(filter.text());
        search();
    }

    @FunctionalInterface
    private interface Change {
        List<SavedFilter> of(Project project) throws ProblemException;
    }

    private void changeSaved(Change change) {
        workspace.<List<SavedFilter>>change(
                Texts.get("browser.saveFilter"),
                (project, _) -> new ProjectWork.Changed<>(Set.of(), change.of(project)),
                saved::set,
                dialogs::show);
    }

    /// Learns anew which tags, models and prompts there are, where that may have changed.
    void refreshFacetsIfOld() {
        if (facetsAreOld) {
            refreshFacets();
        }
    }

    void refreshFacets() {
        if (readingFacets || workspace.project().isEmpty()) {
            facetsAreOld |= readingFacets;
            return;
        }
        readingFacets = true;
        facetsAreOld = false;
        workspace.read(
                Texts.get("browser.job.facets"),
                (project, _) -> ProjectFacets.of(project),
                now -> {
                    readingFacets = false;
                    facets.set(now);
                },
                problem -> {
                    readingFacets = false;
                    dialogs.show(problem);
                });
    }

    /// What the person has written.
    public StringProperty textProperty() {
        return text;
    }

    /// What is wrong with it; known after [#search].
    public ReadOnlyObjectProperty<Optional<ImageFilter.Fault>> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ProjectFacets> facetsProperty() {
        return facets.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<SavedFilter>> savedProperty() {
        return saved.getReadOnlyProperty();
    }
}
