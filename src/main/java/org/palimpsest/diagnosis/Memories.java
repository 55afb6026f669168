package org.palimpsest.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.runtime.Gpu;
import org.palimpsest.runtime.NvidiaManagement;

/// The memories of a computer that a model can lie in.
///
/// @param freeBytes of the main memory, what is free or can be freed
/// @param totalBytes of the main memory
/// @param gpus those whose driver works; whether models can compute on them is another question
public record Memories(long freeBytes, long totalBytes, List<Gpu> gpus) {

    /// Whether a model fits into one of them.
    ///
    /// @param gpu its name; empty for the main memory
    public record Room(Optional<String> gpu, MemoryFit fit) {}

    public Memories {
        gpus = List.copyOf(gpus);
    }

    /// Those of this computer now. Takes milliseconds.
    public static Memories now() {
        var machine = Machine.current();
        return new Memories(
                machine.freeMemoryBytes(), machine.memoryBytes(), NvidiaManagement.gpus());
    }

    /// The main memory first.
    public List<Room> rooms(ModelFolder model) {
        var rooms = new ArrayList<Room>();
        rooms.add(
                new Room(
                        Optional.empty(),
                        new MemoryFit(MemoryNeed.onProcessor(model), freeBytes, totalBytes)));
        for (Gpu gpu : gpus) {
            if (gpu.memoryBytes() > 0) {
                rooms.add(
                        new Room(
                                Optional.of(gpu.name()),
                                new MemoryFit(
                                        MemoryNeed.onGpu(model),
                                        gpu.freeBytes(),
                                        gpu.memoryBytes())));
            }
        }
        return rooms;
    }
}
