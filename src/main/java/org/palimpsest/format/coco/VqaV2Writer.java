package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Writes VQAv2.
final class VqaV2Writer implements DatasetWriter {
    static final FormatSetting LANGUAGE =
            new FormatSetting(
                    "language",
                    "The language whose questions are written, such as en; VQAv2 does not say which"
                            + " it is, so others are left out",
                    "en",
                    Arrays.stream(Language.values()).map(Language::code).toList());

    /// The question types of VQAv2 are the beginnings of frequent questions; this one is for the others.
    private static final String OTHER_TYPE = "none of the above";

    /// The subsets of COCO that VQAv2 names its files after.
    private static final Map<String, String> SUBSETS =
            Map.of("train", "train2014", "val", "val2014", "test", "test2015");

    /// A question of an image with its answers.
    private record Question(long id, String text, List<TextAnnotation> answers) {
        String attribute(String name, String otherwise) {
            return answers.getFirst().attributes().getOrDefault(name, otherwise);
        }
    }

    @Override
    public void write(DatasetExport data) throws ProblemException {
        var splits = SplitFiles.of(data, true);
        boolean kept = keepsIds(data);
        data.convention("question_id", kept ? "as imported" : "1000 × image_id + number");
        data.convention("image_id", "place in the data set, see image_names.json");
        try (var names = data.openJson("image_names.json")) {
            names.writeStartObject();
            for (var split : splits.names()) {
                writeSplit(data, splits, split, kept, names);
            }
            names.writeEndObject();
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    /// Whether every question has an id that no other has.
    private static boolean keepsIds(DatasetExport data) throws ProblemException {
        var seen = new IdSet();
        boolean[] kept = {true};
        data.data()
                .forEach(image -> {
                    for (var answers : questions(data, image, null).values()) {
                        var id = keptId(answers.getFirst());
                        kept[0] &= id.isPresent() && seen.add(id.getAsLong());
                    }
                });
        return kept[0];
    }

    private static OptionalLong keptId(TextAnnotation answer) {
        String text = answer.attributes().getOrDefault(VqaV2Reader.QUESTION_ID, "");
        return text.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /// The answers of an image by question.
    private static Map<String, List<TextAnnotation>> questions(
            DatasetExport data, AnnotatedImage image, long @Nullable [] leftOut) {
        String language = data.setting(LANGUAGE.name());
        var questions = new LinkedHashMap<String, List<TextAnnotation>>();
        for (var text : image.texts()) {
            if (Task.parse(text.prompt()) instanceof Task.Answer(var spoken, var question)) {
                if (spoken.code().equals(language)) {
                    questions.computeIfAbsent(question, _ -> new ArrayList<>()).add(text);
                } else if (leftOut != null) {
                    leftOut[0]++;
                }
            }
        }
        return questions;
    }

    private static void writeSplit(
            DatasetExport data, SplitFiles splits, String split, boolean kept, JsonGenerator names)
            throws IOException, ProblemException {
        String subset = SUBSETS.getOrDefault(split, split);
        long[] leftOut = {0};
        try (var questions = data.openJson("v2_OpenEnded_mscoco_" + subset + "_questions.json");
                var annotations = data.openJson("v2_mscoco_" + subset + "_annotations.json")) {
            begin(questions, subset, "questions");
            begin(annotations, subset, "annotations");
            long[] id = {0};
            data.forEachImage(image -> {
                id[0]++;
                if (!splits.nameOf(image).equals(split)) {
                    return;
                }
                var asked = number(questions(data, image, leftOut), id[0], kept);
                if (asked.isEmpty()) {
                    return;
                }
                try {
                    names.writeStringField(Long.toString(id[0]), CocoFiles.fileName(data, image));
                    for (var question : asked) {
                        writeQuestion(questions, question, id[0]);
                        writeAnswers(annotations, question, id[0]);
                        data.countExample();
                    }
                } catch (IOException e) {
                    throw data.cannotWrite(e);
                }
            });
            for (var json : List.of(questions, annotations)) {
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        if (leftOut[0] > 0) {
            data.findings()
                    .error(
                            "questions",
                            leftOut[0] + " answers in other languages are left out from " + subset);
        }
    }

    private static void begin(JsonGenerator json, String subset, String list) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("info");
        json.writeStringField("description", "Palimpsest export");
        json.writeStringField("version", "2.0");
        json.writeEndObject();
        json.writeStringField("task_type", "Open-Ended");
        json.writeStringField("data_type", "mscoco");
        json.writeStringField("data_subtype", subset);
        json.writeObjectFieldStart("license");
        json.writeEndObject();
        json.writeArrayFieldStart(list);
    }

    private static List<Question> number(
            Map<String, List<TextAnnotation>> questions, long imageId, boolean kept) {
        var numbered = new ArrayList<Question>();
        for (var question : questions.entrySet()) {
            long made = 1000 * imageId + numbered.size();
            long id = kept ? keptId(question.getValue().getFirst()).orElse(made) : made;
            numbered.add(new Question(id, question.getKey(), question.getValue()));
        }
        return numbered;
    }

    private static void writeQuestion(JsonGenerator json, Question question, long imageId)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("image_id", imageId);
        json.writeStringField("question", question.text());
        json.writeNumberField("question_id", question.id());
        json.writeEndObject();
    }

    private static void writeAnswers(JsonGenerator json, Question question, long imageId)
            throws IOException {
        String frequent = mostFrequent(question.answers());
        json.writeStartObject();
        json.writeNumberField("question_id", question.id());
        json.writeNumberField("image_id", imageId);
        json.writeStringField(
                "question_type", question.attribute(VqaV2Reader.QUESTION_TYPE, OTHER_TYPE));
        json.writeStringField(
                "answer_type", question.attribute(VqaV2Reader.ANSWER_TYPE, type(frequent)));
        json.writeStringField("multiple_choice_answer", frequent);
        json.writeArrayFieldStart("answers");
        int number = 0;
        for (var answer : question.answers()) {
            json.writeStartObject();
            json.writeStringField("answer", answer.text());
            json.writeStringField(
                    "answer_confidence",
                    answer.attributes().getOrDefault(VqaV2Reader.CONFIDENCE, "yes"));
            json.writeNumberField("answer_id", ++number);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// The most frequent answer, of several the first.
    private static String mostFrequent(List<TextAnnotation> answers) {
        var counts = new LinkedHashMap<String, Integer>();
        String frequent = answers.getFirst().text();
        for (var answer : answers) {
            counts.merge(answer.text(), 1, Integer::sum);
        }
        for (var count : counts.entrySet()) {
            if (count.getValue() > counts.getOrDefault(frequent, 0)) {
                frequent = count.getKey();
            }
        }
        return frequent;
    }

    private static String type(String answer) {
        if (Set.of("yes", "no").contains(answer)) {
            return "yes/no";
        }
        return answer.matches("[0-9]+") ? "number" : "other";
    }
}
