package org.palimpsest.app;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.ui.support.ProjectOpener;

/// What the window opens with.
///
/// @param files a project, image files or folders of images; empty for what was open last
/// @param bundledModel the folder of the model that comes with the program
/// @param device where the model shall run
/// @param places where projects and sample images lie
public record DesktopOptions(
        List<Path> files, Path bundledModel, DeviceChoice device, ProjectOpener.Places places) {
    public DesktopOptions {
        files = List.copyOf(files);
    }
}
