package org.palimpsest.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Region;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// What holds for every format that can be read and written: what it carries comes back whole, and the same export gives
/// the same bytes.
public abstract class FormatContract {
    @TempDir protected Path folder;

    protected abstract DatasetFormat format();

    /// What to import of an export: the folder itself, or a file in it.
    protected abstract Path importSource(Path exported);

    /// What the data sets of the round trip hold: all that the format carries.
    protected Set<Content> contents() {
        var carried = EnumSet.copyOf(format().carriage().carried());
        carried.removeAll(EnumSet.of(Content.LABEL_DETAILS, Content.PROVENANCE));
        return carried;
    }

    protected ExportOptions exportOptions() {
        return ExportOptions.DEFAULT;
    }

    protected ImportOptions importOptions() {
        return ImportOptions.DEFAULT;
    }

    /// A region as it should come back; by default as it is.
    protected Region expected(Region region, Dataset data) {
        return region;
    }

    /// Whether regions are equal in this format's precision.
    protected boolean same(Region expected, Region actual) {
        return expected.equals(actual);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatTheFormatCarriesComesBack(long seed) throws Exception {
        var data = GeneratedDataset.make(seed, folder.resolve("source"), contents());
        var exported = folder.resolve("exported");
        var outcome = Exporter.export(format(), data, exported, exportOptions(), Progress.NONE);
        assertThat(outcome.preview().losses())
                .filteredOn(loss -> contents().contains(loss.content()))
                .isEmpty();
        var back = read(importSource(exported));
        assertThat(describe(back, data)).isEqualTo(describe(data, data));
    }

    @Test
    void theSameExportGivesTheSameBytes() throws Exception {
        var data = GeneratedDataset.make(11, folder.resolve("source"), contents());
        Exporter.export(format(), data, folder.resolve("one"), exportOptions(), Progress.NONE);
        Exporter.export(format(), data, folder.resolve("two"), exportOptions(), Progress.NONE);
        assertThat(files(folder.resolve("two"))).isEqualTo(files(folder.resolve("one")));
    }

    /// Imports, and expects nothing to remark.
    protected Dataset read(Path source) throws ProblemException {
        var sink = new CollectingSink();
        var data = new DatasetImport(source, importOptions(), sink, Progress.NONE);
        format().reader().orElseThrow().read(data);
        assertThat(data.findings().kept()).isEmpty();
        return sink.data();
    }

    /// Images by name with their contents in words and values, in an order that does not hang on the format.
    private Map<String, List<Object>> describe(Dataset some, Dataset original)
            throws ProblemException {
        var described = new TreeMap<String, List<Object>>();
        some.forEach(image -> {
            var all = new ArrayList<Object>();
            all.add(describe(image.details()));
            for (var annotation : image.annotations()) {
                all.add(describe(annotation, some == original ? original : null));
            }
            described.put(image.image().file().getFileName().toString(), all);
        });
        return described;
    }

    private Map<String, Object> describe(ImageDetails details) {
        var values = new LinkedHashMap<String, Object>();
        if (contents().contains(Content.SPLITS)) {
            values.put("split", details.split());
        }
        if (contents().contains(Content.TAGS_AND_NOTES)) {
            values.put("tags", details.tags());
            values.put("notes", details.notes());
        }
        if (contents().contains(Content.IMAGE_STATES)) {
            values.put("state", details.state());
        }
        if (contents().contains(Content.LABEL_CHECKS)) {
            values.put("checks", details.labelChecks());
        }
        return values;
    }

    private List<Object> describe(Annotation annotation, @Nullable Dataset original) {
        return switch (annotation) {
            case ObjectAnnotation object ->
                    List.of(
                            object.label(),
                            new Comparable(
                                    original == null
                                            ? object.region()
                                            : expected(object.region(), original)),
                            object.crowd(),
                            contents().contains(Content.ATTRIBUTES) ? object.attributes() : "",
                            contents().contains(Content.SCORES) ? object.provenance().score() : "");
            case TextAnnotation text -> List.of(text.prompt(), text.text());
        };
    }

    /// A region that equals another in the format's precision.
    private final class Comparable {
        private final Region region;

        Comparable(Region region) {
            this.region = region;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Comparable one
                    && (same(region, one.region) || same(one.region, region));
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return region.toString();
        }
    }

    /// Every file with its bytes as text, to be compared.
    static Map<String, String> files(Path folder) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
