package org.palimpsest.ui.guide;

import de.saxsys.mvvmfx.ViewModel;
import java.net.URI;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;

/// Which page of the guide is read, what was read before, and what a search found. Carries out the command for help, which
/// opens the page about what the person has before them.
///
/// Confined to the interface's thread.
public final class GuideViewModel implements ViewModel {
    /// A line of the contents, or of what was found.
    ///
    /// @param detail the words around what was found; empty in the contents
    record Line(Place place, String title, String detail) {}

    private final GuideBook book = new GuideBook();
    private final Pages pages;
    private final DialogService dialogs;
    private final ReadOnlyIntegerWrapper asked = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<Place> place =
            new ReadOnlyObjectWrapper<>(Place.top(Topic.CONTENTS));
    private final Deque<Place> before = new ArrayDeque<>();
    private final Deque<Place> after = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper hasBefore = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper hasAfter = new ReadOnlyBooleanWrapper();
    private final StringProperty search = new SimpleStringProperty("");
    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private Supplier<Optional<Topic>> focused = Optional::empty;
    private boolean opened;

    public GuideViewModel(Pages pages, Commands commands, DialogService dialogs) {
        this.pages = pages;
        this.dialogs = dialogs;
        search.addListener(_ -> list());
        commands.on(Command.GUIDE, this::openHere);
    }

    /// Says who knows what the focus is in; empty where that has no page of its own.
    void onFocused(Supplier<Optional<Topic>> where) {
        focused = where;
    }

    /// Opens the page about what the person has before them.
    private void openHere() {
        open(topicHere());
    }

    Topic topicHere() {
        return focused.get()
                .or(() -> pages.openProperty().get().map(GuideViewModel::topic))
                .orElse(Topic.FIRST_TEN_MINUTES);
    }

    /// The page of the guide about a page of the window.
    static Topic topic(Page page) {
        return switch (page) {
            case MODELS -> Topic.MODELS;
            case TRAINING -> Topic.FITTING;
            case EVALUATION -> Topic.EVALUATING;
            case DOCTOR -> Topic.GPU;
        };
    }

    /// Shows the guide at a page, also where it is shown already.
    public void open(Topic topic) {
        if (lines.isEmpty()) {
            list();
        }
        if (opened) {
            show(Place.top(topic));
        } else {
            opened = true;
            place.set(Place.top(topic));
        }
        asked.set(asked.get() + 1);
    }

    /// Goes to another place; the one before can be returned to.
    void show(Place target) {
        if (!target.equals(place.get())) {
            before.push(place.get());
            after.clear();
            place.set(target);
            remember();
        }
    }

    void back() {
        move(before, after);
    }

    void forward() {
        move(after, before);
    }

    private void move(Deque<Place> from, Deque<Place> to) {
        if (!from.isEmpty()) {
            to.push(place.get());
            place.set(from.pop());
            remember();
        }
    }

    private void remember() {
        hasBefore.set(!before.isEmpty());
        hasAfter.set(!after.isEmpty());
    }

    /// Follows a link of the page that is read: within the guide at once, any other in the system's browser.
    void follow(String link) {
        if (link.startsWith("https://") || link.startsWith("http://")) {
            dialogs.openPage(URI.create(link));
            return;
        }
        target(place.get().topic(), link).ifPresent(this::show);
    }

    /// The place that a link on a page means; empty if it leads out of the guide.
    static Optional<Place> target(Topic from, String link) {
        int hash = link.indexOf('#');
        var file = hash < 0 ? link : link.substring(0, hash);
        var anchor = hash < 0 ? "" : link.substring(hash + 1);
        return file.isEmpty()
                ? Optional.of(new Place(from, anchor))
                : Arrays.stream(Topic.values())
                        .filter(topic -> topic.file().equals(file))
                        .findFirst()
                        .map(topic -> new Place(topic, anchor));
    }

    private void list() {
        var words = search.get();
        lines.setAll(
                words.isBlank()
                        ? Arrays.stream(Topic.values())
                                .map(topic ->
                                        new Line(Place.top(topic), book.page(topic).title(), ""))
                                .toList()
                        : book.find(words).stream().map(GuideViewModel::line).toList());
    }

    private static Line line(GuideBook.Hit hit) {
        var title =
                hit.heading().equals(hit.page()) ? hit.page() : hit.page() + " › " + hit.heading();
        return new Line(hit.place(), title, hit.excerpt());
    }

    /// The page that is read.
    GuidePage page() {
        return book.page(place.get().topic());
    }

    Optional<URL> picture(String name) {
        return book.picture(name);
    }

    /// How often the guide was asked for; each time its window is to be seen.
    ReadOnlyIntegerProperty askedProperty() {
        return asked.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Place> placeProperty() {
        return place.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty hasBeforeProperty() {
        return hasBefore.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty hasAfterProperty() {
        return hasAfter.getReadOnlyProperty();
    }

    StringProperty searchProperty() {
        return search;
    }

    /// The contents, or what was found while something is searched for.
    ObservableList<Line> lines() {
        return lines;
    }
}
