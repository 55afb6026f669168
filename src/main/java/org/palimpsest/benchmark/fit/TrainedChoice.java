package org.palimpsest.benchmark.fit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.ModelPart;
import org.palimpsest.training.lora.TrainedParts;

/// Which parameters a measurement trains, from few to all.
public enum TrainedChoice {
    RANK_4(4, List.of(ModelPart.TEXT), List.of()),
    RANK_8(8, List.of(ModelPart.TEXT), List.of()),
    RANK_32(32, List.of(ModelPart.TEXT), List.of()),
    /// The projector itself beside the decoder's terms.
    PROJECTOR(8, List.of(ModelPart.TEXT), List.of(ModelPart.PROJECTOR)),
    /// Terms in both encoders, and the projector itself.
    VISION(8, List.of(ModelPart.TEXT, ModelPart.VISION), List.of(ModelPart.PROJECTOR)),
    ALL(0, List.of(), List.of(ModelPart.ALL));

    private final TrainedParts parts;

    TrainedChoice(int rank, List<ModelPart> terms, List<ModelPart> whole) {
        this.parts =
                new TrainedParts(
                        rank == 0
                                ? Optional.empty()
                                : Optional.of(new LoraConfig(rank, 2.0 * rank, 0, false)),
                        terms.stream().map(ModelPart::word).toList(),
                        whole.stream().map(ModelPart::word).toList());
    }

    TrainedParts parts() {
        return parts;
    }

    /// As people read it.
    public String words() {
        return switch (this) {
            case RANK_4, RANK_8, RANK_32 -> name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case PROJECTOR -> "rank 8, projector";
            case VISION -> "rank 8 in both encoders, projector";
            case ALL -> "everything";
        };
    }
}
