package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.ui.canvas.tool.CursorKind;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.Preview;
import org.palimpsest.ui.canvas.tool.Regions;
import org.palimpsest.ui.canvas.tool.Steps;
import org.palimpsest.ui.canvas.tool.Tool;
import org.palimpsest.ui.canvas.tool.ToolEffect;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.canvas.tool.ToolScene;
import org.palimpsest.ui.canvas.tool.ToolSettings;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The tool in hand: leads gestures to it, shows what it shows, and carries out what it asks for.
///
/// Points are in image pixels. Confined to the interface's thread.
public final class ToolBench {
    private final Workspace workspace;
    private final CanvasDisplay display;
    private final DialogService dialogs;

    private final ObjectProperty<ToolKind> tool = new SimpleObjectProperty<>(ToolKind.SELECT);
    private final ObjectProperty<ToolSettings> settings =
            new SimpleObjectProperty<>(ToolSettings.DEFAULT);
    private final ReadOnlyObjectWrapper<Preview> preview =
            new ReadOnlyObjectWrapper<>(Preview.NONE);
    private final ReadOnlyObjectWrapper<CursorKind> cursor =
            new ReadOnlyObjectWrapper<>(CursorKind.ARROW);
    private Optional<AnnotationId> drawnWithNewLabel = Optional.empty();
    private final ReadOnlyObjectWrapper<Optional<AnnotationId>> naming =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Map<ToolKind, Tool> tools = new EnumMap<>(ToolKind.class);
    private final List<Consumer<Box>> regionListeners = new ArrayList<>();
    private @Nullable Point pointer;
    private List<ObjectAnnotation> lastDrawn = List.of();

    public ToolBench(Workspace workspace, CanvasDisplay display, DialogService dialogs) {
        this.workspace = workspace;
        this.display = display;
        this.dialogs = dialogs;
        tool.addListener((_, before, _) -> leave(before));
        settings.addListener(_ -> showIdle());
        workspace.selectionProperty().addListener(_ -> showIdle());
        display.shapesProperty().addListener(_ -> showIdle());
        display.lockedProperty().addListener(_ -> showIdle());
        display.hiddenProperty().addListener(_ -> showIdle());
    }

    /// The main button went down at this place.
    void pressed(Point point, Modifiers modifiers) {
        inScene(scene -> inHand().pressed(point, modifiers, scene));
    }

    void dragged(Point point, Modifiers modifiers) {
        pointer = point;
        inScene(scene -> inHand().dragged(point, modifiers, scene));
    }

    void released(Point point, Modifiers modifiers) {
        inScene(scene -> inHand().released(point, modifiers, scene));
    }

    void moved(Point point) {
        pointer = point;
        inScene(scene -> inHand().moved(point, scene));
    }

    void exited() {
        pointer = null;
        showIdle();
    }

    /// A second click: the tool has the first word; else it asks for the label of the selected object under it.
    ///
    /// @return whether there was a use for it
    boolean doubleClicked(Point point) {
        if (ask(scene -> inHand().doubleClicked(point, scene))) {
            return true;
        }
        boolean onSelected =
                scene().flatMap(ToolScene::onlySelected)
                        .filter(object ->
                                Regions.hits(object.region(), point, BenchScene.reach(display)))
                        .isPresent();
        if (onSelected && tool.get() == ToolKind.SELECT) {
            beginNaming();
            return true;
        }
        return tool.get() != ToolKind.SELECT && tool.get() != ToolKind.HAND;
    }

    /// @return whether the tool had a use for the key
    boolean key(ToolKey key, Modifiers modifiers) {
        return ask(scene -> inHand().key(key, modifiers, scene));
    }

    /// Another image comes to the screen: what is under way on the last one is given up.
    void leaveImage() {
        leave(tool.get());
    }

    private void leave(ToolKind kind) {
        var left = tools.get(kind);
        if (left != null && left.isBusy()) {
            scene().ifPresent(scene -> left.key(ToolKey.CANCEL, Modifiers.NONE, scene));
        }
        naming.set(Optional.empty());
        cursor.set(tool.get().cursor());
        showIdle();
    }

    private Tool inHand() {
        return tools.computeIfAbsent(tool.get(), ToolKind::create);
    }

    /// The image as tools see it; empty while its picture is still being read.
    Optional<ToolScene> scene() {
        return image().map(image -> new BenchScene(image, workspace, display, settings.get()));
    }

    /// The image whose picture is on the screen.
    Optional<AnnotatedImage> image() {
        var picture = display.picture();
        return picture.loadingProperty().get() || picture.pictureProperty().get() == null
                ? Optional.empty()
                : Optional.ofNullable(workspace.current());
    }

    /// Asks for an effect and carries it out.
    void inScene(Function<ToolScene, ToolEffect> gesture) {
        ask(gesture);
    }

    private boolean ask(Function<ToolScene, ToolEffect> gesture) {
        var effect = scene().map(gesture).orElse(ToolEffect.NOTHING);
        carryOut(effect);
        return !effect.equals(ToolEffect.NOTHING);
    }

    private void carryOut(ToolEffect effect) {
        switch (effect) {
            case ToolEffect.Nothing _ -> {}
            case ToolEffect.Cursor(var kind) -> cursor.set(kind);
            case ToolEffect.Show(var shown) -> preview.set(shown);
            case ToolEffect.Select(var ids) -> {
                workspace.select(ids);
                showIdle();
            }
            case ToolEffect.Commit(var edit, var selection, boolean askName) -> {
                boolean isNew = workspace.labels().find(workspace.currentLabel()).isEmpty();
                commit(edit, selection);
                // Where labels are there already, a digit or Enter chooses another one.
                if (askName && isNew) {
                    beginNaming();
                    drawnWithNewLabel = naming.get();
                }
            }
            case ToolEffect.Pan(double deltaX, double deltaY) -> {
                double scale = display.camera().viewport().scale();
                display.camera().pan(deltaX * scale, deltaY * scale);
            }
            case ToolEffect.AskRegion(var box) -> {
                showIdle();
                regionListeners.forEach(listener -> listener.accept(box));
            }
            case ToolEffect.Refuse(var hint) -> {
                showIdle();
                dialogs.notify(Texts.get("tools.hint." + hint.name()));
            }
            case ToolEffect.Discard _ -> showIdle();
        }
    }

    private void commit(Edit edit, Set<AnnotationId> selection) {
        workspace.apply(edit);
        workspace.select(selection);
        if (edit instanceof AddAnnotations(_, var added)) {
            lastDrawn =
                    added.stream()
                            .map(placed -> placed.annotation())
                            .filter(ObjectAnnotation.class::isInstance)
                            .map(ObjectAnnotation.class::cast)
                            .toList();
        }
        showIdle();
    }

    /// What is shown while nothing goes on: what can be taken hold of, and the brush under the pointer.
    private void showIdle() {
        var held = inHand();
        if (held.isBusy()) {
            return;
        }
        var scene = scene();
        preview.set(scene.map(held::idle).orElse(Preview.NONE));
        var at = pointer;
        if (at != null) {
            scene.ifPresent(shown -> carryOut(held.moved(at, shown)));
        }
    }

    /// Asks for the label of what is selected.
    public void beginNaming() {
        scene().map(ToolScene::selected)
                .filter(selected -> !selected.isEmpty())
                .ifPresent(selected -> naming.set(Optional.of(selected.getLast().id())));
    }

    /// Gives the objects that are being named their label, in one step.
    void name(String typed) {
        var label = typed.strip().replaceAll("\\s+", " ");
        var named = naming.get();
        var scene = scene();
        naming.set(Optional.empty());
        if (named.isEmpty() || scene.isEmpty() || label.isEmpty()) {
            return;
        }
        workspace.setCurrentLabel(label);
        lastDrawn =
                lastDrawn.stream()
                        .map(drawn ->
                                drawn.id().equals(named.get())
                                        ? workspace.renamed(drawn, label)
                                        : drawn)
                        .toList();
        var first = drawnWithNewLabel;
        drawnWithNewLabel = Optional.empty();
        var drawn = scene.get().objects(Set.of(named.get()));
        if (first.equals(named) && !drawn.isEmpty() && workspace.labels().find(label).isEmpty()) {
            // Nothing else has the label that stood in for this one, so nothing is left of it.
            workspace.apply(new RenameLabel(drawn.getFirst().label(), label));
            return;
        }
        var ids =
                workspace.selection().contains(named.get())
                        ? workspace.selection()
                        : Set.of(named.get());
        var edits = new ArrayList<Edit>();
        for (var object : scene.get().objects(ids)) {
            if (!label.equals(object.label())) {
                edits.add(
                        new ReplaceAnnotation(
                                scene.get().image().image().id(),
                                object,
                                workspace.renamed(object, label)));
            }
        }
        if (!edits.isEmpty()) {
            workspace.apply(Steps.of(Steps.Title.RENAME, edits.size(), edits));
        }
    }

    void cancelNaming() {
        naming.set(Optional.empty());
    }

    /// Puts objects on top of the image on the screen, and selects them.
    void add(AnnotatedImage image, List<ObjectAnnotation> objects) {
        if (!objects.isEmpty()) {
            workspace.apply(AddAnnotations.onTopOf(image, objects));
            workspace.select(
                    objects.stream()
                            .map(ObjectAnnotation::id)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /// What was drawn last, on any image.
    List<ObjectAnnotation> lastDrawn() {
        return lastDrawn;
    }

    void tell(String key, Object... arguments) {
        dialogs.notify(Texts.get(key, arguments));
    }

    /// Hears of a part of the image about which a task shall be asked.
    public void onAskRegion(Consumer<Box> listener) {
        regionListeners.add(listener);
    }

    public ObjectProperty<ToolKind> toolProperty() {
        return tool;
    }

    /// Brush size, tolerance of the wand and snapping.
    public ObjectProperty<ToolSettings> settingsProperty() {
        return settings;
    }

    ReadOnlyObjectProperty<Preview> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<CursorKind> cursorProperty() {
        return cursor.getReadOnlyProperty();
    }

    /// An object of those whose label the person is being asked for.
    ReadOnlyObjectProperty<Optional<AnnotationId>> namingProperty() {
        return naming.getReadOnlyProperty();
    }
}
