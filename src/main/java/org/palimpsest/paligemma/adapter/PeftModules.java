package org.palimpsest.paligemma.adapter;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;

/// The modules of a model as PEFT sees them: every name that a linear layer or a weight has had in Hugging Face's library.
final class PeftModules {
    private final PaliGemmaConfig config;
    private final Map<String, Parameter> bySpelling = new HashMap<>();
    private final Map<Parameter, List<String>> linear = new LinkedHashMap<>();

    PeftModules(PaliGemmaConfig config) {
        this.config = config;
        for (Parameter parameter : Parameter.all(config)) {
            List<String> names = HuggingFaceNames.spellings(parameter, config);
            names.forEach(name -> bySpelling.put(name, parameter));
            if (HuggingFaceNames.isLinear(parameter.role())) {
                linear.put(parameter, names.stream().map(PeftModules::module).toList());
            }
        }
    }

    PaliGemmaConfig config() {
        return config;
    }

    /// The matrices of linear layers, with every name of their module, the one of today last.
    Map<Parameter, List<String>> linear() {
        return linear;
    }

    /// The weight that has this name in some version of the library.
    Optional<Parameter> weight(String name) {
        return Optional.ofNullable(bySpelling.get(name));
    }

    /// The matrix of the linear layer that has this name in some version of the library.
    Optional<Parameter> linear(String module) {
        @Nullable Parameter parameter = bySpelling.get(module + ".weight");
        return Optional.ofNullable(parameter).filter(linear::containsKey);
    }

    /// The module's name in the library today.
    String name(Parameter parameter) {
        return module(HuggingFaceNames.inMemory(parameter, config));
    }

    /// All parameters whose module is this one or lies below it, whose name ends so.
    List<Parameter> below(String moduleEnding) {
        return Parameter.all(config).stream()
                .filter(parameter ->
                        HuggingFaceNames.spellings(parameter, config).stream()
                                .anyMatch(name -> isBelow(name, moduleEnding)))
                .toList();
    }

    /// Whether one of the modules around a weight has a name that ends so (peft/utils/other.py, _set_trainable).
    static boolean isBelow(String weight, String moduleEnding) {
        String module = module(weight);
        while (true) {
            if (module.endsWith(moduleEnding)) {
                return true;
            }
            int dot = module.lastIndexOf('.');
            if (dot < 0) {
                return false;
            }
            module = module.substring(0, dot);
        }
    }

    long in(Role role) {
        return HuggingFaceNames.shape(role, config).size(1);
    }

    long out(Role role) {
        return HuggingFaceNames.shape(role, config).size(0);
    }

    /// The name without its last part.
    static String module(String weight) {
        int dot = weight.lastIndexOf('.');
        return dot < 0 ? weight : weight.substring(0, dot);
    }

    /// The last part of a name.
    static String leaf(String module) {
        return module.substring(module.lastIndexOf('.') + 1);
    }
}
