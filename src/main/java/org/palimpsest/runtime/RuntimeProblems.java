package org.palimpsest.runtime;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Locale;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Turns ONNX Runtime's errors into words for the person.
final class RuntimeProblems {
    /// What allocation failures say: ONNX Runtime's arenas, the C++ library, CUDA, cuBLAS.
    private static final List<String> OUT_OF_MEMORY =
            List.of(
                    "failed to allocate memory",
                    "bad_alloc",
                    "bad allocation",
                    "out of memory",
                    "available memory of",
                    "cublas_status_alloc_failed",
                    "smaller than requested bytes");

    private RuntimeProblems() {}

    static ProblemException of(String what, Device device, OrtException cause) {
        String message = String.valueOf(cause.getMessage());
        if (isOutOfMemory(message)) {
            String place =
                    switch (device) {
                        case Device.Cpu _ -> "this computer";
                        case Device.Cuda(int index) -> "GPU " + index;
                    };
            return new ProblemException(
                    new Problem(
                            "Not enough memory on " + place,
                            what + ": " + firstLine(message),
                            "Use a smaller batch, a smaller model or image size, close other"
                                    + " programs, or choose another device"),
                    cause);
        }
        return new ProblemException(new Problem(what + " failed", firstLine(message), ""), cause);
    }

    static boolean isOutOfMemory(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return OUT_OF_MEMORY.stream().anyMatch(lower::contains);
    }

    private static String firstLine(String message) {
        String line = message.strip();
        int end = line.indexOf('\n');
        return end < 0 ? line : line.substring(0, end);
    }
}
