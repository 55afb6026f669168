package org.palimpsest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The components of the program and which others each may use: the table of docs/architecture.md.
///
/// A name is a package below `org.palimpsest` with all that lies in it; `paligemma.prompt` is that package alone.
final class Components {
    /// In the order of the document, lowest first.
    static final List<Component> TABLE =
            List.of(
                    component("problem"),
                    component("geometry"),
                    component("tensor"),
                    component("job", "problem"),
                    component("storage", "problem"),
                    component("settings", "problem", "storage"),
                    component("imaging", "geometry", "problem", "storage"),
                    component("dataset", "geometry", "problem"),
                    component("checkpoint", "tensor", "problem", "storage"),
                    component("onnx", "tensor", "problem"),
                    component("autodiff", "onnx", "tensor", "problem"),
                    component("runtime", "tensor", "job", "problem", "storage"),
                    component(
                            "paligemma",
                            "onnx",
                            "checkpoint",
                            "runtime",
                            "tensor",
                            "imaging",
                            "geometry",
                            "job",
                            "problem",
                            "storage"),
                    component(
                            "modelstore",
                            "paligemma",
                            "runtime",
                            "checkpoint",
                            "onnx",
                            "tensor",
                            "job",
                            "problem",
                            "storage"),
                    component(
                            "format",
                            "dataset",
                            "geometry",
                            "imaging",
                            "job",
                            "problem",
                            "storage",
                            "paligemma.prompt",
                            "paligemma.token",
                            "paligemma.config"),
                    component(
                            "project",
                            "dataset",
                            "geometry",
                            "imaging",
                            "job",
                            "problem",
                            "storage"),
                    component("evaluation", "dataset", "geometry", "job", "problem"),
                    component(
                            "training",
                            "autodiff",
                            "modelstore",
                            "paligemma",
                            "onnx",
                            "runtime",
                            "checkpoint",
                            "tensor",
                            "imaging",
                            "geometry",
                            "job",
                            "problem",
                            "storage"),
                    component(
                            "inference",
                            "modelstore",
                            "paligemma",
                            "runtime",
                            "dataset",
                            "geometry",
                            "imaging",
                            "job",
                            "problem"),
                    component(
                            "batch",
                            "inference",
                            "training",
                            "modelstore",
                            "paligemma",
                            "runtime",
                            "project",
                            "format",
                            "evaluation",
                            "dataset",
                            "geometry",
                            "imaging",
                            "job",
                            "problem",
                            "storage"),
                    component(
                            "diagnosis",
                            "modelstore",
                            "paligemma",
                            "runtime",
                            "imaging",
                            "geometry",
                            "job",
                            "problem",
                            "storage"),
                    component(
                            "benchmark",
                            "batch",
                            "training",
                            "format",
                            "evaluation",
                            "inference",
                            "project",
                            "modelstore",
                            "paligemma",
                            "onnx",
                            "runtime",
                            "checkpoint",
                            "tensor",
                            "dataset",
                            "imaging",
                            "geometry",
                            "job",
                            "problem",
                            "storage"),
                    component(
                            "ui",
                            "batch",
                            "training",
                            "diagnosis",
                            "inference",
                            "evaluation",
                            "format",
                            "modelstore",
                            "runtime",
                            "project",
                            "dataset",
                            "geometry",
                            "imaging",
                            "settings",
                            "job",
                            "problem",
                            "storage",
                            "paligemma.prompt",
                            "paligemma.token",
                            "paligemma.config"),
                    component(
                            "cli",
                            "batch",
                            "training",
                            "inference",
                            "evaluation",
                            "format",
                            "project",
                            "modelstore",
                            "diagnosis",
                            "benchmark",
                            "paligemma",
                            "runtime",
                            "checkpoint",
                            "tensor",
                            "dataset",
                            "geometry",
                            "imaging",
                            "settings",
                            "job",
                            "problem",
                            "storage"));

    /// Puts everything together and may use everything.
    static final String TOP = "app";

    private Components() {}

    /// @param uses the components whose classes it may use besides its own and those of libraries
    record Component(String name, List<String> uses) {
        String packages() {
            return packagesOf(name);
        }

        String[] allowedPackages() {
            return uses.stream().map(Components::packagesOf).toArray(String[]::new);
        }
    }

    /// The table as names and the names they may use, for comparison with the document.
    static Map<String, List<String>> asMap() {
        var map = new TreeMap<String, List<String>>();
        TABLE.forEach(row -> map.put(row.name(), row.uses().stream().sorted().toList()));
        return map;
    }

    static String packagesOf(String name) {
        return "org.palimpsest." + name + "..";
    }

    private static Component component(String name, String... uses) {
        return new Component(name, List.of(uses));
    }
}
