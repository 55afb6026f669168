package org.palimpsest.batch.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.geometry.Size;

class HeldOutAnswersTest {
    private static final List<AnnotatedImage> IMAGES =
            List.of(image("a.png"), image("b.png"), image("c.png"), image("d.png"));

    private static AnnotatedImage image(String name) {
        return new AnnotatedImage(
                new ImageEntry(ImageId.random(), Path.of(name), new Size(10, 10)));
    }

    private static Judge.Judgement judgement(int... edits) {
        Map<ImageId, Judge.JudgedImage> images = new LinkedHashMap<>();
        for (int i = 0; i < edits.length; i++) {
            var image = IMAGES.get(i);
            images.put(image.image().id(), new Judge.JudgedImage(image, List.of(), edits[i]));
        }
        return new Judge.Judgement(Map.of(), "", images);
    }

    @Test
    void theLargestChangesComeFirstAndOfEqualOnesThoseThatBecameWorse() {
        var both = HeldOutAnswers.of(judgement(3, 5, 1, 2), judgement(3, 1, 5, 1));
        assertThat(both).extracting(HeldOutAnswers::saved).containsExactly(-4, 4, 1, 0);
        assertThat(both.getFirst().truth()).isEqualTo(IMAGES.get(2));
    }

    @Test
    void anImageThatOneSideDoesNotKnowIsLeftOut() {
        assertThat(HeldOutAnswers.of(judgement(1, 1), judgement(0)))
                .containsExactly(new HeldOutAnswers(IMAGES.getFirst(), List.of(), List.of(), 1, 0));
    }
}
