package org.palimpsest.format.scenes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.problem.ProblemException;

/// The sample scenes, and others that src/demo-model/scenes.py drew, with everything that is true of them. Can only be read.
public final class ScenesFormat implements DatasetFormat {
    @Override
    public String id() {
        return "scenes";
    }

    @Override
    public String title() {
        return "Sample scenes";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                Content.MASKS,
                Content.ATTRIBUTES,
                Content.CAPTIONS,
                Content.QUESTIONS,
                Content.OTHER_TEXTS);
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(ScenesFormat::read);
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.empty();
    }

    private static void read(DatasetImport data) throws ProblemException {
        Path folder = data.folder();
        var provenance = new Provenance.Imported("Sample scenes", SceneFolder.TRUTH_FILE);
        for (var scene : SceneFolder.read(folder).scenes()) {
            String name = scene.image().getFileName().toString();
            var image = data.image(SceneFolder.TRUTH_FILE, name);
            if (image.isEmpty()) {
                continue;
            }
            if (!image.get().size().equals(scene.size())) {
                data.findings()
                        .error(
                                name,
                                "the image is %s, its truth is of %s"
                                        .formatted(image.get().size(), scene.size()));
                continue;
            }
            var annotations = new ArrayList<Annotation>();
            for (var object : scene.objects()) {
                annotations.add(
                        ObjectAnnotation.of(object.label(), object.mask(), provenance)
                                .withAttributes(Map.of("color", object.color())));
            }
            for (var text : scene.texts()) {
                annotations.add(TextAnnotation.of(text.prompt(), text.text(), provenance));
            }
            data.annotations(image.get().id(), annotations);
            data.sink().details(image.get().id(), ImageDetails.NEW.withState(ImageState.DONE));
        }
    }
}
