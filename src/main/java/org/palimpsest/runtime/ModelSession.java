package org.palimpsest.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Shape;

/// A loaded model that computes outputs from inputs.
///
/// After a run that failed or was cancelled the session can be used again. Not thread-safe.
public final class ModelSession implements AutoCloseable {
    private final String name;
    private final Device device;
    private final OrtSession session;
    private final List<ValueInfo> inputs;
    private final List<ValueInfo> outputs;
    private @Nullable AdapterParameters adapter;

    ModelSession(String name, Device device, OrtSession session) throws OrtException {
        this.name = name;
        this.device = device;
        this.session = session;
        this.inputs = infos(session.getInputInfo());
        this.outputs = infos(session.getOutputInfo());
    }

    private static List<ValueInfo> infos(Map<String, NodeInfo> nodes) {
        var infos = new ArrayList<ValueInfo>();
        nodes.forEach((name, node) -> {
            if (node.getInfo() instanceof ai.onnxruntime.TensorInfo info) {
                var sizes = new ArrayList<Long>();
                for (long size : info.getShape()) {
                    sizes.add(size);
                }
                infos.add(new ValueInfo(name, NativeTensor.elementType(info.type), sizes));
            }
        });
        return List.copyOf(infos);
    }

    public Device device() {
        return device;
    }

    public List<ValueInfo> inputs() {
        return inputs;
    }

    public List<ValueInfo> outputs() {
        return outputs;
    }

    public Optional<ValueInfo> input(String wanted) {
        return inputs.stream().filter(info -> info.name().equals(wanted)).findFirst();
    }

    public Optional<ValueInfo> output(String wanted) {
        return outputs.stream().filter(info -> info.name().equals(wanted)).findFirst();
    }

    /// Makes the following runs use these values for the inputs that may be left out; null for none.
    ///
    /// @param parameters stay open as long as runs use them; the caller closes them
    public void useAdapter(@Nullable AdapterParameters parameters) {
        adapter = parameters;
    }

    /// Runs the model without pinned outputs.
    public RunResult run(Map<String, NativeTensor> given, Set<String> wanted, CancelToken cancel)
            throws ProblemException {
        return run(given, wanted, Map.of(), cancel);
    }

    /// Runs the model.
    ///
    /// @param given every input
    /// @param wanted the outputs to be made; the caller closes the result
    /// @param pinned outputs written straight into these tensors; a tensor that is also given as an input is changed in place
    ///     where the graph allows that
    /// @throws CancellationException if the token was cancelled before the run ended
    /// @throws ProblemException if the memory does not suffice or the model cannot take these inputs
    public RunResult run(
            Map<String, NativeTensor> given,
            Set<String> wanted,
            Map<String, NativeTensor> pinned,
            CancelToken cancel)
            throws ProblemException {
        if (cancel.isCancelled()) {
            throw new CancellationException(name);
        }
        try (var options = new OrtSession.RunOptions()) {
            OrtSession.Result result;
            if (adapter != null) {
                options.addActiveLoraAdapter(adapter.handle());
            }
            try (var watch = new RunWatch(options, cancel)) {
                long start = System.nanoTime();
                result = session.run(handles(given), wanted, handles(pinned), options);
                SessionClock.add(System.nanoTime() - start);
            }
            var taken = new LinkedHashMap<String, NativeTensor>();
            for (Map.Entry<String, OnnxValue> output : result) {
                if (!pinned.containsKey(output.getKey())) {
                    taken.put(
                            output.getKey(), NativeTensor.ofOutput((OnnxTensor) output.getValue()));
                }
            }
            return new RunResult(taken);
        } catch (OrtException e) {
            if (cancel.isCancelled()) {
                var cancellation = new CancellationException(name);
                cancellation.initCause(e);
                throw cancellation;
            }
            throw RuntimeProblems.of("Running " + name + " on " + describe(given), device, e);
        }
    }

    private static Map<String, OnnxTensor> handles(Map<String, NativeTensor> tensors) {
        var handles = new LinkedHashMap<String, OnnxTensor>();
        tensors.forEach((key, tensor) -> handles.put(key, tensor.handle()));
        return handles;
    }

    private static String describe(Map<String, NativeTensor> given) {
        var text = new StringBuilder();
        int shown = 0;
        for (Map.Entry<String, NativeTensor> input : given.entrySet()) {
            if (shown++ == 3) {
                text.append(", …");
                break;
            }
            Shape shape = input.getValue().shape();
            text.append(text.isEmpty() ? "" : ", ").append(input.getKey()).append(' ');
            text.append(shape);
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("Closing " + name, e);
        }
    }
}
