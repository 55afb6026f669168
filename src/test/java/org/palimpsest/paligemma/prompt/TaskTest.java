package org.palimpsest.paligemma.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.paligemma.prompt.Task.Answer;
import org.palimpsest.paligemma.prompt.Task.Ask;
import org.palimpsest.paligemma.prompt.Task.Caption;
import org.palimpsest.paligemma.prompt.Task.Describe;
import org.palimpsest.paligemma.prompt.Task.Detect;
import org.palimpsest.paligemma.prompt.Task.FreeForm;
import org.palimpsest.paligemma.prompt.Task.ReadText;
import org.palimpsest.paligemma.prompt.Task.Segment;
import org.palimpsest.paligemma.prompt.Task.ShortCaption;

class TaskTest {
    @Test
    void everyTaskHasThePromptOfTheGrammarAndIsReadBackFromIt() {
        assertPrompt("cap en", new ShortCaption(Language.ENGLISH));
        assertPrompt("caption fil", new Caption(Language.FILIPINO));
        assertPrompt("describe de", new Describe(Language.GERMAN));
        assertPrompt("ocr", new ReadText());
        assertPrompt(
                "answer en Where is the cow standing?",
                new Answer(Language.ENGLISH, "Where is the cow standing?"));
        assertPrompt("question fr trois", new Ask(Language.FRENCH, "trois"));
        assertPrompt("detect cat", new Detect(List.of("cat")));
        assertPrompt("detect cat ; stop sign", new Detect(List.of("cat", "stop sign")));
        assertPrompt("segment left person", new Segment(List.of("left person")));
        assertPrompt("What is in this picture?", new FreeForm("What is in this picture?"));
    }

    private static void assertPrompt(String prompt, Task task) {
        assertEquals(prompt, task.prompt());
        assertEquals(task, Task.parse(prompt));
    }

    @Test
    void blanksSeparatorsAndLineBreaksAtTheEndAreNotMinded() {
        assertEquals(new Caption(Language.ENGLISH), Task.parse(" caption  en \n"));
        assertEquals(new Detect(List.of("cat", "dog")), Task.parse("detect cat;dog\r\n"));
        assertEquals(new Detect(List.of("cat", "dog")), Task.parse("detect  cat ;  dog "));
        assertEquals(new ReadText(), Task.parse("ocr\n"));
        assertEquals(
                new Answer(Language.ENGLISH, "how many?"), Task.parse("answer en   how many?"));
        assertEquals(new FreeForm(" two words "), Task.parse(" two words \n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "caption",
                "caption xx",
                "caption EN",
                "caption en de",
                "detect",
                "detect ;",
                "detect cat ;",
                "detect a<b",
                "ocr en",
                "answer en",
                "answer what?",
                "Detect cat",
                "segment",
                "detect cat\ndetect dog",
                "question xx 3",
                "describe\ten"
            })
    void whateverHasNoOtherFormIsFreeText(String prompt) {
        var task = Task.parse(prompt);
        assertThat(task).isInstanceOf(FreeForm.class);
        assertEquals(prompt.replaceAll("[\r\n]+$", ""), task.prompt());
    }

    @Test
    void thereAreEnglishAndThirtyFourOtherLanguages() {
        assertThat(Language.values()).hasSize(35);
        assertThat(Language.ofCode("zh")).contains(Language.CHINESE);
        assertThat(Language.ofCode("quz")).isEmpty();
        for (var language : Language.values()) {
            assertEquals(new Caption(language), Task.parse("caption " + language.code()));
        }
    }

    @Test
    void labelsThatWouldBreakThePromptAreRefused() {
        for (String label : List.of("", " ", "a;b", "a<b", "a>b", "a\nb", " a", "a ")) {
            assertThatThrownBy(() -> new Detect(List.of("cat", label)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("label");
        }
        assertThatThrownBy(() -> new Segment(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Answer(Language.ENGLISH, "a\nb"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"t-shirt (men's), (", "7/8 bolt, /", "50%, %"})
    void labelsThatSomeReadersCutShortAreWarnedAbout(String label, String character) {
        assertThat(Labels.reasonToRefuse(label)).isEmpty();
        assertThat(Labels.reasonToWarn(label))
                .hasValueSatisfying(reason -> assertThat(reason).contains("'" + character + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "stop sign", "a_b-c", "猫", "cafe\u0301", "Straße 7"})
    void ordinaryLabelsOfAllLanguagesAreFine(String label) {
        assertThat(Labels.reasonToRefuse(label)).isEmpty();
        assertThat(Labels.reasonToWarn(label)).isEmpty();
    }
}
