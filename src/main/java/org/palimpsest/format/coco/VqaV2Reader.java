package org.palimpsest.format.coco;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.FindingList;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Reads VQAv2: a questions file, or all of a folder, each with the annotations file that its name leads to.
///
/// The questions of one file are held while its answers are read: some 200 bytes each.
final class VqaV2Reader implements DatasetReader {
    static final String QUESTION_ID = "question_id";
    static final String QUESTION_TYPE = "question_type";
    static final String ANSWER_TYPE = "answer_type";
    static final String CONFIDENCE = "answer_confidence";

    /// All parts of VQAv2 together have 1.1 million.
    private static final int MAX_QUESTIONS = 3_000_000;

    private final String title;

    VqaV2Reader(String title) {
        this.title = title;
    }

    private record Question(String place, String image, String prompt) {}

    @Override
    public void read(DatasetImport data) throws ProblemException {
        var names = new NumberedImages(data);
        if (!Files.isDirectory(data.source())) {
            readPart(data, questionsFile(data.source()), names);
            return;
        }
        var files =
                AnnotationFile.jsonFiles(data.source()).stream()
                        .filter(file -> file.name().contains("questions"))
                        .toList();
        if (files.isEmpty()) {
            throw new ProblemException(
                    "There is no questions file in the folder",
                    data.source().toString(),
                    "Choose the file, such as v2_OpenEnded_mscoco_train2014_questions.json");
        }
        for (var file : files) {
            readPart(data, file.file(), names);
        }
    }

    /// The person may have chosen the answers.
    private static Path questionsFile(Path chosen) {
        String name = chosen.getFileName().toString();
        if (!name.contains("annotations")) {
            return chosen;
        }
        Path plain = chosen.resolveSibling(name.replace("annotations", "questions"));
        return Files.isRegularFile(plain)
                ? plain
                : chosen.resolveSibling(
                        name.replace("annotations", "questions")
                                .replace("v2_mscoco_", "v2_OpenEnded_mscoco_"));
    }

    private static Optional<Path> annotationsFile(Path questions) {
        String name = questions.getFileName().toString().replace("questions", "annotations");
        return List.of(name, name.replace("OpenEnded_", ""), name.replace("MultipleChoice_", ""))
                .stream()
                .map(questions::resolveSibling)
                .filter(file -> !file.equals(questions) && Files.isRegularFile(file))
                .findFirst();
    }

    private void readPart(DatasetImport data, Path file, NumberedImages names)
            throws ProblemException {
        var questions = new HashMap<String, Question>();
        var seen =
                new JsonStream(data, file)
                        .lists(Map.of("questions", item -> takeQuestion(data, item, questions)));
        if (!seen.contains("questions")) {
            throw new ProblemException(
                    "This is not a questions file of VQA",
                    file.getFileName() + ": there is no list \"questions\"",
                    "Choose the questions file; the answers are found beside it");
        }
        Split split = AnnotationFile.splitOf(file.getFileName().toString());
        var annotations = annotationsFile(file);
        if (annotations.isPresent()) {
            var part = new Part(data, annotations.get(), names, split, questions);
            new JsonStream(data, annotations.get()).lists(Map.of("annotations", part::takeAnswers));
        } else {
            data.findings()
                    .error(
                            file.getFileName().toString(),
                            "there is no annotations file beside the questions, which have no answers"
                                    + " without it");
        }
        questions.values().stream()
                .map(Question::place)
                .sorted()
                .limit(2L * FindingList.KEPT)
                .forEach(place -> data.findings().error(place, "the question has no answers"));
    }

    private static void takeQuestion(
            DatasetImport data, JsonItem item, Map<String, Question> questions) {
        var id = item.id(QUESTION_ID);
        var image = item.id("image_id");
        var text = item.text("question").map(words -> words.strip().replaceAll("\\s+", " "));
        if (id.isEmpty() || image.isEmpty() || text.isEmpty() || text.get().isEmpty()) {
            data.findings()
                    .error(item.place(), "question_id, image_id or the question itself is missing");
        } else if (questions.size() >= MAX_QUESTIONS) {
            data.findings()
                    .error(item.place(), "there are more than " + MAX_QUESTIONS + " questions");
        } else {
            var question =
                    new Question(
                            item.place() + ", question " + id.get(),
                            image.get(),
                            prompt(text.get()));
            if (questions.putIfAbsent(id.get(), question) != null) {
                data.findings()
                        .error(item.place(), "a question of the id " + id.get() + " came before");
            }
        }
    }

    private static String prompt(String question) {
        return new Task.Answer(Language.ENGLISH, question).prompt();
    }

    /// The answers of one file.
    private final class Part {
        private final DatasetImport data;
        private final String name;
        private final NumberedImages names;
        private final Split split;
        private final Map<String, Question> questions;

        Part(
                DatasetImport data,
                Path file,
                NumberedImages names,
                Split split,
                Map<String, Question> questions) {
            this.data = data;
            this.name = file.getFileName().toString();
            this.names = names;
            this.split = split;
            this.questions = questions;
        }

        void takeAnswers(JsonItem item) throws ProblemException {
            var id = item.id(QUESTION_ID);
            var question = id.map(questions::get);
            if (question.isEmpty()) {
                data.findings()
                        .error(
                                item.place(),
                                "there is no question of the id "
                                        + id.orElse("(none)")
                                        + ", or its answers came before");
                return;
            }
            var answers = answers(item, id.get(), question.get());
            if (answers.isEmpty()) {
                return;
            }
            questions.remove(id.get());
            var image = names.open(item.place(), question.get().image(), split);
            if (image.isPresent()) {
                data.annotations(image.get().id(), answers);
            }
        }

        private List<TextAnnotation> answers(JsonItem item, String id, Question question) {
            var answers = new ArrayList<TextAnnotation>();
            var list = item.get("answers");
            if (list != null && list.isArray()) {
                for (var one : list) {
                    String text = one.path("answer").asText("").strip();
                    if (text.isEmpty()) {
                        data.findings().error(item.place(), "an answer has no text: " + one);
                    } else {
                        answers.add(
                                answer(
                                        item,
                                        id,
                                        question,
                                        text,
                                        one.path("answer_confidence").asText("")));
                    }
                }
            } else {
                // Later data sets of this shape have one answer only.
                item.text("multiple_choice_answer")
                        .ifPresent(text -> answers.add(answer(item, id, question, text, "")));
            }
            return answers;
        }

        private TextAnnotation answer(
                JsonItem item, String id, Question question, String text, String confidence) {
            var attributes = new TreeMap<String, String>();
            attributes.put(QUESTION_ID, id);
            item.text(QUESTION_TYPE).ifPresent(type -> attributes.put(QUESTION_TYPE, type));
            item.text(ANSWER_TYPE).ifPresent(type -> attributes.put(ANSWER_TYPE, type));
            if (!confidence.isEmpty()) {
                attributes.put(CONFIDENCE, confidence);
            }
            return new TextAnnotation(
                    AnnotationId.random(),
                    question.prompt(),
                    text,
                    new Provenance.Imported(title, name),
                    ReviewState.UNREVIEWED,
                    attributes,
                    List.of());
        }
    }
}
