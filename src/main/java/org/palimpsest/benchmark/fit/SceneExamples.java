package org.palimpsest.benchmark.fit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.prompts.ExampleMaker;
import org.palimpsest.format.prompts.ExampleMix;
import org.palimpsest.format.prompts.ExampleSettings;
import org.palimpsest.format.scenes.Scene;
import org.palimpsest.format.scenes.SceneFolder;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.Example;

/// The scenes of an experiment: which labels and colours are new, and examples of what a person would have corrected.
///
/// @param labels every label of all scenes, sorted
/// @param newLabels those that the old scenes have not
/// @param newColors the same of colours
record SceneExamples(List<String> labels, Set<String> newLabels, Set<String> newColors) {
    /// What is taught: all boxes, and a sixth of the questions that there are.
    private static final String MIX = "detect-all,answer:0.17";

    static SceneExamples of(SceneFolder train, SceneFolder test, SceneFolder old) {
        var labels = new TreeSet<>(train.labels());
        labels.addAll(test.labels());
        labels.addAll(old.labels());
        var fresh = new TreeSet<>(labels);
        old.labels().forEach(fresh::remove);
        var colors = new TreeSet<>(colors(train));
        colors.removeAll(colors(old));
        return new SceneExamples(List.copyOf(labels), fresh, colors);
    }

    private static Set<String> colors(SceneFolder folder) {
        var colors = new HashSet<String>();
        folder.scenes()
                .forEach(scene -> scene.objects().forEach(object -> colors.add(object.color())));
        return colors;
    }

    /// The examples of some scenes, as an export would write them.
    List<Example> examples(List<Scene> scenes) throws ProblemException {
        var findings = new FindingList();
        var options = ExampleSettings.options(Map.of(), 0).withMix(ExampleMix.parse(MIX));
        var maker = ExampleMaker.of(LabelSet.ofNames(labels), options, findings);
        var examples = new ArrayList<Example>();
        for (var scene : scenes) {
            for (var made : maker.examples(annotated(scene)).examples()) {
                examples.add(new Example(scene.image(), made.prefix(), made.suffix()));
            }
        }
        return examples;
    }

    static AnnotatedImage annotated(Scene scene) {
        var drawn = new Provenance.Drawn("scenes", Instant.EPOCH);
        var annotations = new ArrayList<Annotation>();
        for (var object : scene.objects()) {
            annotations.add(ObjectAnnotation.of(object.label(), object.box(), drawn));
        }
        for (var text : scene.texts()) {
            annotations.add(TextAnnotation.of(text.prompt(), text.text(), drawn));
        }
        return new AnnotatedImage(
                new ImageEntry(ImageId.random(), scene.image(), scene.size()),
                ImageDetails.NEW.withState(ImageState.DONE),
                annotations);
    }
}
