package org.palimpsest.project;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.problem.ProblemException;

/// An endless sequence of things done to a project, the same for the same seed in any program, with what the project
/// should hold after each.
final class EditScript {
    private final Random random;
    private final RandomEdits edits;
    private final Deque<Step> done = new ArrayDeque<>();
    private final Deque<Step> undone = new ArrayDeque<>();
    private int position;
    private int stepsMade;
    private int left;
    private boolean runIsGrowing;

    EditScript(long seed, Path folder) {
        this.random = new Random(~seed);
        this.edits = new RandomEdits(seed, folder);
    }

    private record Step(String title, List<Edit> edits) {}

    /// One call, or two where a step is begun.
    sealed interface Operation {
        record Apply(Edit edit) implements Operation {}

        record Grow(String title, Edit edit, boolean last) implements Operation {}

        record Save(String title, AddAnnotations edit) implements Operation {}

        record Undo() implements Operation {}

        record Redo() implements Operation {}
    }

    /// How many operations the images have seen.
    int position() {
        return position;
    }

    Map<ImageId, AnnotatedImage> images() {
        return byId(edits.images());
    }

    static Map<ImageId, AnnotatedImage> byId(List<AnnotatedImage> images) {
        var map = new HashMap<ImageId, AnnotatedImage>();
        images.forEach(image -> map.put(image.image().id(), image));
        return map;
    }

    boolean canUndo() {
        return !done.isEmpty();
    }

    Operation next() {
        position++;
        if (left > 0) {
            return grow();
        }
        int kind = random.nextInt(20);
        if (kind < 3 && !done.isEmpty()) {
            undo();
            return new Operation.Undo();
        }
        if (kind < 5 && !undone.isEmpty()) {
            redo();
            return new Operation.Redo();
        }
        if (kind < 8 && edits.images().size() > 1) {
            left = 1 + random.nextInt(4);
            runIsGrowing = random.nextBoolean();
            done.push(new Step("step " + ++stepsMade, new ArrayList<>()));
            return grow();
        }
        var edit = edits.next();
        done.push(new Step(edit.title(), List.of(edit)));
        undone.clear();
        return new Operation.Apply(edit);
    }

    private Operation grow() {
        left--;
        undone.clear();
        var step = done.element();
        if (runIsGrowing) {
            var edit = edits.addition();
            step.edits().add(edit);
            return new Operation.Save(step.title(), edit);
        }
        var edit = edits.next();
        step.edits().add(edit);
        return new Operation.Grow(step.title(), edit, left == 0);
    }

    void undo() {
        var step = done.pop();
        step.edits().reversed().forEach(edit -> edits.keep(edit.inverse()));
        undone.push(step);
    }

    void redo() {
        var step = undone.pop();
        step.edits().forEach(edits::keep);
        done.push(step);
    }

    /// Goes on where an interruption left a step, as every step here is the last one while it grows.
    static void perform(Project project, Operation operation) throws ProblemException {
        switch (operation) {
            case Operation.Apply(var edit) -> project.apply(edit);
            case Operation.Undo() -> project.undo().orElseThrow();
            case Operation.Redo() -> project.redo().orElseThrow();
            case Operation.Grow(var title, var edit, boolean last) -> {
                var known = project.journal().lastDone();
                var step =
                        known.isPresent() && known.get().title().equals(title)
                                ? project.resumeStep(known.get().id()).orElseThrow()
                                : project.beginStep(title);
                step.add(List.of(edit));
                if (last) {
                    step.end();
                }
            }
            case Operation.Save(var title, var edit) -> {
                var run = ModelRun.begin(project, new RunSettings("toy", "abc", title, ""));
                var proposed = edit.added().stream().map(one -> one.annotation()).toList();
                run.save(edit.image(), "answer", proposed, List.of(edit));
            }
        }
    }
}
