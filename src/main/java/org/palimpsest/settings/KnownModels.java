package org.palimpsest.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What the person told of models: where they lie and which terms were read.
///
/// @param folders of models, the last added first
/// @param adapters folders of adapters, the last added first
/// @param acceptedTerms the names of the terms that the person agreed to, sorted
public record KnownModels(List<Path> folders, List<Path> adapters, List<String> acceptedTerms) {
    public static final KnownModels NONE = new KnownModels(List.of(), List.of(), List.of());

    public KnownModels {
        folders = List.copyOf(folders);
        adapters = List.copyOf(adapters);
        acceptedTerms = List.copyOf(new TreeSet<>(acceptedTerms));
    }

    /// With this model's folder as the first one.
    public KnownModels withFolder(Path folder) {
        return new KnownModels(first(folder, folders), adapters, acceptedTerms);
    }

    public KnownModels withoutFolder(Path folder) {
        return new KnownModels(without(folder, folders), adapters, acceptedTerms);
    }

    /// With this adapter's folder as the first one.
    public KnownModels withAdapter(Path folder) {
        return new KnownModels(folders, first(folder, adapters), acceptedTerms);
    }

    public KnownModels withoutAdapter(Path folder) {
        return new KnownModels(folders, without(folder, adapters), acceptedTerms);
    }

    public KnownModels withAcceptedTerms(String name) {
        var accepted = new ArrayList<>(acceptedTerms);
        accepted.add(name);
        return new KnownModels(folders, adapters, accepted);
    }

    private static List<Path> first(Path folder, List<Path> known) {
        var changed = new ArrayList<Path>();
        changed.add(folder);
        changed.addAll(without(folder, known));
        return changed;
    }

    private static List<Path> without(Path folder, List<Path> known) {
        return known.stream().filter(one -> !one.equals(folder)).toList();
    }
}
