package org.palimpsest.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

class BoxMaskTest {
    private static final Box BOX = new Box(20, 20, 40, 60);

    private static ObjectAnnotation object(Region region) {
        return ObjectAnnotation.of(
                "cat", region, new Provenance.Predicted("m", "segment cat", 0.5, Instant.EPOCH));
    }

    private static Mask filled(Box box) {
        return Mask.fromRegion(box, new Size(100, 100));
    }

    @Test
    void theModelIsShownTheBoxWithHalfOfItAround() {
        var image = new ImageEntry(ImageId.random(), Path.of("a.png"), new Size(100, 100));
        var request = BoxMask.request(image, "cat", BOX, BoxMask.Sight.AROUND_BOX);
        assertThat(request.task().prompt()).isEqualTo("segment cat");
        assertThat(request.scope()).isEqualTo(new Scope.Part(new Box(10, 0, 50, 80)));
        assertThat(BoxMask.request(image, "cat", BOX, BoxMask.Sight.WHOLE_IMAGE).scope())
                .isEqualTo(Scope.WHOLE);
    }

    @Test
    void theMaskThatFitsTheBoxBestIsTaken() {
        var near = object(filled(new Box(21, 20, 40, 58)));
        List<Annotation> answer =
                List.of(
                        object(filled(new Box(0, 0, 90, 90))),
                        near,
                        object(filled(new Box(24, 20, 40, 60))),
                        object(BOX));
        assertThat(BoxMask.best(answer, BOX)).contains(near);
    }

    @Test
    void aMaskElsewhereIsNone() {
        assertThat(BoxMask.best(List.of(object(filled(new Box(70, 70, 90, 90)))), BOX)).isEmpty();
    }
}
