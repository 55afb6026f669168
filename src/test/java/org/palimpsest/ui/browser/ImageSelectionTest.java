package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.ui.browser.ImageSelection.Extension;

class ImageSelectionTest {
    private final List<ImageId> ids =
            new ArrayList<>(Stream.generate(ImageId::random).limit(10).toList());
    private final ImageSelection selection = new ImageSelection(ids::size, ids::get, ids::indexOf);

    private List<Integer> chosen() {
        return selection.inOrder().stream().map(ids::indexOf).toList();
    }

    @Test
    void aClickChoosesOneAlone() {
        selection.choose(3, Extension.ALONE);
        selection.choose(5, Extension.ALONE);

        assertThat(chosen()).containsExactly(5);
        assertThat(selection.leadIndex()).isEqualTo(5);
    }

    @Test
    void shiftExtendsFromTheLastOneThatWasChosenInBothDirections() {
        selection.choose(5, Extension.ALONE);
        selection.choose(8, Extension.RANGE);
        assertThat(chosen()).containsExactly(5, 6, 7, 8);

        selection.choose(3, Extension.RANGE);
        assertThat(chosen()).containsExactly(3, 4, 5);
        assertThat(selection.leadIndex()).isEqualTo(3);
    }

    @Test
    void controlAddsAndTakesAway() {
        selection.choose(1, Extension.ALONE);
        selection.choose(4, Extension.TOGGLE);
        selection.choose(7, Extension.TOGGLE);
        selection.choose(4, Extension.TOGGLE);

        assertThat(chosen()).containsExactly(1, 7);
    }

    @Test
    void theKeyboardMayGoSomewhereWithoutChangingWhatIsSelected() {
        selection.choose(1, Extension.ALONE);
        selection.choose(4, Extension.MOVE);
        selection.choose(4, Extension.TOGGLE);

        assertThat(chosen()).containsExactly(1, 4);
    }

    @Test
    void whatIsSelectedStaysSoInAnotherOrder() {
        selection.choose(0, Extension.ALONE);
        selection.choose(1, Extension.TOGGLE);
        Collections.reverse(ids);

        assertThat(chosen()).containsExactly(8, 9);
        assertThat(selection.leadIndex()).isEqualTo(8);
    }

    @Test
    void whatLeavesTheListIsSelectedNoMore() {
        selection.chooseAll();
        ids.subList(4, 10).clear();
        selection.keepListed();

        assertThat(selection.selected()).hasSize(4);
    }

    @Test
    void whatIsShownBecomesTheOneUnlessItIsAmongTheSelected() {
        selection.choose(2, Extension.ALONE);
        selection.choose(4, Extension.RANGE);
        selection.follow(ids.get(3));
        assertThat(chosen()).containsExactly(2, 3, 4);

        selection.follow(ids.get(9));
        assertThat(chosen()).containsExactly(9);
    }

    @Test
    void aPlaceOutsideTheListChangesNothing() {
        selection.choose(2, Extension.ALONE);
        selection.choose(10, Extension.ALONE);
        selection.choose(-1, Extension.TOGGLE);

        assertThat(chosen()).containsExactly(2);
    }
}
