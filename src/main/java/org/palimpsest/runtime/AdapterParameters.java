package org.palimpsest.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoraAdapter;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Values for inputs that a model may go without, in native memory: what an adapter gives to every run of a session.
///
/// Several sessions may use the same parameters. Thread-safe.
public final class AdapterParameters implements AutoCloseable {
    private final OrtLoraAdapter handle;

    private AdapterParameters(OrtLoraAdapter handle) {
        this.handle = handle;
    }

    /// @param file the content of an adapter file of ONNX Runtime; copied. Every name in it must be an input of the sessions
    ///     that use it
    /// @throws ProblemException if it is no such content, or the memory does not suffice
    public static AdapterParameters of(byte[] file) throws ProblemException {
        try {
            return new AdapterParameters(OrtLoraAdapter.create(file));
        } catch (OrtException e) {
            throw new ProblemException(
                    new Problem("The adapter cannot be loaded", String.valueOf(e.getMessage()), ""),
                    e);
        }
    }

    OrtLoraAdapter handle() {
        return handle;
    }

    /// Only after the last run that uses them.
    @Override
    public void close() {
        handle.close();
    }
}
