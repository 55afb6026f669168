package org.palimpsest.paligemma.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.HuggingFaceExport;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.WeightChanges;
import org.palimpsest.paligemma.weights.WeightFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;

/// Writes a model with an adapter merged into its weights, as a Hugging Face checkpoint that needs no adapter any more.
///
/// A matrix W becomes W + scaling·B·A, computed in float64 and rounded to the element type of the checkpoint. The
/// folder appears whole or not at all.
public final class AdapterMerge {
    private static final String MASK_FILE = "vae-oid.npz";

    private AdapterMerge() {}

    /// @param base a Hugging Face folder or a Keras preset
    /// @param adapter terms and replaced weights of any parameters of it
    /// @param target a folder that does not exist yet or is empty
    /// @throws ProblemException if the base is no such checkpoint, the target is not empty or cannot be written, or the work was
    ///     cancelled
    /// @throws IllegalArgumentException if the adapter does not fit the base
    public static void write(Path base, Adapter adapter, Path target, Progress progress)
            throws ProblemException {
        Path whole = target.toAbsolutePath().normalize();
        try {
            requireFree(whole);
            Path parent = whole.getParent();
            if (parent == null) {
                throw new IllegalArgumentException("No folder above " + whole);
            }
            Files.createDirectories(parent);
            Path unfinished =
                    parent.resolve("." + whole.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                HuggingFaceExport.write(base, unfinished, new Changes(adapter, base), progress);
                copyMasks(base, unfinished);
                Files.deleteIfExists(whole);
                Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(unfinished);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The merged model cannot be written",
                            target + ": " + e.getMessage(),
                            "Check that the folder is writable and the disk has room"),
                    e);
        }
    }

    private static void requireFree(Path target) throws IOException, ProblemException {
        if (Files.exists(target) && !(Files.isDirectory(target) && Folders.isEmpty(target))) {
            throw new ProblemException(
                    "The target folder is not empty",
                    target.toString(),
                    "Choose a new folder, so that nothing is overwritten");
        }
    }

    private static void copyMasks(Path base, Path target) throws IOException {
        Path masks = base.resolve(MASK_FILE);
        if (Files.isRegularFile(masks)) {
            try (var in = Files.newInputStream(masks)) {
                Files.copy(in, target.resolve(MASK_FILE));
            }
        }
    }

    /// The sums, a row of a matrix at a time.
    private static final class Changes implements WeightChanges {
        private final Adapter adapter;

        Changes(Adapter adapter, Path base) throws ProblemException {
            this.adapter = adapter;
            var read = ConfigReader.read(base);
            var layout = read.conventions().layout();
            if (layout == CheckpointLayout.ONNX) {
                return; // The export says in words that it cannot be one.
            }
            try (var checkpoint = WeightFiles.open(base, layout)) {
                requireFits(PaliGemmaWeights.locate(checkpoint, read).config());
            }
        }

        private void requireFits(PaliGemmaConfig config) {
            var known = Parameter.all(config);
            adapter.terms()
                    .forEach((parameter, term) -> {
                        var shape = HuggingFaceNames.shape(parameter.role(), config);
                        if (!known.contains(parameter)
                                || !HuggingFaceNames.isLinear(parameter.role())
                                || adapter.replaced().containsKey(parameter)
                                || shape.size(0) != term.out()
                                || shape.size(1) != term.in()) {
                            throw new IllegalArgumentException(
                                    "A term beside " + parameter + " " + shape);
                        }
                    });
            adapter.replaced()
                    .forEach((parameter, values) -> {
                        var shape = HuggingFaceNames.shape(parameter.role(), config);
                        if (!known.contains(parameter) || shape.elementCount() != values.length) {
                            throw new IllegalArgumentException(
                                    values.length + " values for " + parameter + shape);
                        }
                    });
        }

        @Override
        public boolean has(Parameter parameter) {
            return adapter.terms().containsKey(parameter)
                    || adapter.replaced().containsKey(parameter);
        }

        @Override
        public void apply(Parameter parameter, long first, double[] values) {
            float[] replacement = adapter.replaced().get(parameter);
            if (replacement != null) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = replacement[Math.toIntExact(first + i)];
                }
            }
            Adapter.Term term = adapter.terms().get(parameter);
            if (term != null) {
                add(term, first, values);
            }
        }

        private static void add(Adapter.Term term, long first, double[] values) {
            int in = term.in();
            int done = 0;
            while (done < values.length) {
                int row = Math.toIntExact((first + done) / in);
                int column = Math.toIntExact((first + done) % in);
                int count = Math.min(in - column, values.length - done);
                for (int k = 0; k < term.rank(); k++) {
                    double factor = term.scaling() * term.b()[row * term.rank() + k];
                    int from = k * in + column;
                    for (int i = 0; i < count; i++) {
                        values[done + i] += factor * term.a()[from + i];
                    }
                }
                done += count;
            }
        }
    }
}
