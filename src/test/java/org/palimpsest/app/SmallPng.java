package org.palimpsest.app;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;

/// Writes pictures of the screen as PNG files of at most 256 colours, which are a third as large as others.
///
/// The colours are chosen by median cut (Heckbert 1982): a set of colours is parted along its longest side until there are
/// as many sets as the palette has places, and each is replaced by its mean.
final class SmallPng {
    private static final int COLORS = 256;

    private SmallPng() {}

    /// Colours of a picture that become one.
    private record Group(List<int[]> colors, int channel, int extent) {
        /// @param colors red, green, blue and how many pixels have the colour
        static Group of(List<int[]> colors) {
            int longest = 0;
            int channel = 0;
            for (int i = 0; i < 3; i++) {
                int one = i;
                var range = colors.stream().mapToInt(color -> color[one]).summaryStatistics();
                if (range.getMax() - range.getMin() > longest) {
                    longest = range.getMax() - range.getMin();
                    channel = i;
                }
            }
            return new Group(colors, channel, longest);
        }

        List<Group> halves() {
            var sorted = new ArrayList<>(colors);
            sorted.sort(Comparator.comparingInt(color -> color[channel]));
            long half = sorted.stream().mapToLong(color -> color[3]).sum() / 2;
            long sum = 0;
            int at = 0;
            while (at < sorted.size() - 1 && (at == 0 || sum < half)) {
                sum += sorted.get(at++)[3];
            }
            return List.of(
                    of(List.copyOf(sorted.subList(0, at))),
                    of(List.copyOf(sorted.subList(at, sorted.size()))));
        }

        int mean(int channel) {
            long sum = 0;
            long count = 0;
            for (var color : colors) {
                sum += (long) color[channel] * color[3];
                count += color[3];
            }
            return (int) (sum / count);
        }
    }

    /// Draws what is in sight of a node at 2× and writes it. To be used on the JavaFX thread.
    static void write(Scene scene, Node node, Path file) throws IOException {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        var bounds = inSight(node);
        var parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(2, 2));
        parameters.setViewport(
                new Rectangle2D(
                        2 * bounds.getMinX(),
                        2 * bounds.getMinY(),
                        2 * bounds.getWidth(),
                        2 * bounds.getHeight()));
        Files.createDirectories(file.getParent());
        write(scene.getRoot().snapshot(parameters, null), file);
    }

    /// The part of a node that is not scrolled out of sight, in the scene.
    private static Rectangle2D inSight(Node node) {
        var all = node.localToScene(node.getLayoutBounds());
        double top = all.getMinY();
        double bottom = all.getMaxY();
        for (Node one = node.getParent(); one != null; one = one.getParent()) {
            if (one.getStyleClass().contains("viewport")) {
                var room = one.localToScene(one.getLayoutBounds());
                top = Math.max(top, room.getMinY());
                bottom = Math.min(bottom, room.getMaxY());
            }
        }
        return new Rectangle2D(all.getMinX(), top, all.getWidth(), Math.max(1, bottom - top));
    }

    private static void write(Image image, Path file) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var pixels = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        var counts = new HashMap<Integer, int[]>();
        for (int pixel : pixels) {
            counts.computeIfAbsent(
                            pixel & 0xffffff,
                            rgb -> new int[] {rgb >> 16, rgb >> 8 & 255, rgb & 255, 0})[3]++;
        }
        var groups = groups(List.copyOf(counts.values()));
        var reds = new byte[groups.size()];
        var greens = new byte[groups.size()];
        var blues = new byte[groups.size()];
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            reds[i] = (byte) group.mean(0);
            greens[i] = (byte) group.mean(1);
            blues[i] = (byte) group.mean(2);
            for (var color : group.colors()) {
                places.put(color[0] << 16 | color[1] << 8 | color[2], i);
            }
        }
        var colors = new IndexColorModel(8, groups.size(), reds, greens, blues);
        var small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colors);
        var raster = small.getRaster();
        for (int i = 0; i < pixels.length; i++) {
            raster.setSample(i % width, i / width, 0, places.get(pixels[i] & 0xffffff));
        }
        ImageIO.write(small, "png", file.toFile());
    }

    private static List<Group> groups(List<int[]> colors) {
        var groups = new ArrayList<>(List.of(Group.of(colors)));
        while (groups.size() < COLORS) {
            var largest =
                    groups.stream()
                            .filter(group -> group.extent() > 0)
                            .max(Comparator.comparingInt(Group::extent));
            if (largest.isEmpty()) {
                break;
            }
            groups.remove(largest.get());
            groups.addAll(largest.get().halves());
        }
        return groups;
    }
}
