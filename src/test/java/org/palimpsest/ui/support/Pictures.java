package org.palimpsest.ui.support;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;

/// Writes what a window shows as PNG files into `target/pictures`, to be looked at. To be used on the JavaFX thread.
public final class Pictures {
    private static final Path FOLDER = Path.of("target", "pictures");

    private Pictures() {}

    /// Draws a node at 1× or 2× and writes it.
    public static Path write(Node node, String name, int density) throws IOException {
        if (node instanceof javafx.scene.Parent parent) {
            parent.applyCss();
            parent.layout();
        }
        var parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(density, density));
        return write(
                node.snapshot(parameters, null), name + (density == 1 ? "" : "@" + density + "x"));
    }

    private static Path write(Image image, String name) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var pixels = new int[width * height];
        image.getPixelReader()
                .getPixels(
                        0,
                        0,
                        width,
                        height,
                        javafx.scene.image.PixelFormat.getIntArgbInstance(),
                        pixels,
                        0,
                        width);
        var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        var file = FOLDER.resolve(name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(copy, "png", file.toFile());
        return file;
    }
}
