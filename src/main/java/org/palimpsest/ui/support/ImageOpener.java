package org.palimpsest.ui.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens images in the workspace: asks for them, reads their sizes elsewhere, and says which could not be opened.
///
/// Confined to the interface's thread.
public final class ImageOpener {
    private static final Logger LOG = LoggerFactory.getLogger(ImageOpener.class);

    private final Workspace workspace;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    private record Opened(List<ImageEntry> images, List<Problem> problems) {}

    public ImageOpener(Workspace workspace, DialogService dialogs, TaskRunner tasks) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        this.tasks = tasks;
    }

    public void askForFolder() {
        dialogs.chooseFolder("Open a folder of images", currentFolder())
                .ifPresent(folder -> open(List.of(folder)));
    }

    public void askForFiles() {
        var files = dialogs.chooseImages(currentFolder());
        if (!files.isEmpty()) {
            open(files);
        }
    }

    /// Opens images and all images in folders, in the place of what is open.
    public void open(List<Path> places) {
        if (!mayLeave("Open other images", "Open")) {
            return;
        }
        tasks.run(
                "Open images",
                progress -> read(places, progress),
                opened -> finish(places, opened),
                dialogs::show);
    }

    /// Whether what is open may be left: asks the person where something would be lost.
    ///
    /// @param title what shall be done
    /// @param action the word for it on a button
    public boolean mayLeave(String title, String action) {
        return !workspace.hasUnsavedChanges()
                || dialogs.confirm(
                        title,
                        "Annotations have changed since the last export and will be lost. "
                                + "Cancel to export them first.",
                        action);
    }

    private void finish(List<Path> places, Opened opened) {
        if (opened.images().isEmpty()) {
            dialogs.show(
                    opened.problems().isEmpty()
                            ? new Problem(
                                    "There are no images here",
                                    places.getFirst().toString(),
                                    "Choose a folder with JPEG, PNG, WebP, TIFF, BMP or GIF files")
                            : opened.problems().getFirst());
            return;
        }
        workspace.open(opened.images());
        if (!opened.problems().isEmpty()) {
            int count = opened.problems().size();
            dialogs.show(
                    new Problem(
                            count == 1
                                    ? "One file could not be opened"
                                    : count + " files could not be opened",
                            opened.problems().getFirst().oneLine(),
                            "The other images are open"));
        }
    }

    private Optional<Path> currentFolder() {
        return Optional.ofNullable(workspace.currentImage())
                .map(image -> image.file().toAbsolutePath().getParent());
    }

    private static Opened read(List<Path> places, Progress progress) throws ProblemException {
        var files = new ArrayList<Path>();
        for (var place : places) {
            if (Files.isDirectory(place)) {
                files.addAll(ImageFiles.list(place));
            } else {
                files.add(place);
            }
        }
        var images = new ArrayList<ImageEntry>();
        var problems = new ArrayList<Problem>();
        for (var file : files) {
            if (progress.isCancelled()) {
                break;
            }
            try {
                images.add(new ImageEntry(ImageId.random(), file, ImageFiles.readSize(file)));
            } catch (ProblemException e) {
                LOG.info("Not opened: {}", e.getMessage());
                problems.add(e.problem());
            }
        }
        return new Opened(images, problems);
    }
}
