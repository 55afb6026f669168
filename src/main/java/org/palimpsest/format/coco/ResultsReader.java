package org.palimpsest.format.coco;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.problem.ProblemException;

/// Reads result lists next to the instances file that their ids refer to.
///
/// Where one list has boxes and another masks of the same detections, as `results_bbox.json` and `results_segm.json`, each
/// detection is taken once, with its mask.
final class ResultsReader implements DatasetReader {
    private final String title;

    ResultsReader(String title) {
        this.title = title;
    }

    @Override
    public void read(DatasetImport data) throws ProblemException {
        var around = Files.isDirectory(data.source()) ? data.source() : data.folder();
        var results = new ArrayList<AnnotationFile>();
        var others = new ArrayList<AnnotationFile>();
        for (var file : AnnotationFile.jsonFiles(around)) {
            (new JsonStream(data, file.file()).isList() ? results : others).add(file);
        }
        if (!Files.isDirectory(data.source())) {
            results.clear();
            results.add(new AnnotationFile(data.source(), ""));
        }
        if (results.isEmpty()) {
            throw new ProblemException(
                    "There is no list of results in the folder",
                    around.toString(),
                    "Choose the file that holds the results");
        }
        var instances = openInstances(data, instances(around, others));
        for (int i = 0; i < results.size(); i++) {
            Path boxes = counterpart(results.get(i));
            int pair = paths(results).indexOf(boxes);
            if (boxes != null && pair >= 0) {
                readPair(data, instances, results.get(pair), results.get(i));
            } else if (!isPaired(results, results.get(i))) {
                readList(data, instances, results.get(i));
            }
        }
        instances.images().noteLeftOut();
    }

    private static List<Path> paths(List<AnnotationFile> files) {
        return files.stream().map(AnnotationFile::file).toList();
    }

    /// The list of boxes that belongs to a list of masks, by its name.
    private static @Nullable Path counterpart(AnnotationFile masks) {
        return masks.name().contains("segm")
                ? masks.file().resolveSibling(masks.name().replace("segm", "bbox"))
                : null;
    }

    private static boolean isPaired(List<AnnotationFile> results, AnnotationFile boxes) {
        return results.stream().anyMatch(one -> boxes.file().equals(counterpart(one)));
    }

    private static AnnotationFile instances(Path around, List<AnnotationFile> others)
            throws ProblemException {
        return others.stream()
                .filter(one -> one.name().startsWith("instances"))
                .findFirst()
                .or(() -> others.stream().findFirst())
                .orElseThrow(() ->
                        new ProblemException(
                                "The results have no instances file",
                                around.toString(),
                                "Put the COCO file with the images and categories beside them,"
                                        + " as instances.json"));
    }

    private InstancesFile openInstances(DatasetImport data, AnnotationFile file)
            throws ProblemException {
        var instances = new InstancesFile(data, file, title, false);
        var visitors = new LinkedHashMap<String, JsonStream.Visitor>();
        long[] truth = {0};
        visitors.put("images", instances.images()::take);
        visitors.put("categories", instances.categories()::take);
        visitors.put("annotations", _ -> truth[0]++);
        InstancesFile.requireImages(new JsonStream(data, file.file()).lists(visitors), file);
        if (truth[0] > 0) {
            data.findings()
                    .warning(
                            file.name(),
                            truth[0]
                                    + " annotations of the instances file are not read, as they are"
                                    + " no results; import it as coco to have them");
        }
        return instances;
    }

    private void readList(DatasetImport data, InstancesFile instances, AnnotationFile file)
            throws ProblemException {
        var results = new Results(data, instances, file);
        new JsonStream(data, file.file()).list(results::take);
        results.portion.flush();
    }

    /// Both lists have the detections in one order, that of the masks with gaps.
    private void readPair(
            DatasetImport data,
            InstancesFile instances,
            AnnotationFile boxFile,
            AnnotationFile maskFile)
            throws ProblemException {
        var boxes = new Results(data, instances, boxFile);
        var masks = new Results(data, instances, maskFile);
        try (var cursor = new JsonStream(data, maskFile.file()).openList()) {
            var waiting = masks.next(cursor);
            var list = new JsonStream(data, boxFile.file()).openList();
            try (list) {
                for (var box = list.next(); box != null; box = list.next()) {
                    if (waiting != null && waiting.isSameAs(box)) {
                        boxes.portion.add(waiting.image().entry().id(), waiting.object());
                        waiting = masks.next(cursor);
                    } else {
                        boxes.take(box);
                    }
                }
            }
            long left = 0;
            while (waiting != null) {
                boxes.portion.add(waiting.image().entry().id(), waiting.object());
                left++;
                waiting = masks.next(cursor);
            }
            if (left > 0) {
                data.findings()
                        .warning(
                                maskFile.name(),
                                left
                                        + " masks could not be matched with boxes of "
                                        + boxFile.name()
                                        + ", which may be the same objects");
            }
        }
        boxes.portion.flush();
    }

    /// A result with what was made of it.
    private record Result(JsonItem item, KnownImage image, ObjectAnnotation object) {

        /// Whether a box is that of this mask: of the same image, category and score, and in its place.
        boolean isSameAs(JsonItem box) {
            if (!item.id("image_id").equals(box.id("image_id"))
                    || !item.id("category_id").equals(box.id("category_id"))
                    || !item.number("score").equals(box.number("score"))) {
                return false;
            }
            return RegionReader.boxOf(box)
                    .map(found -> image.frame().upright(image.entry(), found).bounds())
                    .filter(found -> found.iou(object.region().bounds()) >= 0.5)
                    .isPresent();
        }
    }

    /// One list of results.
    private final class Results {
        private final DatasetImport data;
        private final InstancesFile instances;
        private final String name;
        private final ObjectReader objects;
        private final Portion portion;

        Results(DatasetImport data, InstancesFile instances, AnnotationFile file) {
            this.data = data;
            this.instances = instances;
            this.name = file.name();
            this.objects = new ObjectReader(data.findings(), title, file.name());
            this.portion = new Portion(data);
        }

        void take(JsonItem item) throws ProblemException {
            var image = instances.images().of(item);
            if (image.isEmpty()) {
                return;
            }
            Optional<? extends Annotation> read =
                    item.get("caption") != null
                            ? CaptionsReader.caption(item, title, name, data.findings())
                            : object(item, image.get());
            if (read.isPresent()) {
                portion.add(image.get().entry().id(), read.get());
            }
        }

        private Optional<ObjectAnnotation> object(JsonItem item, KnownImage image) {
            if (item.get("score") == null) {
                data.findings().warning(item.place(), "the result has no score");
            }
            return instances
                    .categories()
                    .of(item)
                    .flatMap(label -> objects.read(item, image, label));
        }

        /// The next result that can be taken over, or null.
        @Nullable Result next(JsonStream.Cursor cursor) throws ProblemException {
            for (var item = cursor.next(); item != null; item = cursor.next()) {
                var image = instances.images().of(item);
                if (image.isPresent()) {
                    var object = object(item, image.get());
                    if (object.isPresent()) {
                        return new Result(item, image.get(), object.get());
                    }
                }
            }
            return null;
        }
    }
}
