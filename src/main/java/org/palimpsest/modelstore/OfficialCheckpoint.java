package org.palimpsest.modelstore;

import java.net.URI;
import java.util.List;

/// A checkpoint that Google publishes on Hugging Face. The program knows of it and does not fetch it.
///
/// Names, sizes and the files' types are those of the collections `google/paligemma-release` and `google/paligemma-2-release`;
/// the numbers of parameters follow from the configurations, the bytes from these and the type.
///
/// @param name as on Hugging Face
/// @param kind what it was trained for
/// @param imageSize sides of the image in pixels
/// @param parameters about how many numbers it has
/// @param downloadBytes about how large its weights are
public record OfficialCheckpoint(
        String name, Kind kind, int imageSize, long parameters, long downloadBytes) {

    /// What a checkpoint was trained for.
    public enum Kind {
        /// Answers prompts of many tasks as it is.
        MIX,
        /// To be fitted to a task first.
        PRETRAINED
    }

    private static final long GEMMA_1 = 2_923_000_000L;
    private static final long GEMMA_2_2B = 3_033_000_000L;
    private static final long GEMMA_2_9B = 9_663_000_000L;
    private static final long GEMMA_2_27B = 27_650_000_000L;
    private static final int FLOAT32 = 4;
    private static final int BFLOAT16 = 2;

    // spotless:off
    /// Those that answer at once come first, the smaller before the larger.
    public static final List<OfficialCheckpoint> ALL = List.of(
            row("google/paligemma-3b-mix-224",    Kind.MIX,        224, GEMMA_1,     FLOAT32),
            row("google/paligemma-3b-mix-448",    Kind.MIX,        448, GEMMA_1,     FLOAT32),
            row("google/paligemma2-3b-mix-224",   Kind.MIX,        224, GEMMA_2_2B,  BFLOAT16),
            row("google/paligemma2-3b-mix-448",   Kind.MIX,        448, GEMMA_2_2B,  BFLOAT16),
            row("google/paligemma2-10b-mix-448",  Kind.MIX,        448, GEMMA_2_9B,  BFLOAT16),
            row("google/paligemma2-28b-mix-448",  Kind.MIX,        448, GEMMA_2_27B, BFLOAT16),
            row("google/paligemma-3b-pt-224",     Kind.PRETRAINED, 224, GEMMA_1,     FLOAT32),
            row("google/paligemma-3b-pt-448",     Kind.PRETRAINED, 448, GEMMA_1,     FLOAT32),
            row("google/paligemma-3b-pt-896",     Kind.PRETRAINED, 896, GEMMA_1,     FLOAT32),
            row("google/paligemma2-3b-pt-224",    Kind.PRETRAINED, 224, GEMMA_2_2B,  BFLOAT16),
            row("google/paligemma2-3b-pt-448",    Kind.PRETRAINED, 448, GEMMA_2_2B,  BFLOAT16),
            row("google/paligemma2-3b-pt-896",    Kind.PRETRAINED, 896, GEMMA_2_2B,  BFLOAT16),
            row("google/paligemma2-10b-pt-448",   Kind.PRETRAINED, 448, GEMMA_2_9B,  BFLOAT16));
    // spotless:on

    private static OfficialCheckpoint row(
            String name, Kind kind, int imageSize, long parameters, int bytesEach) {
        return new OfficialCheckpoint(name, kind, imageSize, parameters, parameters * bytesEach);
    }

    /// Its page, where the terms are accepted and the files are.
    public URI page() {
        return URI.create("https://huggingface.co/" + name);
    }
}
