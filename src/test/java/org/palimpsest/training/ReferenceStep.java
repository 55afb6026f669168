package org.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.graph.LossGraph;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.training.data.EncodedExample;
import org.palimpsest.training.optimizer.AdamW;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.FlatParameters;

/// A step session with parameters at their start values, and an optimizer.
final class ReferenceStep implements AutoCloseable {
    private final TinyModel model;
    final FlatParameters parameters;
    private final StepSession session;
    final AdamW optimizer;
    private final ElementType dtype;

    ReferenceStep(
            OnnxRuntime runtime,
            TinyModel model,
            Adaptation adaptation,
            boolean recompute,
            AdamWConfig config)
            throws ProblemException {
        this(runtime, model, adaptation, recompute, config, 0, ElementType.FLOAT32);
    }

    ReferenceStep(
            OnnxRuntime runtime,
            TinyModel model,
            Adaptation adaptation,
            boolean recompute,
            AdamWConfig config,
            double smoothing,
            ElementType dtype)
            throws ProblemException {
        this.model = model;
        this.dtype = dtype;
        this.parameters = parameters(model, adaptation, config.decaysVectors());
        this.session =
                StepSession.open(
                        model.graph(adaptation, dtype),
                        LossGraph.Options.any(false, smoothing),
                        recompute,
                        parameters,
                        runtime,
                        SessionSettings.on(new Device.Cpu(2)));
        this.optimizer = AdamW.open(config, 1, parameters, runtime);
    }

    private static FlatParameters parameters(
            TinyModel model, Adaptation adaptation, boolean decaysVectors) throws ProblemException {
        var all = new ArrayList<FlatParameters.Parameter>();
        adaptation
                .terms()
                .forEach((parameter, term) -> {
                    var shape = model.weights().huggingFaceShape(parameter);
                    all.add(
                            new FlatParameters.Parameter(
                                    Adaptation.a(parameter),
                                    Shape.of(term.rank(), shape.size(1)),
                                    true));
                    all.add(
                            new FlatParameters.Parameter(
                                    Adaptation.b(parameter),
                                    Shape.of(shape.size(0), term.rank()),
                                    true));
                });
        for (var parameter : adaptation.given()) {
            var shape = model.weights().get(parameter).shape();
            all.add(
                    new FlatParameters.Parameter(
                            Adaptation.weight(parameter),
                            shape,
                            decaysVectors || shape.rank() > 1));
        }
        var flat = new FlatParameters(all);
        for (var parameter : adaptation.given()) {
            try (var arena = Arena.ofConfined()) {
                var weight = model.weights().get(parameter);
                flat.set(
                        Adaptation.weight(parameter),
                        model.weights().map(weight, arena).toFloats());
            }
        }
        return flat;
    }

    double gradients(List<EncodedExample> examples, double divisor) throws ProblemException {
        try (var batch = model.batch(examples, dtype, 0)) {
            return session.gradients(batch, 1 / divisor, new CancelToken());
        }
    }

    double accumulated(List<List<EncodedExample>> parts, double divisor) throws ProblemException {
        optimizer.startAccumulating();
        double loss = 0;
        for (var part : parts) {
            loss += gradients(part, divisor);
            optimizer.accumulate();
        }
        return loss;
    }

    void setTerms(TinyModel model, Path folder) throws ProblemException {
        eachTerm(model, folder, parameters::set);
    }

    void compareTerms(TinyModel model, Path folder) throws ProblemException {
        eachTerm(
                model,
                folder,
                (name, expected) ->
                        assertThat(rootMeanSquare(parameters.values(name), expected))
                                .as(name)
                                .isLessThan(1e-5));
    }

    private void eachTerm(TinyModel model, Path folder, BiConsumer<String, float[]> use)
            throws ProblemException {
        try (var adapter = SafetensorsCheckpoint.open(folder.resolve("adapter_model.safetensors"));
                var arena = Arena.ofConfined()) {
            for (var weight : model.weights().all()) {
                String module =
                        weight.stored()
                                .name()
                                .replace("language_model.model.", "model.language_model.")
                                .replace(".weight", "");
                for (var side : List.of("A", "B")) {
                    var stored =
                            adapter.find(
                                    "base_model.model." + module + ".lora_" + side + ".weight");
                    if (stored.isPresent()) {
                        use.accept(
                                side.equals("A")
                                        ? Adaptation.a(weight.parameter())
                                        : Adaptation.b(weight.parameter()),
                                adapter.map(stored.get(), arena).toFloats());
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        session.close();
        optimizer.close();
        parameters.close();
    }

    static double rootMeanSquare(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow(a[i] - b[i], 2);
        }
        return Math.sqrt(sum / a.length);
    }
}
