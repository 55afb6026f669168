package org.palimpsest.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.LaterTaskRunner;

final class TrialsTest {
    private static final Path ONE = Path.of("one");
    private static final Path TWO = Path.of("two");

    private final LaterTaskRunner tasks = new LaterTaskRunner();
    private final List<Path> changed = new ArrayList<>();
    private final Trials trials = new Trials(tasks, changed::add);

    @Test
    void oneIsTriedAtATimeAndItsEndIsKept() {
        var problem = new Problem("It is cut off", "model.safetensors", "Fetch it again");
        trials.begin(
                ONE,
                true,
                _ -> {
                    throw new ProblemException(
                            problem.summary(), problem.detail(), problem.remedy());
                });
        trials.begin(TWO, false, _ -> new Trial.None());

        assertThat(trials.of(ONE)).isEqualTo(new Trial.Running(true));
        assertThat(trials.of(TWO)).isEqualTo(new Trial.None());
        tasks.runAll();
        assertThat(trials.of(ONE)).isEqualTo(new Trial.Failed(problem));
        assertThat(changed).containsExactly(ONE, ONE);
    }

    @Test
    void whatIsStoppedIsCancelledAndNotRunningAnyMore() {
        trials.begin(ONE, false, _ -> new Trial.None());
        trials.stop();
        trials.stop();

        assertThat(tasks.cancelled()).isEqualTo(1);
        assertThat(trials.of(ONE)).isEqualTo(new Trial.None());
        assertThat(changed).containsExactly(ONE, ONE);
    }
}
