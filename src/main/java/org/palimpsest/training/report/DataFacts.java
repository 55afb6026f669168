package org.palimpsest.training.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.palimpsest.imaging.ContentHash;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.Example;

/// What a model was trained on, told so that others can check whether they have the same.
///
/// @param source where the examples came from, in words
/// @param division how training and validation were told apart, in words
/// @param kinds how many training examples there are of each kind
/// @param images different image files of both parts
/// @param exampleHash SHA-256 over every example, training first: part, SHA-256 of the image, prefix and suffix, each
///     followed by a zero byte
/// @param imageHash SHA-256 over the sorted SHA-256 of the image files, each followed by a line feed
/// @param findings what was noticed about the data, in words
public record DataFacts(
        String source,
        String division,
        int training,
        int validation,
        Map<String, Integer> kinds,
        int images,
        String exampleHash,
        String imageHash,
        List<String> findings) {
    public DataFacts {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        findings = List.copyOf(findings);
    }

    /// What the examples come from.
    public record Origin(
            String source, String division, Map<String, Integer> kinds, List<String> findings) {}

    /// Reads every image file once.
    public static DataFacts of(
            Origin origin, List<Example> training, List<Example> validation, Progress progress)
            throws ProblemException {
        var files = new LinkedHashMap<Path, String>();
        var all = new ArrayList<>(training);
        all.addAll(validation);
        for (var example : all) {
            progress.throwIfCancelled("Fine-tuning was cancelled");
            if (!files.containsKey(example.image())) {
                files.put(example.image(), ContentHash.of(example.image()));
            }
        }
        var examples = sha256();
        add(examples, "training", training, files);
        add(examples, "validation", validation, files);
        var images = sha256();
        var distinct = new TreeSet<>(files.values());
        distinct.forEach(hash -> images.update((hash + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DataFacts(
                origin.source(),
                origin.division(),
                training.size(),
                validation.size(),
                origin.kinds(),
                distinct.size(),
                hex(examples),
                hex(images),
                origin.findings());
    }

    private static void add(
            MessageDigest digest, String part, List<Example> examples, Map<Path, String> files) {
        for (var example : examples) {
            for (var field :
                    List.of(
                            part,
                            files.getOrDefault(example.image(), ""),
                            example.prefix(),
                            example.suffix())) {
                digest.update((field + "\0").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
