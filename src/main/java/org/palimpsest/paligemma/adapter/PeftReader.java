package org.palimpsest.paligemma.adapter;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.checkpoint.StoredTensor;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Shape;

/// Reads one PEFT folder.
final class PeftReader {
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    /// The tensors of one module.
    private static final class Pair {
        private @Nullable StoredTensor a;
        private @Nullable StoredTensor b;
    }

    private final Path folder;
    private final Path file;
    private final PeftModules modules;
    private final Map<Parameter, Pair> pairs = new HashMap<>();
    private final Map<Parameter, StoredTensor> saved = new HashMap<>();

    PeftReader(Path folder, PaliGemmaConfig config) {
        this.folder = folder;
        this.file = folder.resolve(PeftFolder.WEIGHTS_FILE);
        this.modules = new PeftModules(config);
    }

    Adapter read() throws ProblemException {
        PeftConfig config = PeftConfig.read(folder.resolve(PeftFolder.CONFIG_FILE));
        try (Checkpoint checkpoint = SafetensorsCheckpoint.open(file)) {
            for (StoredTensor tensor : checkpoint.tensors()) {
                sort(tensor);
            }
            var terms = new LinkedHashMap<Parameter, Adapter.Term>();
            for (var module : modules.linear().entrySet()) {
                Pair pair = pairs.get(module.getKey());
                boolean wanted = config.targets(module.getValue());
                if (pair == null && wanted) {
                    throw missing(module.getValue().getLast() + A);
                }
                if (pair != null) {
                    requireTargeted(wanted, pair);
                    Parameter parameter = module.getKey();
                    terms.put(
                            parameter,
                            term(checkpoint, config, pair, parameter, module.getValue()));
                }
            }
            var replaced = replaced(checkpoint, config);
            if (terms.isEmpty() && replaced.isEmpty()) {
                throw new ProblemException(
                        "This adapter is empty",
                        file + ": no tensor for any module of the model",
                        "Choose another folder");
            }
            return new Adapter(terms, replaced);
        }
    }

    private void sort(StoredTensor tensor) throws ProblemException {
        String full = tensor.name();
        if (!full.startsWith(PeftFolder.PREFIX)) {
            throw unknown(tensor);
        }
        String name = full.substring(PeftFolder.PREFIX.length());
        boolean isA = name.endsWith(A);
        boolean taken;
        if (isA || name.endsWith(B)) {
            String module = name.substring(0, name.length() - A.length());
            Parameter parameter = modules.linear(module).orElseThrow(() -> unknown(tensor));
            Pair pair = pairs.computeIfAbsent(parameter, _ -> new Pair());
            taken = (isA ? pair.a : pair.b) != null;
            if (isA) {
                pair.a = tensor;
            } else {
                pair.b = tensor;
            }
        } else {
            Parameter parameter = modules.weight(name).orElseThrow(() -> unknown(tensor));
            taken = saved.put(parameter, tensor) != null;
        }
        if (taken) {
            throw damaged(tensor, "the same weight as another tensor under an older name");
        }
    }

    private void requireTargeted(boolean wanted, Pair pair) throws ProblemException {
        StoredTensor tensor = pair.a == null ? pair.b : pair.a;
        if (!wanted && tensor != null) {
            throw damaged(tensor, "a module that target_modules does not name");
        }
    }

    private Adapter.Term term(
            Checkpoint checkpoint,
            PeftConfig config,
            Pair pair,
            Parameter parameter,
            List<String> names)
            throws ProblemException {
        if (pair.a == null || pair.b == null) {
            throw missing(names.getLast() + (pair.a == null ? A : B));
        }
        int rank = config.rankOf(names);
        Role role = parameter.role();
        float[] a = values(checkpoint, pair.a, Shape.of(rank, modules.in(role)));
        float[] b = values(checkpoint, pair.b, Shape.of(modules.out(role), rank));
        return new Adapter.Term(rank, config.alphaOf(names), config.rankStabilised(), a, b);
    }

    private Map<Parameter, float[]> replaced(Checkpoint checkpoint, PeftConfig config)
            throws ProblemException {
        for (String ending : config.modulesToSave()) {
            for (Parameter parameter : modules.below(ending)) {
                if (!saved.containsKey(parameter)) {
                    throw missing(HuggingFaceNames.inMemory(parameter, modules.config()));
                }
            }
        }
        var replaced = new LinkedHashMap<Parameter, float[]>();
        for (Parameter parameter : Parameter.all(modules.config())) {
            StoredTensor tensor = saved.get(parameter);
            if (tensor == null) {
                continue;
            }
            if (config.modulesToSave().stream()
                    .noneMatch(ending ->
                            HuggingFaceNames.spellings(parameter, modules.config()).stream()
                                    .anyMatch(name -> PeftModules.isBelow(name, ending)))) {
                throw damaged(tensor, "a weight that modules_to_save does not name");
            }
            if (parameter.role() == Role.TOKEN_EMBEDDING) {
                // PEFT leaves the head as it was, which in a PaliGemma is the same table.
                throw damaged(tensor, "an embedding that is not the output head any more");
            }
            Shape shape = HuggingFaceNames.shape(parameter.role(), modules.config());
            replaced.put(parameter, values(checkpoint, tensor, shape));
        }
        return replaced;
    }

    private float[] values(Checkpoint checkpoint, StoredTensor tensor, Shape expected)
            throws ProblemException {
        if (!tensor.info().shape().equals(expected)) {
            throw new ProblemException(
                    "This adapter does not fit the model",
                    place(tensor)
                            + ": expected shape "
                            + expected
                            + ", found "
                            + tensor.info().shape(),
                    "Choose the model that the adapter was trained on");
        }
        switch (tensor.info().elementType()) {
            case FLOAT32, FLOAT16, BFLOAT16 -> {}
            default ->
                    throw damaged(
                            tensor,
                            tensor.info().elementType() + " instead of F32, F16 or BF16 values");
        }
        try (Arena arena = Arena.ofConfined()) {
            float[] values = checkpoint.map(tensor, arena).toFloats();
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw damaged(tensor, "a value that is not finite: " + value);
                }
            }
            return values;
        }
    }

    private String place(StoredTensor tensor) {
        return file + ", tensor " + tensor.name();
    }

    private ProblemException unknown(StoredTensor tensor) {
        return new ProblemException(
                "This adapter does not fit the model",
                place(tensor)
                        + ": expected A, B or a saved module of a PaliGemma with "
                        + modules.config().text().numLayers()
                        + " text and "
                        + modules.config().vision().numLayers()
                        + " vision layers, found a name that it does not have",
                "Choose the model that the adapter was trained on");
    }

    private ProblemException missing(String name) {
        return new ProblemException(
                "A tensor of this adapter is missing",
                file + ", tensor " + PeftFolder.PREFIX + name + ": not found",
                "Choose the model that the adapter was trained on, or copy the folder again");
    }

    private ProblemException damaged(StoredTensor tensor, String found) {
        return new ProblemException(
                "This adapter cannot be used",
                place(tensor) + ": found " + found,
                "Save the adapter again with PEFT");
    }
}
