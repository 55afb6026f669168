package org.palimpsest.format.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.SegmentedObject;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Makes annotations of a prompt and its answer, the columns `prefix` and `suffix` of a table: objects of location
/// tokens, texts of everything else.
public final class AnswerReader {
    private static final int MAX_OBJECTS = 1000;
    private static final String IMAGE_TOKEN = "<image>";

    private final DatasetImport data;
    private final Provenance provenance;

    public AnswerReader(DatasetImport data, Provenance provenance) {
        this.data = data;
        this.provenance = provenance;
    }

    /// Whether the prompt asks for objects, so that its answer says what an objects column says as well.
    public static boolean asksForObjects(String prompt) {
        return switch (Task.parse(bare(prompt))) {
            case Task.Detect _, Task.Segment _ -> true;
            case Task.ShortCaption _,
                    Task.Caption _,
                    Task.Describe _,
                    Task.ReadText _,
                    Task.Answer _,
                    Task.Ask _,
                    Task.FreeForm _ ->
                    false;
        };
    }

    /// What the answer says; nothing where both are blank. What is malformed becomes a finding.
    ///
    /// @param frame the pixels that location tokens refer to
    public List<Annotation> read(
            String place, String prompt, String answer, ImageEntry image, Frame frame) {
        String bare = bare(prompt);
        if (bare.isBlank() && answer.isBlank()) {
            return List.of();
        }
        var task = Task.parse(bare);
        var output = OutputParser.parse(task, answer);
        return switch (output) {
            case ParsedOutput.GeneratedText _ ->
                    answer.isBlank()
                            ? List.of()
                            : List.of(TextAnnotation.of(bare, answer, provenance));
            case ParsedOutput.DetectedObjects(var objects) -> {
                var all = new ArrayList<Annotation>();
                for (var object : objects.subList(0, Math.min(objects.size(), MAX_OBJECTS))) {
                    add(all, place, object.name(), box(object.box(), image, frame));
                }
                noteMany(place, objects.size());
                yield all;
            }
            case ParsedOutput.SegmentedObjects(var objects) -> {
                var all = new ArrayList<Annotation>();
                for (var object : objects.subList(0, Math.min(objects.size(), MAX_OBJECTS))) {
                    region(place, object, image, frame)
                            .ifPresent(region -> add(all, place, object.name(), region));
                }
                noteMany(place, objects.size());
                yield all;
            }
            case ParsedOutput.Malformed malformed -> {
                if (!asksForObjects(bare) && !answer.isBlank()) {
                    yield List.of(TextAnnotation.of(bare, answer, provenance));
                }
                data.findings()
                        .error(
                                place,
                                "%s, at character %d of the answer"
                                        .formatted(malformed.reason(), malformed.position()));
                yield List.of();
            }
        };
    }

    /// The prompt as the program keeps it: without the image token and the line break that some files have.
    private static String bare(String prompt) {
        String bare =
                prompt.startsWith(IMAGE_TOKEN)
                        ? prompt.substring(prompt.lastIndexOf(IMAGE_TOKEN) + IMAGE_TOKEN.length())
                        : prompt;
        return bare.stripTrailing();
    }

    private void noteMany(String place, int count) {
        if (count > MAX_OBJECTS) {
            data.findings().error(place, (count - MAX_OBJECTS) + " further objects are left out");
        }
    }

    private void add(List<Annotation> all, String place, String label, Region region) {
        if (Label.isName(label)) {
            all.add(ObjectAnnotation.of(label, region, provenance));
        } else {
            data.findings().error(place, "an object has no usable label: \"" + label + "\"");
        }
    }

    private Region box(NormalizedBox bins, ImageEntry image, Frame frame) {
        Size size = frame.size(image);
        double scale = data.options().locationScale().orElse(NormalizedBox.SCALE);
        var box =
                new Box(
                        bins.xMin() / scale * size.width(),
                        bins.yMin() / scale * size.height(),
                        bins.xMax() / scale * size.width(),
                        bins.yMax() / scale * size.height());
        return frame.upright(image, box.clampTo(size));
    }

    private Optional<Region> region(
            String place, SegmentedObject object, ImageEntry image, Frame frame) {
        var decoder = data.options().masks();
        if (decoder.isEmpty()) {
            return Optional.of(box(object.box(), image, frame));
        }
        try {
            var mask = decoder.get().decode(object.maskCodes(), object.box(), frame.size(image));
            return Optional.of(frame.upright(image, mask));
        } catch (ProblemException e) {
            data.findings().error(place, e.problem().oneLine());
            return Optional.empty();
        }
    }
}
