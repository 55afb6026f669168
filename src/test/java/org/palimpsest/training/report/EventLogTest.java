package org.palimpsest.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.TrainingEvent;

class EventLogTest {
    private static final TrainingEvent.Started START =
            new TrainingEvent.Started(0, 4, 10, 3, 1234, 5_000_000_000L, true);

    @TempDir private Path folder;

    private static TrainingEvent.StepCompleted step(int step, double loss) {
        return new TrainingEvent.StepCompleted(step, loss, 1.5, 1e-4, 7.25, 12.5);
    }

    private static TrainingEvent.Evaluated evaluated(int step) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("detect F1@0.5", 0.75);
        metrics.put("detect mAP", 0.5);
        return new TrainingEvent.Evaluated(step, 0.25, metrics, true);
    }

    private void write(TrainingEvent... events) throws ProblemException {
        try (var log = EventLog.open(folder)) {
            for (var event : events) {
                log.add(event);
            }
        }
    }

    @Test
    void everyKindOfEventComesBackAsItWas() throws ProblemException {
        TrainingEvent[] all = {
            START,
            step(1, 2.5),
            evaluated(1),
            new TrainingEvent.CheckpointSaved(1, Path.of("out")),
            new TrainingEvent.Finished(1, TrainingEvent.FinishReason.EARLY_STOPPED, 1)
        };
        write(all);
        assertThat(EventLog.read(folder)).containsExactly(all);
    }

    @Test
    void aLossThatIsNoNumberIsNullBecauseJsonHasNoWordForIt() throws ProblemException {
        assertThat(EventJson.line(step(3, Double.NaN))).contains("\"loss\":null");
        write(step(3, Double.POSITIVE_INFINITY));
        var back = (TrainingEvent.StepCompleted) EventLog.read(folder).getFirst();
        assertThat(back.loss()).isNaN();
    }

    @Test
    void aRunThatGoesOnLeavesOutWhatWasDoneTwice() throws ProblemException {
        write(START, evaluated(0), step(1, 3), step(2, 2.9), step(3, 2.8));
        var again = new TrainingEvent.Started(2, 4, 10, 3, 1234, 5, false);
        write(again, step(3, 2.7), step(4, 2.6));
        assertThat(EventLog.read(folder))
                .containsExactly(
                        START,
                        evaluated(0),
                        step(1, 3),
                        step(2, 2.9),
                        again,
                        step(3, 2.7),
                        step(4, 2.6));
    }

    @Test
    void aRunFromTheBeginningForgetsTheOneBefore() throws ProblemException {
        write(START, evaluated(0), step(1, 3));
        write(START, step(1, 2));
        assertThat(EventLog.read(folder)).containsExactly(START, step(1, 2));
    }

    @Test
    void aHalfLineOfAPowerCutIsSkippedAndTheNextBeginsAnew() throws ProblemException, IOException {
        write(step(1, 3));
        Files.writeString(
                folder.resolve(EventLog.FILE), "{\"event\":\"st", StandardOpenOption.APPEND);
        write(step(2, 2));
        assertThat(EventLog.read(folder)).containsExactly(step(1, 3), step(2, 2));
    }

    @Test
    void aFolderWithoutALogHasNoEvents() throws ProblemException {
        assertThat(EventLog.read(folder)).isEqualTo(List.of());
    }
}
