package org.palimpsest.ui.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.ExportPreview;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.Finding;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.format.prompts.ExamplePreview;
import org.palimpsest.format.prompts.TextLength;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;
import org.palimpsest.ui.support.Texts;

/// Finds out what an export would write: counts all of it, and writes the first images for a look into a folder that is
/// deleted at once.
final class PreviewMaker {
    private static final int IMAGES = 3;
    private static final int EXAMPLES = 8;
    private static final int FILES = 6;
    private static final int FINDINGS = 50;
    private static final int CHARACTERS = 1_500;
    private static final Set<String> TEXT_FILES =
            Set.of("json", "jsonl", "txt", "yaml", "yml", "xml", "csv", "md", "py", "names");

    private PreviewMaker() {}

    static Preview of(ExportOrder order, Dataset whole, Progress progress) throws ProblemException {
        var format = order.format();
        var options = order.options();
        var data = TrainerData.of(format, whole);
        ExportPreview counted = Exporter.preview(format, data, options);
        var exported = Exporter.exported(data, options);
        var first = new ArrayList<AnnotatedImage>();
        exported.forEach(image -> {
            if (first.size() < IMAGES && !image.annotations().isEmpty()) {
                first.add(image);
            }
        });
        var examples = new ArrayList<String>();
        var findings = new ArrayList<String>();
        if (format instanceof PaliGemmaFormat trainer) {
            var made = trainer.examples(data, options, EXAMPLES);
            made.first().stream().map(sample -> words(sample, order)).forEach(examples::add);
            made.findings().stream().limit(FINDINGS).map(Finding::toString).forEach(findings::add);
        }
        return new Preview(
                counted.images(),
                Texts.get("exchange.summary", counted.images(), counted.objects(), counted.texts()),
                exported.labels().names(),
                counted.losses().stream().map(Losses::words).toList(),
                findings,
                examples,
                first.isEmpty()
                        ? List.of()
                        : files(
                                format,
                                new Dataset.InMemory(exported.labels(), first),
                                options.images() == ImagesMode.REFER
                                        ? options
                                        : options.withImages(ImagesMode.LINK),
                                progress));
    }

    private static String words(ExamplePreview.Sample sample, ExportOrder order) {
        var example = sample.example();
        var words =
                sample.image().getFileName() + "\n" + example.prefix() + "\n→ " + example.suffix();
        var tokenizer = order.options().tokenizer();
        if (tokenizer.isEmpty()) {
            return words;
        }
        int tokens = TextLength.tokens(tokenizer.get(), example.prefix(), example.suffix());
        var limit = ExportCheck.textLength(order);
        return words
                + "\n"
                + (limit.isEmpty()
                        ? Texts.get("exchange.tokens", tokens)
                        : Texts.get(
                                tokens > limit.getAsInt()
                                        ? "exchange.tokens.cut"
                                        : "exchange.tokens.of",
                                tokens,
                                limit.getAsInt()));
    }

    private static List<Preview.PreviewFile> files(
            DatasetFormat format, Dataset few, ExportOptions options, Progress progress)
            throws ProblemException {
        try {
            var folder = Files.createTempDirectory("palimpsest-preview");
            try {
                var target = folder.resolve("export");
                Exporter.export(format, few, target, options, progress);
                return beginnings(target);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            Texts.get("exchange.preview.failed"),
                            String.valueOf(e.getMessage()),
                            Texts.get("exchange.preview.failed.remedy")),
                    e);
        }
    }

    private static List<Preview.PreviewFile> beginnings(Path folder) throws IOException {
        var found = new ArrayList<Preview.PreviewFile>();
        try (var files = Files.walk(folder)) {
            // What can be read comes first.
            var all = files.filter(Files::isRegularFile).sorted().toList();
            var ordered =
                    Stream.concat(
                            all.stream().filter(PreviewMaker::isText),
                            all.stream().filter(file -> !isText(file)));
            for (var file : ordered.limit(FILES).toList()) {
                found.add(
                        new Preview.PreviewFile(
                                folder.relativize(file).toString().replace('\\', '/'),
                                beginning(file)));
            }
        }
        return found;
    }

    private static String beginning(Path file) throws IOException {
        if (!isText(file)) {
            return Texts.get("exchange.preview.bytes", Files.size(file));
        }
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(CHARACTERS), StandardCharsets.UTF_8);
            return Files.size(file) > CHARACTERS ? text + " …" : text;
        }
    }

    private static boolean isText(Path file) {
        String name = String.valueOf(file.getFileName());
        return TEXT_FILES.contains(
                name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
