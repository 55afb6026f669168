package org.palimpsest.format.maskpng;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.format.shape.Names;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.SampleImage;
import org.palimpsest.problem.ProblemException;

/// Reads both layouts, told by whether a mask lies in a folder of its label. Masks are handed over one by one.
final class MaskPngReader implements DatasetReader {
    private static final List<String> IMAGE_FOLDERS = List.of("images", "JPEGImages", "imgs");

    /// Pixels of the map that belong to nothing (VOC's border).
    private static final int VOID = 255;

    private static final int MOST_CLASSES_OF_AN_IMAGE = 1_000;

    @Override
    public void read(DatasetImport data) throws ProblemException {
        if (!Files.isDirectory(data.source())) {
            throw new ProblemException(
                    "This is no folder",
                    data.source().toString(),
                    "Choose the folder that holds images and masks");
        }
        Path root = data.folder();
        Path masks = root.resolve(MaskPngFormat.MASKS);
        var images = images(root, masks);
        var stems = new HashSet<String>();
        images.forEach(image -> stems.add(ImageFolders.stem(image)));
        var classes = Classes.read(data);
        var files = MaskFiles.in(masks, stems, classes.isOurs());
        for (var file : images) {
            String path = ImageFolders.relative(root, file);
            var image = data.image(path, path);
            for (var mask : files.take(ImageFolders.stem(file))) {
                if (image.isPresent()) {
                    readMask(data, image.get(), mask, classes);
                }
            }
        }
        for (var file : files.left()) {
            data.findings()
                    .error(ImageFolders.relative(root, file), "there is no image for this mask");
        }
    }

    private static List<Path> images(Path root, Path masks) throws ProblemException {
        for (var name : IMAGE_FOLDERS) {
            if (Files.isDirectory(root.resolve(name))) {
                return ImageFolders.images(root.resolve(name));
            }
        }
        return ImageFolders.images(root).stream().filter(file -> !file.startsWith(masks)).toList();
    }

    private static void readMask(
            DatasetImport data, ImageEntry image, MaskFiles.MaskFile file, Classes classes)
            throws ProblemException {
        data.throwIfCancelled();
        String place = ImageFolders.relative(data.folder(), file.file());
        int longer = Math.max(image.size().width(), image.size().height());
        SampleImage samples;
        try {
            samples = SampleImage.read(file.file(), new Size(longer, longer));
        } catch (IOException e) {
            data.findings().error(place, "the mask cannot be read: " + e.getMessage());
            return;
        }
        var frame =
                Frame.of(
                        image,
                        Optional.of(samples.size()),
                        data.options().frame().orElse(Frame.UPRIGHT));
        if (!samples.size().equals(frame.size(image))) {
            data.findings()
                    .error(
                            place,
                            "the mask is %s, the image %s"
                                    .formatted(samples.size(), frame.size(image)));
            return;
        }
        var reading = new Reading(data, image, frame, samples, place);
        if (file.folder().isEmpty()) {
            reading.map(classes);
        } else {
            reading.object(label(data, file.folder(), classes, place));
        }
    }

    private static @Nullable String label(
            DatasetImport data, String folder, Classes classes, String place) {
        var known = classes.byFolder().get(folder);
        if (known == null) {
            known = Names.label(folder).orElse(null);
        }
        if (known == null) {
            data.findings().error(place, "the folder's name cannot be a label's");
        }
        return known;
    }

    /// One file while it is read.
    private record Reading(
            DatasetImport data, ImageEntry image, Frame frame, SampleImage samples, String place) {

        /// What is more than half of the brightest, so that 1 and 255, and soft edges, are read.
        void object(@Nullable String label) throws ProblemException {
            if (label == null) {
                return;
            }
            int brightest = samples.largest();
            if (brightest == 0) {
                data.findings().error(place, "the mask has no pixel");
                return;
            }
            add(label, mask(value -> 2 * value > brightest));
        }

        void map(Classes classes) throws ProblemException {
            var numbers = new BitSet();
            var size = samples.size();
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    numbers.set(samples.get(x, y));
                }
            }
            numbers.clear(0);
            if (!classes.byNumber().containsKey(VOID)) {
                numbers.clear(VOID);
            }
            if (numbers.cardinality() > MOST_CLASSES_OF_AN_IMAGE) {
                data.findings()
                        .error(
                                place,
                                numbers.cardinality() + " numbers: this is no map of classes");
                return;
            }
            for (int number : numbers.stream().toArray()) {
                var label = classes.byNumber().get(number);
                if (label == null) {
                    data.findings().warning(place, "class " + number + " has no name");
                    label = "category " + number;
                }
                int wanted = number;
                add(label, mask(value -> value == wanted));
            }
        }

        private Mask mask(IntPredicate belongs) {
            return Mask.of(
                    samples.size().width(),
                    samples.size().height(),
                    (x, y) -> belongs.test(samples.get(x, y)));
        }

        private void add(String label, Mask mask) throws ProblemException {
            var object =
                    ObjectAnnotation.of(
                            label,
                            frame.upright(image, mask),
                            new Provenance.Imported(
                                    MaskPngFormat.TITLE,
                                    place.substring(place.lastIndexOf('/') + 1)));
            data.annotations(image.id(), List.of(object));
        }
    }
}
