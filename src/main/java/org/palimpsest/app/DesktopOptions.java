package org.palimpsest.app;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.runtime.DeviceChoice;

/// What the window opens with.
///
/// @param images image files and folders of images; may be empty
/// @param bundledModel the folder of the model that comes with the program
/// @param device where the model shall run
public record DesktopOptions(List<Path> images, Path bundledModel, DeviceChoice device) {
    public DesktopOptions {
        images = List.copyOf(images);
    }
}
