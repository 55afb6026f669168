package org.palimpsest.format.coco;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.problem.ProblemException;

/// One file with `images`, `categories` and `annotations`, in any order.
///
/// It is read twice: first images and categories, then annotations, which may come before them and are too many to keep.
final class InstancesFile {
    private final DatasetImport data;
    private final AnnotationFile file;
    private final ImageIndex images;
    private final CategoryIndex categories;
    private final ObjectReader objects;
    private final AnnotationIds ids;

    /// Takes an object that was read; the item is the annotation it was made of.
    @FunctionalInterface
    interface Taker {
        void take(JsonItem item, KnownImage image, ObjectAnnotation object) throws ProblemException;
    }

    /// @param title the format's name, for provenance
    /// @param lvis whether category names and entries are LVIS's
    InstancesFile(DatasetImport data, AnnotationFile file, String title, boolean lvis) {
        this.data = data;
        this.file = file;
        this.images = new ImageIndex(data, file, !lvis);
        this.categories = new CategoryIndex(data, lvis);
        this.ids = new AnnotationIds(data.findings());
        this.objects = new ObjectReader(data.findings(), title, file.name());
    }

    ImageIndex images() {
        return images;
    }

    CategoryIndex categories() {
        return categories;
    }

    /// Takes images and labels into the import.
    ///
    /// @throws ProblemException if the file is not JSON throughout, or has no images
    void readHead() throws ProblemException {
        var visitors = new LinkedHashMap<String, JsonStream.Visitor>();
        visitors.put("images", images::take);
        visitors.put("categories", categories::take);
        requireImages(new JsonStream(data, file.file()).lists(visitors), file);
    }

    /// @throws ProblemException if a file did not have images
    static void requireImages(Set<String> seen, AnnotationFile file) throws ProblemException {
        if (!seen.contains("images")) {
            throw new ProblemException(
                    "This is not a file of the COCO kind",
                    file.name() + ": there is no list \"images\"",
                    "Choose the file that holds the images and annotations");
        }
    }

    /// Reads the annotations as objects and hands them to the import.
    void readObjects() throws ProblemException {
        var portion = new Portion(data);
        readObjects((_, image, object) -> portion.add(image.entry().id(), object), Map.of());
        portion.flush();
    }

    /// Reads the annotations as objects.
    ///
    /// @param others takes other lists of the file
    void readObjects(Taker taker, Map<String, JsonStream.Visitor> others) throws ProblemException {
        var visitors = new LinkedHashMap<>(others);
        visitors.put("annotations", item -> readObject(item, taker));
        if (!new JsonStream(data, file.file()).lists(visitors).contains("annotations")) {
            data.findings().warning(file.name(), "there is no list \"annotations\"");
        }
        images.noteLeftOut();
    }

    private void readObject(JsonItem item, Taker taker) throws ProblemException {
        ids.note(item);
        var image = images.of(item);
        if (image.isEmpty()) {
            return;
        }
        var label = categories.of(item);
        if (label.isEmpty()) {
            return;
        }
        var object = objects.read(item, image.get(), label.get());
        if (object.isPresent()) {
            taker.take(item, image.get(), object.get());
        }
    }
}
