package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.format.ExportReport;
import org.palimpsest.format.Finding;
import org.palimpsest.format.jsonl.JsonlFlavor;
import org.palimpsest.format.jsonl.JsonlOptions;
import org.palimpsest.format.jsonl.PaliGemmaJsonlWriter;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Exports the annotations of all open images as PaliGemma's JSONL: boxes and texts, and masks where the open model has
/// a codec for them.
///
/// Confined to the interface's thread.
public final class ExportViewModel implements ViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(ExportViewModel.class);

    private final Workspace workspace;
    private final InferenceService inference;
    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    public ExportViewModel(
            Workspace workspace,
            InferenceService inference,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks) {
        this.workspace = workspace;
        this.inference = inference;
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
    }

    /// Asks where to, and writes.
    public void export() {
        workspace.<List<AnnotatedImage>>read(
                "Read the annotations",
                (project, _) -> {
                    var images = new ArrayList<AnnotatedImage>();
                    project.dataset(ImageFilter.ALL).forEach(images::add);
                    return images;
                },
                this::export,
                dialogs::show);
    }

    private void export(List<AnnotatedImage> images) {
        boolean nothing = images.stream().allMatch(image -> image.annotations().isEmpty());
        if (nothing) {
            dialogs.show(
                    new Problem(
                            "There is nothing to export yet",
                            "None of the open images has an annotation",
                            "Ask the model, or draw boxes with B"));
            return;
        }
        dialogs.chooseTarget(
                        "Export PaliGemma JSONL",
                        settings.settings().exportFolder(),
                        "annotations.jsonl",
                        ".jsonl")
                .ifPresent(target -> write(images, target));
    }

    private void write(List<AnnotatedImage> images, Path target) {
        var options = options(images, used(images, workspace.labels().names()));
        tasks.run(
                "Export to " + target.getFileName(),
                _ -> PaliGemmaJsonlWriter.write(images, target, options),
                report -> finish(target, report),
                dialogs::show);
    }

    /// With masks where there are any and the open model knows how to write them.
    private JsonlOptions options(List<AnnotatedImage> images, List<String> labels) {
        var options = JsonlOptions.of(JsonlFlavor.BIG_VISION, labels);
        boolean masks =
                images.stream()
                        .flatMap(image -> image.objects().stream())
                        .anyMatch(object -> !(object.region() instanceof Box));
        boolean known =
                inference.modelState() instanceof ModelState.Ready(var card) && card.masks();
        return masks && known ? options.withMasks(inference::encodeMask) : options;
    }

    /// Labels that no object has any more are not asked for.
    private static List<String> used(List<AnnotatedImage> images, List<String> labels) {
        return labels.stream()
                .filter(label ->
                        images.stream()
                                .flatMap(image -> image.objects().stream())
                                .anyMatch(object -> object.label().equals(label)))
                .toList();
    }

    private void finish(Path target, ExportReport report) {
        remember(target);
        var leftOut =
                report.findings().stream()
                        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                        .toList();
        if (!leftOut.isEmpty()) {
            dialogs.show(
                    new Problem(
                            String.format(
                                    Locale.ROOT,
                                    "%,d examples exported, not everything could be written",
                                    report.examples()),
                            leftOut.getFirst().toString(),
                            "The file is " + target));
        } else {
            dialogs.notify(
                    String.format(
                            Locale.ROOT,
                            "%,d %s exported to %s",
                            report.examples(),
                            report.examples() == 1 ? "example" : "examples",
                            target));
        }
    }

    private void remember(Path target) {
        var folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            try {
                settings.update(kept -> kept.withExportFolder(folder));
            } catch (ProblemException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
    }
}
