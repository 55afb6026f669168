package org.palimpsest.ui.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.diagnosis.Memories.Room;
import org.palimpsest.diagnosis.MemoryFit;
import org.palimpsest.modelstore.AdapterFolder;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.Texts;

/// A model or an adapter that the program knows of.
record ModelLine(Path folder, Kind kind, Look look, Usage usage) {

    /// What it is.
    enum Kind {
        BUNDLED,
        MODEL,
        ADAPTER
    }

    /// What its folder says.
    sealed interface Look {

        /// It is being looked into.
        record Reading() implements Look {}

        /// A model, and whether there is room for it.
        record Model(ModelFolder model, List<Room> rooms) implements Look {
            public Model {
                rooms = List.copyOf(rooms);
            }
        }

        /// An adapter.
        ///
        /// @param against the name of the model in use; empty where there is none
        /// @param misfit why it cannot be used with that
        record Adapter(AdapterFolder adapter, Optional<String> against, Optional<Problem> misfit)
                implements Look {}

        /// Neither; why.
        record Broken(Problem problem) implements Look {}
    }

    /// What the program does with it.
    sealed interface Usage {

        /// Nothing.
        record None() implements Usage {}

        /// It is being opened.
        record Loading() implements Usage {}

        /// It answers.
        ///
        /// @param onProcessor whether the processor computes, not a GPU
        record Used(boolean onProcessor) implements Usage {}

        /// It is chosen and could not be opened.
        record Failed(Problem problem) implements Usage {}
    }

    ModelLine(Path folder, Kind kind) {
        this(folder, kind, new Look.Reading(), new Usage.None());
    }

    ModelLine with(Look now) {
        return new ModelLine(folder, kind, now, usage);
    }

    ModelLine with(Usage now) {
        return new ModelLine(folder, kind, look, now);
    }

    String name() {
        if (kind == Kind.BUNDLED) {
            return Texts.get("doctor.model.bundled");
        }
        var last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? folder.toString() : last.toString();
    }

    boolean isAdapter() {
        return kind == Kind.ADAPTER;
    }

    boolean isInUse() {
        return !(usage instanceof Usage.None);
    }

    /// Whether it was looked into and nothing speaks against it.
    boolean isUsable() {
        return look instanceof Look.Model
                || look instanceof Look.Adapter(_, _, var other) && other.isEmpty();
    }

    /// Why it cannot be used, if that is known.
    Optional<Problem> problem() {
        if (look instanceof Look.Broken(Problem problem)) {
            return Optional.of(problem);
        }
        return usage instanceof Usage.Failed(Problem problem)
                ? Optional.of(problem)
                : Optional.empty();
    }

    /// The best that any memory says; empty for adapters and what could not be read.
    Optional<MemoryFit.Verdict> verdict() {
        return look instanceof Look.Model(_, List<Room> rooms)
                ? rooms.stream().map(room -> room.fit().verdict()).min(MemoryFit.Verdict::compareTo)
                : Optional.empty();
    }
}
