package org.palimpsest.cli;

import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.runtime.DeviceSelection;
import org.palimpsest.runtime.OnnxRuntime;

/// A model with the runtime that it computes in; closing it closes both.
record OpenModel(OnnxRuntime runtime, DeviceSelection selection, PaliGemma model)
        implements AutoCloseable {

    @Override
    public void close() {
        model.close();
        runtime.close();
    }
}
