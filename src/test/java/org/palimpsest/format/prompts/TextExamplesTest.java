package org.palimpsest.format.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palimpsest.format.prompts.ExampleFixtures.TEXTS;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextExamplesTest {

    @ParameterizedTest
    @CsvSource({
        "caption, A Cat/Eine Katze/a cat again",
        "caption-de, Eine Katze",
        "cap, cat",
        "describe-en, a cat on a mat",
        "answer, a cat/cat",
        "question, what is it?",
        "ocr, STOP",
        "free, nothing",
        "texts, A Cat/Eine Katze/a cat again/cat/a cat on a mat/a cat/cat/what is it?/STOP/nothing",
    })
    void textsAreTakenByKindAndLanguage(String template, String texts) throws Exception {
        assertThat(made(Map.of("templates", template)))
                .extracting(TrainingExample::suffix)
                .containsExactly(texts.split("/"));
    }

    @Test
    void ofSeveralTextsWithOnePromptOneCanBeDrawn() throws Exception {
        var answers = new HashSet<String>();
        for (int seed = 0; seed < 20; seed++) {
            var made = made(Map.of("templates", "answer", "answers", "one"), seed);
            assertThat(made).hasSize(1);
            answers.add(made.getFirst().suffix());
        }
        assertThat(answers).containsExactlyInAnyOrder("a cat", "cat");
    }

    @Test
    void answersCanBeTurnedIntoQuestions() throws Exception {
        assertThat(made(Map.of("templates", "question-of-answer")))
                .containsExactly(
                        new TrainingExample(
                                "question-of-answer", "question en a cat", "what is it?"),
                        new TrainingExample(
                                "question-of-answer", "question en cat", "what is it?"));
    }

    private static List<TrainingExample> made(Map<String, String> settings) throws Exception {
        return ExampleFixtures.made(settings, 0, TEXTS);
    }

    private static List<TrainingExample> made(Map<String, String> settings, long seed)
            throws Exception {
        return ExampleFixtures.made(settings, seed, TEXTS);
    }
}
