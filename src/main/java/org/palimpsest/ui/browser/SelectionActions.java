package org.palimpsest.ui.browser;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.RemoveImage;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Changes many images at a time, each time as one step that can be undone.
///
/// Confined to the interface's thread.
final class SelectionActions {
    private static final int SAVED_TOGETHER = 500;

    private final Workspace workspace;
    private final DialogService dialogs;
    private final Runnable detailsChanged;

    /// @param detailsChanged is run after tags or the like were changed
    SelectionActions(Workspace workspace, DialogService dialogs, Runnable detailsChanged) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        this.detailsChanged = detailsChanged;
    }

    void setState(List<ImageId> images, ImageState state) {
        change(
                images,
                Texts.get("browser.do.state", Texts.get("browser.state." + state)),
                details -> details.withState(state));
    }

    void setSplit(List<ImageId> images, Split split) {
        change(
                images,
                Texts.get("browser.do.split", Texts.get("browser.split." + split)),
                details -> details.withSplit(split));
    }

    /// @param tag a name as [org.palimpsest.dataset.Label#isName] has it
    void addTag(List<ImageId> images, String tag) {
        change(
                images,
                Texts.get("browser.do.addTag", tag),
                details -> {
                    var tags = new TreeSet<>(details.tags());
                    tags.add(tag);
                    return details.withTags(tags);
                });
    }

    void removeTag(List<ImageId> images, String tag) {
        change(
                images,
                Texts.get("browser.do.removeTag", tag),
                details -> {
                    var tags = new TreeSet<>(details.tags());
                    tags.remove(tag);
                    return details.withTags(tags);
                });
    }

    /// Takes the images out of the project; their files stay.
    void remove(List<ImageId> images) {
        edit(
                images,
                Texts.get("browser.do.remove", images.size()),
                image -> List.of(new RemoveImage(image)));
    }

    private void change(List<ImageId> images, String title, UnaryOperator<ImageDetails> change) {
        edit(
                images,
                title,
                image -> {
                    var after = change.apply(image.details());
                    return after.equals(image.details())
                            ? List.of()
                            : List.of(ReplaceDetails.of(image, after));
                });
    }

    private void edit(
            List<ImageId> images, String title, Function<AnnotatedImage, List<Edit>> edits) {
        if (images.isEmpty()) {
            return;
        }
        workspace.<Integer>change(
                title,
                (project, _) -> {
                    var changed = apply(project, title, images, edits);
                    return new ProjectWork.Changed<>(changed, changed.size());
                },
                count -> {
                    detailsChanged.run();
                    if (count > 0) {
                        dialogs.notify(
                                Texts.get("browser.done", title, count),
                                Texts.get("browser.undo"),
                                workspace::undo);
                    }
                },
                dialogs::show);
    }

    private static Set<ImageId> apply(
            Project project,
            String title,
            List<ImageId> images,
            Function<AnnotatedImage, List<Edit>> edits)
            throws ProblemException {
        var changed = new LinkedHashSet<ImageId>();
        var step = project.beginStep(title);
        var waiting = new ArrayList<Edit>();
        for (var id : images) {
            var image = project.image(id);
            if (image.isPresent()) {
                var made = edits.apply(image.get());
                if (!made.isEmpty()) {
                    waiting.addAll(made);
                    changed.add(id);
                }
            }
            if (waiting.size() >= SAVED_TOGETHER) {
                step.add(waiting);
                waiting.clear();
            }
        }
        step.add(waiting);
        step.end();
        return changed;
    }
}
