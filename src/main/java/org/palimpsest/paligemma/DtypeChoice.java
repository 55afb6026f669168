package org.palimpsest.paligemma;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.problem.ProblemException;

/// Which files of an ONNX folder are wanted: `fp32`, `fp16`, `q4` and so on, for all parts or for each.
///
/// @param all for every part that is not named
/// @param parts for single parts
public record DtypeChoice(Optional<String> all, Map<Part, String> parts) {

    /// One of the three files.
    public enum Part {
        EMBED_TOKENS("embed_tokens"),
        VISION_ENCODER("vision_encoder"),
        DECODER("decoder_model_merged");

        private final String fileName;

        Part(String fileName) {
            this.fileName = fileName;
        }

        /// The name of the file without dtype and `.onnx`.
        public String fileName() {
            return fileName;
        }
    }

    /// The best files that are there; see [OnnxFolder].
    public static final DtypeChoice AUTOMATIC = new DtypeChoice(Optional.empty(), Map.of());

    static final List<String> NAMES =
            List.of(
                    "fp32", "fp16", "q4", "q4f16", "int8", "q8", "uint8", "bnb4", "q2", "q2f16",
                    "q1", "q1f16");

    public DtypeChoice {
        parts = Map.copyOf(parts);
    }

    public static DtypeChoice all(String dtype) {
        return new DtypeChoice(Optional.of(dtype), Map.of());
    }

    /// Reads `auto`, one name such as `q4`, or one for each part:
    /// `embed_tokens=fp16,vision_encoder=fp16,decoder_model_merged=q4`.
    public static DtypeChoice parse(String text) throws ProblemException {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || wanted.equals("auto")) {
            return AUTOMATIC;
        }
        if (!wanted.contains("=")) {
            return all(checked(wanted));
        }
        var parts = new EnumMap<Part, String>(Part.class);
        for (String entry : wanted.split(",", -1)) {
            String[] pair = entry.strip().split("=", -1);
            Optional<Part> part =
                    Arrays.stream(Part.values())
                            .filter(each -> each.fileName().startsWith(pair[0].strip()))
                            .filter(_ -> !pair[0].isBlank())
                            .findFirst();
            if (pair.length != 2 || part.isEmpty()) {
                throw new ProblemException(
                        "'" + entry + "' does not choose the files of a part",
                        "",
                        "Write embed_tokens=fp16,vision_encoder=fp16,decoder_model_merged=q4");
            }
            parts.put(part.get(), checked(pair[1].strip()));
        }
        return new DtypeChoice(Optional.empty(), parts);
    }

    private static String checked(String name) throws ProblemException {
        if (!NAMES.contains(name)) {
            throw new ProblemException(
                    "There is no dtype called '" + name + "'",
                    "",
                    "Choose one of " + String.join(", ", NAMES));
        }
        return name;
    }

    /// What is asked for a part; empty for the best there is.
    Optional<String> of(Part part) {
        return Optional.ofNullable(parts.get(part)).or(() -> all);
    }

    /// The ending of the file name: none for fp32, `_quantized` for q8.
    static String ending(String name) {
        return switch (name) {
            case "fp32" -> "";
            case "q8" -> "_quantized";
            default -> "_" + name;
        };
    }
}
