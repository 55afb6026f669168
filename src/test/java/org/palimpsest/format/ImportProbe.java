package org.palimpsest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Imports for tests: what came of one, what other readers got, and thousands of damaged copies.
public final class ImportProbe {
    public static final Path RESOURCES = Path.of("src/test/resources/org/palimpsest/format");

    private ImportProbe() {}

    /// What an import took over, and what it said.
    public record Result(Dataset data, List<Finding> findings) {

        /// The findings as they are printed.
        public List<String> words() {
            return findings.stream().map(Finding::toString).toList();
        }

        public AnnotatedImage image(String fileName) throws ProblemException {
            AnnotatedImage[] found = {null};
            data.forEach(image -> {
                if (image.image().file().getFileName().toString().equals(fileName)) {
                    found[0] = image;
                }
            });
            return found[0];
        }

        public List<ObjectAnnotation> objects(String fileName) throws ProblemException {
            return image(fileName).objects();
        }
    }

    public static Result read(DatasetFormat format, Path source) throws ProblemException {
        return read(format, source, ImportOptions.DEFAULT);
    }

    public static Result read(DatasetFormat format, Path source, ImportOptions options)
            throws ProblemException {
        var sink = new CollectingSink();
        var data = new DatasetImport(source, options, sink, Progress.NONE);
        format.reader().orElseThrow().read(data);
        return new Result(sink.data(), data.findings().kept());
    }

    public static JsonNode expected(Path folder) throws Exception {
        return JsonMapper.builder()
                .build()
                .readTree(Files.readAllBytes(folder.resolve("expected.json")));
    }

    /// A mask as expected.json has it.
    public static Mask mask(JsonNode rle) {
        return Mask.fromCocoCompressed(
                new Size(rle.at("/size/1").asInt(), rle.at("/size/0").asInt()),
                rle.get("counts").asText());
    }

    /// Imports changed copies of a file that lies in its folder; what is thrown other than a [ProblemException] goes on to
    /// the caller.
    ///
    /// @param source what to import, in the folder
    /// @param damaged the file that is changed, which is put back in the end
    public static void importDamaged(DatasetFormat format, Path source, Path damaged, int times)
            throws Exception {
        byte[] original = Files.readAllBytes(damaged);
        var random = new Random(42);
        var sink = new CountingSink();
        try {
            for (int i = 0; i < times; i++) {
                byte[] changed = change(original, random);
                Files.write(damaged, changed);
                var data = new DatasetImport(source, ImportOptions.DEFAULT, sink, Progress.NONE);
                try {
                    format.reader().orElseThrow().read(data);
                } catch (ProblemException e) {
                    // That is how it should end where nothing can be read.
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("copy " + i + ": " + new String(changed, "UTF-8"), e);
                }
            }
        } finally {
            Files.write(damaged, original);
        }
    }

    private static byte[] change(byte[] original, Random random) {
        byte[] changed = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && changed.length > 1; i++) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(6)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 ->
                        changed[at] =
                                (byte) "0123456789-.,;:<>[]{}\"'& \neE".charAt(random.nextInt(28));
                case 2 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> {
                    int to = Math.min(changed.length, at + 1 + random.nextInt(12));
                    byte[] shorter = new byte[changed.length - (to - at)];
                    System.arraycopy(changed, 0, shorter, 0, at);
                    System.arraycopy(changed, to, shorter, at, changed.length - to);
                    changed = shorter;
                }
                case 4 -> {
                    int length = Math.min(changed.length - at, 1 + random.nextInt(20));
                    byte[] longer = Arrays.copyOf(changed, changed.length + length);
                    System.arraycopy(changed, at, longer, at + length, changed.length - at);
                    changed = longer;
                }
                default -> changed = i == 0 ? Arrays.copyOf(changed, at) : changed;
            }
        }
        return changed;
    }

    /// Does not look at an image twice, so that thousands of imports are quick.
    private static final class CountingSink implements DatasetSink {
        private final Map<Path, ImageEntry> images = new HashMap<>();

        @Override
        public ImageEntry image(Path file) throws ProblemException {
            var known = images.get(file);
            if (known == null) {
                known = new ImageEntry(ImageId.random(), file, ImageFiles.readSize(file));
                images.put(file, known);
            }
            return known;
        }

        @Override
        public void details(ImageId image, ImageDetails details) {}

        @Override
        public void annotations(ImageId image, List<? extends Annotation> annotations) {
            for (var annotation : annotations) {
                if (annotation instanceof ObjectAnnotation object) {
                    object.region().bounds();
                }
            }
        }

        @Override
        public void label(Label label) {}
    }
}
