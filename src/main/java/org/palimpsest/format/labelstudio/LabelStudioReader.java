package org.palimpsest.format.labelstudio;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.shape.JsonParts;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads a JSON file of tasks, one task at a time.
///
/// Of an image's annotations the first that was not skipped is taken. Predictions are taken as well, unless an annotation
/// was made from them or holds the same.
final class LabelStudioReader implements DatasetReader {
    private static final List<String> NAMES = List.of("tasks.json", "result.json", "export.json");

    @Override
    public void read(DatasetImport data) throws ProblemException {
        Path file = file(data);
        long tasks = 0;
        try (var json = JsonParts.open(file)) {
            try {
                var token = json.parser().nextToken();
                if (token == JsonToken.START_OBJECT) {
                    take(data, file, 1, json.tree());
                    return;
                }
                if (token != JsonToken.START_ARRAY) {
                    throw unreadable(file, "it holds no tasks");
                }
                while (json.parser().nextToken() != JsonToken.END_ARRAY) {
                    var task = json.tree();
                    tasks++;
                    take(data, file, tasks, task);
                }
            } catch (IOException e) {
                String reason = "line " + json.line() + ": " + firstLine(e);
                if (tasks == 0) {
                    throw unreadable(file, reason);
                }
                data.findings()
                        .error(file.getFileName().toString(), "the rest cannot be read: " + reason);
            }
        } catch (IOException e) {
            throw unreadable(file, firstLine(e));
        }
    }

    private static Path file(DatasetImport data) throws ProblemException {
        if (Files.isRegularFile(data.source())) {
            return data.source();
        }
        for (var name : NAMES) {
            Path file = data.folder().resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw unreadable(data.folder(), "there is no tasks.json");
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it is damaged");
    }

    private static ProblemException unreadable(Path file, String reason) {
        return new ProblemException(
                new Problem(
                        "The Label Studio tasks cannot be read",
                        file + ": " + reason,
                        "Export the project as JSON"),
                null);
    }

    private static void take(DatasetImport data, Path file, long number, JsonNode task)
            throws ProblemException {
        String place = "task " + task.path("id").asText(Long.toString(number));
        var address = address(task.path("data"));
        if (address.isEmpty()) {
            data.findings().error(place, "the task names no image");
            return;
        }
        var image = data.image(place, ImageUrls.path(data, address.get()));
        if (image.isPresent()) {
            takeAnnotations(data, file.getFileName().toString(), place, task, image.get());
        }
    }

    /// The value of `image`, or the first that looks like the path of an image.
    private static Optional<String> address(JsonNode values) {
        if (values.path("image").isTextual()) {
            return Optional.of(values.path("image").textValue());
        }
        for (var value : values) {
            if (value.isTextual()
                    && value.textValue().length() < 2000
                    && value.textValue()
                            .toLowerCase(Locale.ROOT)
                            .matches("(?s).*\\.(jpe?g|png|webp|bmp|gif|tiff?)(\\?.*)?")) {
                return Optional.of(value.textValue());
            }
        }
        return Optional.empty();
    }

    private static void takeAnnotations(
            DatasetImport data, String fileName, String place, JsonNode task, ImageEntry image)
            throws ProblemException {
        var results = new ResultReader(data, fileName, image);
        var used = new HashSet<String>();
        // Before version 1.0 annotations were called completions.
        var checked = task.has("annotations") ? task.get("annotations") : task.path("completions");
        boolean taken = false;
        for (var annotation : checked) {
            if (annotation.path("was_cancelled").asBoolean(false)) {
                data.findings().warning(place, "a skipped annotation is left out");
            } else if (taken) {
                data.findings().error(place, "of several annotations the first is taken");
            } else {
                taken = true;
                used.add(annotation.path("parent_prediction").asText(""));
                results.read(place, annotation.path("result"), ReviewState.ACCEPTED);
            }
        }
        var objects = new ArrayList<>(results.objects());
        var texts = new ArrayList<>(results.texts());
        for (var prediction : task.path("predictions")) {
            if (prediction.isObject() && !used.contains(prediction.path("id").asText("none"))) {
                var predicted = new ResultReader(data, fileName, image);
                predicted.read(place, prediction.path("result"), ReviewState.UNREVIEWED);
                predicted.objects().stream()
                        .filter(one -> objects.stream().noneMatch(known -> isSame(known, one)))
                        .forEach(objects::add);
                texts.addAll(predicted.texts());
            }
        }
        var split = split(task.path("data").path("split").asText(""));
        if (split != Split.UNASSIGNED || !results.tags().isEmpty()) {
            data.sink()
                    .details(
                            image.id(), ImageDetails.NEW.withSplit(split).withTags(results.tags()));
        }
        var all = new ArrayList<Annotation>(objects);
        all.addAll(texts);
        data.annotations(image.id(), all);
    }

    private static boolean isSame(ObjectAnnotation one, ObjectAnnotation other) {
        return one.review() != other.review()
                && one.label().equals(other.label())
                && one.region().equals(other.region());
    }

    private static Split split(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "train" -> Split.TRAIN;
            case "val", "valid", "validation" -> Split.VALIDATION;
            case "test" -> Split.TEST;
            default -> Split.UNASSIGNED;
        };
    }
}
