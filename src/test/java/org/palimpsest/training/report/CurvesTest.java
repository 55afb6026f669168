package org.palimpsest.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Picture;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.optimizer.LearningRateSchedule;

class CurvesTest {
    static List<TrainingEvent> events(int steps) {
        var random = new SplittableRandom(7);
        var schedule = new LearningRateSchedule.WarmupCosine(2e-4, steps / 20, steps);
        var events = new ArrayList<TrainingEvent>();
        for (int step = 0; step <= steps; step++) {
            double loss = 0.3 + 2.1 * Math.exp(-4.0 * step / steps);
            if (step > 0) {
                double seen = loss * random.nextDouble(0.75, 1.3);
                events.add(
                        new TrainingEvent.StepCompleted(
                                step, seen, 1, schedule.at(step - 1), 8, 3));
            }
            if (step % Math.max(1, steps / 10) == 0) {
                double f1 = 0.55 + 0.4 * (1 - Math.exp(-5.0 * step / steps));
                events.add(
                        new TrainingEvent.Evaluated(
                                step, loss + 0.08, Map.of("detect F1@0.5", f1), true));
            }
        }
        return events;
    }

    /// Colours that are the line's own, not mixed with the ground.
    private static TreeSet<Integer> colors(Picture picture) {
        var colors = new TreeSet<Integer>();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                colors.add(picture.rgb(x, y));
            }
        }
        return colors;
    }

    @Test
    void trainingValidationFigureAndLearningRateAreDrawn() {
        var picture = Curves.draw(events(300), "detect F1@0.5");
        assertThat(picture.size()).isEqualTo(new Size(1640, 1120));
        assertThat(colors(picture)).contains(0x0072B2, 0xD55E00, 0x009E73, 0x5C636E, 0xFFFFFF);
    }

    @Test
    void withoutAFigureThereIsNoFieldForIt() {
        assertThat(colors(Curves.draw(events(20), ""))).doesNotContain(0x009E73);
    }

    @Test
    void aRunOfNothingOrOneStepHasAPictureToo() {
        assertThat(Curves.draw(List.of(), "x").width()).isEqualTo(1640);
        assertThat(Curves.draw(events(1).subList(0, 2), "x").width()).isEqualTo(1640);
    }

    @Test
    void aLossThatIsNoNumberIsLeftOut() {
        var events = new ArrayList<>(events(10));
        events.add(new TrainingEvent.StepCompleted(11, Double.NaN, 1, 1e-4, 1, 1));
        assertThat(Curves.draw(events, "x").width()).isEqualTo(1640);
    }
}
