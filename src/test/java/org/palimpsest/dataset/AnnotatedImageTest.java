package org.palimpsest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

final class AnnotatedImageTest {
    private static final ImageEntry IMAGE =
            new ImageEntry(ImageId.random(), Path.of("a.png"), new Size(10, 10));

    @Test
    void smallChangesGiveTheSameAsAListMadeAnew() {
        var random = new Random(3);
        var image = new AnnotatedImage(IMAGE, List.of(any(), any(), any()));
        for (int step = 0; step < 300; step++) {
            var list = new ArrayList<>(image.annotations());
            switch (random.nextInt(3)) {
                case 0 -> {
                    var places = new BitSet();
                    for (int i = 0; i < list.size(); i++) {
                        places.set(i, random.nextInt(4) == 0);
                    }
                    image = image.without(places);
                    for (int i = list.size() - 1; i >= 0; i--) {
                        if (places.get(i)) {
                            list.remove(i);
                        }
                    }
                }
                case 1 -> {
                    var placed = new TreeMap<Integer, Annotation>();
                    for (int i = 0; i < random.nextInt(1, 15); i++) {
                        int place = list.size() - random.nextInt(Math.min(3, list.size() + 1));
                        if (placed.isEmpty() || place > placed.lastKey()) {
                            placed.put(place, any());
                            list.add(place, placed.get(place));
                        }
                    }
                    image = image.with(placed);
                }
                default -> {
                    if (!list.isEmpty()) {
                        int place = random.nextInt(list.size());
                        var changed = list.get(place).withReview(ReviewState.REJECTED);
                        list.set(place, changed);
                        image = image.replace(place, changed);
                    }
                }
            }
            assertThat(image).isEqualTo(new AnnotatedImage(IMAGE, list));
            assertThat(List.copyOf(image.annotations())).isEqualTo(list);
        }
    }

    @Test
    void noTwoAnnotationsHaveOneId() {
        var one = any();
        var image = new AnnotatedImage(IMAGE, List.of(one, any()));
        var again = one.withReview(ReviewState.ACCEPTED);

        assertThatThrownBy(() -> new AnnotatedImage(IMAGE, List.of(one, again)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> image.with(new TreeMap<>(Map.of(2, one))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> image.with(new TreeMap<>(Map.of(0, again))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> image.replace(1, again))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> image.with(new TreeMap<>(Map.of(7, any()))))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theListCannotBeChanged() {
        var image = new AnnotatedImage(IMAGE, List.of(any()));

        assertThatThrownBy(() -> image.annotations().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> image.annotations().set(0, any()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static ObjectAnnotation any() {
        return ObjectAnnotation.of(
                "cat", new Box(1, 1, 2, 2), new Provenance.Drawn("ada", Instant.EPOCH));
    }
}
