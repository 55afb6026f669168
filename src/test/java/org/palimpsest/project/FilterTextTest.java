package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;

class FilterTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "label:cat",
                "label:\"red car\"",
                "split:validation",
                "state:in-progress",
                "-tag:night",
                "label:cat -tag:night (split:train or state:done) score<0.5 \"red car\"",
                "objects=2..5",
                "area=0.1..0.25",
                "area>=0.001 aspect<2",
                "model:\"toy, small\" prompt:\"detect cat ; dog\"",
                "edits>3 texts=0 review:accepted origin:drawn absent:cat name:a.png"
            })
    void aFilterThatIsWrittenIsReadAsTheSame(String text) throws ProblemException {
        var filter = ImageFilter.parse(text);
        var written = FilterText.of(filter).orElseThrow();
        assertThat(ImageFilter.parse(written)).as(written).isEqualTo(filter);
    }

    @Test
    void aNameThatCannotBeQuotedIsNotWritten() {
        assertThat(FilterText.of(new ImageFilter.Tagged("so \"called\""))).isEmpty();
        assertThat(FilterText.of(new ImageFilter.Not(new ImageFilter.Tagged("a\"b")))).isEmpty();
    }
}
