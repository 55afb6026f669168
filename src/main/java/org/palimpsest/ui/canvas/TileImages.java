package org.palimpsest.ui.canvas;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;
import org.palimpsest.imaging.TileKey;
import org.palimpsest.imaging.TilePixels;
import org.palimpsest.imaging.TileSource;
import org.palimpsest.imaging.ToneCurve;
import org.palimpsest.ui.support.FxImages;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// The tiles of a picture as images of the toolkit: the last used ones, within a bound; others are read when they are
/// asked for.
///
/// Confined to the JavaFX thread.
@SuppressWarnings("ReferenceEquality") // another picture is another object
final class TileImages {
    private static final long MOST_BYTES = 256L << 20;
    private static final int AT_A_TIME = 2;

    private record Key(TileKey tile, ToneCurve tone) {}

    private final TaskRunner tasks;
    private final Runnable redraw;
    private final Map<Key, Image> images = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<Key> reading = new HashSet<>();
    private final Queue<Key> wanted = new ArrayDeque<>();
    private @Nullable TileSource source;
    private ToneCurve tone = ToneCurve.NONE;
    private long bytes;

    TileImages(TaskRunner tasks, Runnable redraw) {
        this.tasks = tasks;
        this.redraw = redraw;
    }

    void use(@Nullable TileSource newSource, ToneCurve newTone) {
        if (source != newSource) {
            images.clear();
            reading.clear();
            bytes = 0;
        }
        source = newSource;
        tone = newTone;
        wanted.clear();
    }

    /// The image of a tile, if it is there or can be made at once.
    Optional<Image> get(TileKey tile) {
        var key = new Key(tile, tone);
        var known = images.get(key);
        if (known == null && source != null) {
            var pixels = source.inMemory(tile);
            if (pixels.isPresent()) {
                known = keep(key, tone.apply(pixels.get()));
            }
        }
        return Optional.ofNullable(known);
    }

    /// Reads tiles soon, the first one first; what was asked for before and is not begun is forgotten.
    void read(List<TileKey> tiles) {
        wanted.clear();
        tiles.forEach(tile -> wanted.add(new Key(tile, tone)));
        readNext();
    }

    private void readNext() {
        var from = source;
        while (from != null && reading.size() < AT_A_TIME && !wanted.isEmpty()) {
            var key = wanted.remove();
            if (!images.containsKey(key) && from.isReady(key.tile()) && reading.add(key)) {
                tasks.run(
                        Texts.get("canvas.job.part"),
                        _ -> key.tone().apply(from.read(key.tile())),
                        pixels -> {
                            if (from == source && reading.remove(key)) {
                                keep(key, pixels);
                                redraw.run();
                                readNext();
                            }
                        },
                        _ -> {
                            // What is missing stays coarse; asking again would fail again.
                        });
            }
        }
    }

    private Image keep(Key key, TilePixels pixels) {
        var image = FxImages.ofPremultiplied(pixels.width(), pixels.height(), pixels.argb());
        images.put(key, image);
        bytes += bytes(image);
        var oldest = images.entrySet().iterator();
        while (bytes > MOST_BYTES && images.size() > 1 && oldest.hasNext()) {
            bytes -= bytes(oldest.next().getValue());
            oldest.remove();
        }
        return image;
    }

    private static long bytes(Image image) {
        return (long) (Integer.BYTES * image.getWidth() * image.getHeight());
    }
}
