package org.palimpsest.ui.canvas;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.ui.canvas.tool.DrawingOrder;
import org.palimpsest.ui.canvas.tool.Duplicates;
import org.palimpsest.ui.canvas.tool.Hint;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ShapeCopies;
import org.palimpsest.ui.canvas.tool.ShapeOperations;
import org.palimpsest.ui.canvas.tool.ShapeOperations.Combination;
import org.palimpsest.ui.canvas.tool.ShapeOperations.Form;
import org.palimpsest.ui.canvas.tool.ToolEffect;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.canvas.tool.ToolScene;
import org.palimpsest.ui.canvas.tool.ToolSettings;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// What commands do to the objects of the image on the screen, and which tool they take into the hand.
///
/// Confined to the interface's thread.
public final class ToolCommands {
    /// A copy in the same image lies so many screen units to the right and below.
    private static final double COPY_STEP = 12;

    /// From this intersection over union on two objects of one label are the same.
    private static final double SAME = 0.8;

    private static final int TOLERANCE_STEP = 4;

    private final ToolBench bench;
    private final Workspace workspace;
    private final CanvasDisplay display;
    private final ShapeClipboard clipboard = new ShapeClipboard();
    private Optional<Propagation> propagation = Optional.empty();
    private boolean stepping;

    /// Objects that wait for an image to come to the screen.
    private record Propagation(ImageId to, List<ObjectAnnotation> objects) {}

    /// Registers the commands.
    public ToolCommands(
            ToolBench bench,
            Workspace workspace,
            CanvasDisplay display,
            TaskRunner tasks,
            Commands commands) {
        this.bench = bench;
        this.workspace = workspace;
        this.display = display;
        registerTools(commands);
        registerObjects(commands);
        registerMarks(commands);
        registerCopies(commands);
        workspace
                .currentProperty()
                .addListener(_ -> {
                    if (!stepping) {
                        tasks.onInterface(this::arrive); // Not amid the change of the image.
                    }
                });
    }

    private void registerTools(Commands commands) {
        take(commands, Command.SELECT_TOOL, ToolKind.SELECT);
        take(commands, Command.BOX_TOOL, ToolKind.BOX);
        take(commands, Command.EXTREME_POINTS_TOOL, ToolKind.EXTREME_POINTS);
        take(commands, Command.POLYGON_TOOL, ToolKind.POLYGON);
        take(commands, Command.BRUSH_TOOL, ToolKind.BRUSH);
        take(commands, Command.ERASER_TOOL, ToolKind.ERASER);
        take(commands, Command.WAND_TOOL, ToolKind.WAND);
        take(commands, Command.POINT_TOOL, ToolKind.POINT);
        take(commands, Command.MEASURE_TOOL, ToolKind.MEASURE);
        take(commands, Command.REGION_TOOL, ToolKind.ASK_REGION);
        take(commands, Command.HAND_TOOL, ToolKind.HAND);
        take(commands, Command.SIMPLIFY, ToolKind.SIMPLIFY);
        commands.on(Command.LARGER_BRUSH, () -> size(ToolKey.LARGER, ToolSettings::larger));
        commands.on(Command.SMALLER_BRUSH, () -> size(ToolKey.SMALLER, ToolSettings::smaller));
        commands.on(
                Command.SNAPPING,
                () -> {
                    var settings = bench.settingsProperty();
                    boolean on = !settings.get().snapping();
                    settings.set(settings.get().withSnapping(on));
                    bench.tell(on ? "tools.snapping.on" : "tools.snapping.off");
                });
    }

    private void take(Commands commands, Command command, ToolKind kind) {
        commands.on(command, () -> bench.toolProperty().set(kind));
    }

    /// The tool may have a size of its own; that of the magic wand is how far colours may differ.
    private void size(ToolKey key, UnaryOperator<ToolSettings> brush) {
        if (bench.key(key, Modifiers.NONE)) {
            return;
        }
        var settings = bench.settingsProperty();
        if (bench.toolProperty().get() == ToolKind.WAND) {
            int step = key == ToolKey.LARGER ? TOLERANCE_STEP : -TOLERANCE_STEP;
            settings.set(settings.get().withTolerance(settings.get().tolerance() + step));
            bench.tell("tools.tolerance", settings.get().tolerance());
        } else {
            settings.set(brush.apply(settings.get()));
        }
    }

    private void registerObjects(Commands commands) {
        var hasImage = workspace.currentProperty().isNotNull();
        var hasSelection = selected(1);
        var hasTwo = selected(2);
        commands.on(Command.RENAME, hasImage, this::confirmOrRename);
        commands.on(Command.DELETE, hasImage, this::delete);
        commands.on(Command.SELECT_ALL, hasImage, this::selectAll);
        commands.on(Command.SELECT_DUPLICATES, hasImage, this::selectDuplicates);
        commands.on(Command.NEXT_OBJECT, hasImage, () -> stepObject(1));
        commands.on(Command.PREVIOUS_OBJECT, hasImage, () -> stepObject(-1));
        hold(commands, Command.NEXT_GRIP, hasSelection, ToolKey.NEXT);
        hold(commands, Command.PREVIOUS_GRIP, hasSelection, ToolKey.PREVIOUS);
        hold(commands, Command.ADD_POINT, hasSelection, ToolKey.INSERT);
        combine(commands, Command.UNITE, hasTwo, Combination.UNION);
        combine(commands, Command.SUBTRACT, hasTwo, Combination.SUBTRACT);
        combine(commands, Command.INTERSECT, hasTwo, Combination.INTERSECT);
        combine(commands, Command.CUT_OUT, hasTwo, Combination.CUT_OUT);
        convert(commands, Command.TO_POLYGON, hasSelection, Form.POLYGON);
        convert(commands, Command.TO_MASK, hasSelection, Form.MASK);
        convert(commands, Command.TO_BOX, hasSelection, Form.BOX);
        commands.on(
                Command.BRING_TO_FRONT, hasSelection, () -> bench.inScene(DrawingOrder::toFront));
        commands.on(Command.SEND_TO_BACK, hasSelection, () -> bench.inScene(DrawingOrder::toBack));
    }

    private BooleanBinding selected(int least) {
        return Bindings.createBooleanBinding(
                () -> workspace.selection().size() >= least, workspace.selectionProperty());
    }

    /// Handles and vertices belong to the tool that selects.
    private void hold(Commands commands, Command command, BooleanBinding enabled, ToolKey key) {
        commands.on(
                command,
                enabled,
                () -> {
                    bench.toolProperty().set(ToolKind.SELECT);
                    bench.key(key, Modifiers.NONE);
                });
    }

    private void combine(
            Commands commands, Command command, BooleanBinding enabled, Combination combination) {
        commands.on(
                command,
                enabled,
                () -> bench.inScene(scene -> ShapeOperations.combine(combination, scene)));
    }

    private void convert(Commands commands, Command command, BooleanBinding enabled, Form form) {
        commands.on(
                command,
                enabled,
                () -> bench.inScene(scene -> ShapeOperations.convert(form, scene)));
    }

    /// Enter ends what is being drawn, else it asks for the label.
    private void confirmOrRename() {
        if (!bench.key(ToolKey.CONFIRM, Modifiers.NONE)) {
            bench.beginNaming();
        }
    }

    /// Takes back what is being drawn or a vertex that was clicked, else what is selected.
    private void delete() {
        if (!bench.key(ToolKey.BACK, Modifiers.NONE)
                && !bench.key(ToolKey.DELETE, Modifiers.NONE)) {
            deleteSelection();
        }
    }

    /// Locked objects stay; texts that are selected elsewhere go as well.
    private void deleteSelection() {
        var ids = new HashSet<>(workspace.selection());
        boolean some = !ids.isEmpty();
        ids.removeAll(display.lockedProperty().get());
        var image = workspace.current();
        if (image != null && !ids.isEmpty()) {
            workspace.apply(RemoveAnnotations.from(image, ids));
        } else if (some) {
            bench.inScene(_ -> new ToolEffect.Refuse(Hint.LOCKED));
        }
    }

    private void selectAll() {
        bench.scene()
                .ifPresent(scene ->
                        workspace.select(
                                ids(
                                        scene.image().objects().stream()
                                                .filter(object -> !scene.isHidden(object))
                                                .filter(object -> !scene.isLocked(object))
                                                .toList())));
    }

    private void selectDuplicates() {
        bench.scene()
                .ifPresent(scene -> {
                    var extras =
                            Duplicates.find(scene, SAME).stream()
                                    .map(Duplicates.Pair::extra)
                                    .toList();
                    workspace.select(ids(extras));
                    bench.tell("tools.duplicates", extras.size());
                });
    }

    private void stepObject(int by) {
        bench.scene()
                .flatMap(scene -> DrawingOrder.step(by, scene))
                .ifPresent(id -> workspace.select(Set.of(id)));
    }

    private void registerMarks(Commands commands) {
        var hasSelection = selected(1);
        commands.on(Command.LOCK, hasSelection, this::lockOrUnlock);
        commands.on(
                Command.UNLOCK_ALL,
                any(display.lockedProperty()),
                () -> clear(display.lockedProperty()));
        commands.on(
                Command.HIDE,
                hasSelection,
                () -> {
                    var hidden = new HashSet<>(display.hiddenProperty().get());
                    hidden.addAll(workspace.selection());
                    workspace.select(Set.of());
                    display.hiddenProperty().set(Set.copyOf(hidden));
                });
        commands.on(
                Command.SHOW_ALL,
                any(display.hiddenProperty()),
                () -> clear(display.hiddenProperty()));
    }

    private static BooleanBinding any(ObjectProperty<Set<AnnotationId>> marked) {
        return Bindings.createBooleanBinding(() -> !marked.get().isEmpty(), marked);
    }

    private static void clear(ObjectProperty<Set<AnnotationId>> marked) {
        marked.set(Set.of());
    }

    private void lockOrUnlock() {
        var locked = new HashSet<>(display.lockedProperty().get());
        if (locked.containsAll(workspace.selection())) {
            locked.removeAll(workspace.selection());
        } else {
            locked.addAll(workspace.selection());
        }
        display.lockedProperty().set(Set.copyOf(locked));
    }

    private void registerCopies(Commands commands) {
        var hasImage = workspace.currentProperty().isNotNull();
        var copied = clipboard.objectsProperty();
        commands.on(Command.COPY, selected(1), this::copy);
        commands.on(
                Command.PASTE,
                hasImage.and(Bindings.createBooleanBinding(() -> !copied.get().isEmpty(), copied)),
                this::paste);
        commands.on(Command.REPEAT, hasImage, this::repeat);
        commands.on(Command.PROPAGATE, hasImage, this::propagate);
    }

    private void copy() {
        bench.scene()
                .ifPresent(scene -> {
                    clipboard.copy(scene.selected(), scene.image().image().id());
                    bench.tell("tools.copied", scene.selected().size());
                });
    }

    private void paste() {
        bench.image()
                .ifPresent(image ->
                        bench.add(image, clipboard.paste(image, copyStep(), workspace.drawnNow())));
    }

    private double copyStep() {
        return Math.max(1, Math.rint(COPY_STEP / display.camera().viewport().scale()));
    }

    /// A copy of what is selected, or what was drawn last once more.
    private void repeat() {
        bench.scene()
                .ifPresent(scene -> {
                    var selected = scene.selected();
                    var last = bench.lastDrawn();
                    var originals = selected.isEmpty() ? last : selected;
                    boolean there =
                            originals.stream()
                                    .anyMatch(one -> scene.image().find(one.id()).isPresent());
                    bench.add(
                            scene.image(),
                            ShapeCopies.of(
                                    originals,
                                    scene.size(),
                                    there ? copyStep() : 0,
                                    workspace.drawnNow()));
                });
    }

    /// Goes to the next image of the list and puts what is selected there, or all objects where nothing is.
    private void propagate() {
        var scene = bench.scene();
        var next = nextImage();
        if (scene.isEmpty() || next.isEmpty()) {
            return;
        }
        var objects = scene.get().selected().isEmpty() ? good(scene.get()) : scene.get().selected();
        if (!objects.isEmpty()) {
            propagation = Optional.of(new Propagation(next.get(), List.copyOf(objects)));
            stepping = true;
            workspace.step(1);
            stepping = false;
            arrive();
        }
    }

    private static List<ObjectAnnotation> good(ToolScene scene) {
        return scene.image().objects().stream()
                .filter(object -> object.review() != ReviewState.REJECTED)
                .toList();
    }

    private Optional<ImageId> nextImage() {
        var shown = workspace.currentImage();
        var lines = workspace.images().lines();
        int index = shown == null ? -1 : workspace.images().indexOf(shown.id());
        return index >= 0 && index + 1 < lines.size()
                ? Optional.of(lines.get(index + 1).image().id())
                : Optional.empty();
    }

    private void arrive() {
        var waiting = propagation;
        var image = workspace.current();
        if (waiting.isEmpty() || image == null) {
            return;
        }
        propagation = Optional.empty();
        if (image.image().id().equals(waiting.get().to())) {
            var missing = ShapeCopies.missing(waiting.get().objects(), image, workspace.drawnNow());
            bench.add(image, missing);
            bench.tell("tools.propagated", missing.size());
        }
    }

    private static Set<AnnotationId> ids(List<ObjectAnnotation> objects) {
        return objects.stream().map(ObjectAnnotation::id).collect(Collectors.toUnmodifiableSet());
    }
}
