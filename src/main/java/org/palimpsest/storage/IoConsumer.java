package org.palimpsest.storage;

import java.io.IOException;
import org.palimpsest.problem.ProblemException;

/// Uses a value and may fail on the way.
@FunctionalInterface
public interface IoConsumer<T> {
    void accept(T value) throws IOException, ProblemException;
}
