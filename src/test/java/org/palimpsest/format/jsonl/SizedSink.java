package org.palimpsest.format.jsonl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.ImportReport;
import org.palimpsest.geometry.Size;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Keeps what an import reads, with image sizes that the test states instead of real image files.
final class SizedSink implements DatasetSink {
    private final Function<Path, Size> sizes;
    private final Map<Path, ImageId> ids = new LinkedHashMap<>();
    private final Map<ImageId, AnnotatedImage> images = new LinkedHashMap<>();
    private final List<Integer> portions = new ArrayList<>();
    private LabelSet labels = LabelSet.EMPTY;

    SizedSink(Function<Path, Size> sizes) {
        this.sizes = sizes;
    }

    /// Imports a file or folder.
    ImportReport read(Path source, ImportOptions options) throws ProblemException {
        var data = new DatasetImport(source, options, this, Progress.NONE);
        new PaliGemmaFormat(JsonlFlavor.BIG_VISION).reader().orElseThrow().read(data);
        return data.report();
    }

    @Override
    public ImageEntry image(Path file) {
        var id = ids.computeIfAbsent(file.normalize(), _ -> ImageId.random());
        return images.computeIfAbsent(
                        id, _ -> new AnnotatedImage(new ImageEntry(id, file, sizes.apply(file))))
                .image();
    }

    @Override
    public void details(ImageId image, ImageDetails details) {
        images.computeIfPresent(image, (_, known) -> known.withDetails(details));
    }

    @Override
    public void annotations(ImageId image, List<? extends Annotation> annotations) {
        portions.add(annotations.size());
        images.computeIfPresent(
                image,
                (_, known) -> {
                    var all = new ArrayList<>(known.annotations());
                    all.addAll(annotations);
                    return known.withAnnotations(all);
                });
    }

    @Override
    public void label(Label label) {
        labels = labels.with(label.name());
    }

    List<AnnotatedImage> images() {
        return List.copyOf(images.values());
    }

    LabelSet labels() {
        return labels;
    }

    /// How many annotations came at a time.
    List<Integer> portions() {
        return portions;
    }
}
