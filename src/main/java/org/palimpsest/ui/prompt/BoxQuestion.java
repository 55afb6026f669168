package org.palimpsest.ui.prompt;

import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.BoxMask;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.JobState;
import org.palimpsest.inference.Prediction;
import org.palimpsest.paligemma.prompt.Labels;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Gives the selected object the mask that the model sees in its box: first looks around the box, then at the whole image.
///
/// Confined to the interface's thread.
final class BoxQuestion {
    private final Workspace workspace;
    private final InferenceService inference;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    BoxQuestion(
            Workspace workspace,
            InferenceService inference,
            DialogService dialogs,
            TaskRunner tasks) {
        this.workspace = workspace;
        this.inference = inference;
        this.dialogs = dialogs;
        this.tasks = tasks;
    }

    void ask(ObjectAnnotation object) {
        var image = workspace.currentImage();
        if (image == null) {
            return;
        }
        if (!Labels.isUsable(object.label())) {
            dialogs.notify(Texts.get("prompt.box.label", object.label()));
            return;
        }
        dialogs.notify(Texts.get("prompt.box.asking", object.label()));
        ask(image, object, BoxMask.Sight.AROUND_BOX);
    }

    private void ask(ImageEntry image, ObjectAnnotation object, BoxMask.Sight sight) {
        var box = object.region().bounds();
        inference.submit(
                BoxMask.request(image, object.label(), box, sight),
                state ->
                        tasks.onInterface(() -> {
                            if (state instanceof JobState.Succeeded(var prediction)) {
                                answered(image, object, box, sight, prediction);
                            } else if (state instanceof JobState.Failed(var problem)) {
                                dialogs.show(problem);
                            }
                        }));
    }

    private void answered(
            ImageEntry image,
            ObjectAnnotation object,
            Box box,
            BoxMask.Sight sight,
            Prediction prediction) {
        var best = BoxMask.best(prediction.annotations(), box);
        if (best.isEmpty()) {
            if (sight == BoxMask.Sight.AROUND_BOX) {
                ask(image, object, BoxMask.Sight.WHOLE_IMAGE);
            } else {
                dialogs.notify(Texts.get("prompt.box.none", object.label()));
            }
            return;
        }
        var now = workspace.current();
        if (now == null
                || !now.image().id().equals(image.id())
                || !now.annotations().contains(object)) {
            dialogs.notify(Texts.get("prompt.box.gone"));
            return;
        }
        workspace.apply(ReplaceAnnotation.in(now, workspace.moved(object, best.get().region())));
    }
}
