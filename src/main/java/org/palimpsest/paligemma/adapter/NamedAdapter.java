package org.palimpsest.paligemma.adapter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.problem.ProblemException;

/// An adapter with the name that the person knows it by.
public record NamedAdapter(String name, Adapter adapter) {
    private static final int CHUNK = 1 << 14;

    /// Reads a PEFT folder, whose name the adapter takes.
    ///
    /// @param config of the model that it stands beside
    public static NamedAdapter read(Path folder, PaliGemmaConfig config) throws ProblemException {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new NamedAdapter(name, PeftFolder.read(folder, config));
    }

    /// SHA-256, in hexadecimal, of what the adapter changes: the same for the same scales and values, whatever file they came
    /// from.
    public String sha256() {
        return sha256(_ -> true);
    }

    /// The same for what it changes of the image features; empty where it changes nothing of them.
    public String visionSha256() {
        boolean none =
                adapter.terms().keySet().stream().noneMatch(NamedAdapter::isOfVision)
                        && adapter.replaced().keySet().stream().noneMatch(NamedAdapter::isOfVision);
        return none ? "" : sha256(NamedAdapter::isOfVision);
    }

    private static boolean isOfVision(Parameter parameter) {
        return parameter.role().isOfVision();
    }

    private String sha256(Predicate<Parameter> wanted) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            adapter.terms()
                    .forEach((parameter, term) -> {
                        if (wanted.test(parameter)) {
                            add(digest, parameter + " " + term.rank() + " " + term.scaling());
                            add(digest, term.a());
                            add(digest, term.b());
                        }
                    });
            adapter.replaced()
                    .forEach((parameter, values) -> {
                        if (wanted.test(parameter)) {
                            add(digest, parameter + " " + values.length);
                            add(digest, values);
                        }
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void add(MessageDigest digest, float[] values) {
        var bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            bytes.clear().asFloatBuffer().put(values, from, count);
            digest.update(bytes.limit(count * Float.BYTES));
        }
    }
}
