package org.palimpsest.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palimpsest.format.parquet.ParquetType.listOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.format.parquet.ParquetType.Field;
import org.palimpsest.format.parquet.ParquetType.Single;
import org.palimpsest.format.parquet.ParquetType.Struct;
import org.palimpsest.problem.ProblemException;

class ParquetWriterTest {
    private static final Struct COLUMNS =
            Struct.of(
                    new Field("name", Single.TEXT),
                    new Field("width", Single.WHOLE),
                    new Field(
                            "objects",
                            Struct.of(
                                    new Field("id", listOf(Single.WHOLE)),
                                    new Field("bbox", listOf(listOf(Single.REAL))),
                                    new Field("categories", listOf(Single.TEXT)))),
                    new Field(
                            "people",
                            listOf(
                                    Struct.of(
                                            new Field("score", Single.REAL),
                                            new Field("tags", listOf(Single.TEXT))))));
    private static final Set<String> ALL = Set.of("name", "width", "objects", "people");

    @TempDir private Path folder;

    @Test
    void hardwoodReadsWhatWasWritten() throws Exception {
        var rows = new ArrayList<List<?>>();
        rows.add(
                List.of(
                        "übung 猫",
                        640L,
                        List.of(
                                List.of(1L, 2L),
                                List.of(List.of(1.0, 2.5), List.of(-0.0, 1e300)),
                                List.of("cat", "")),
                        List.of(
                                List.of(0.5, List.of("a", "b")),
                                List.of(0.25, List.of()),
                                List.of(0.0, List.of("c")))));
        rows.add(List.of("", Long.MIN_VALUE, List.of(List.of(), List.of(), List.of()), List.of()));
        rows.add(
                List.of(
                        "c",
                        -1L,
                        List.of(List.of(3L), List.of(List.of()), List.of("x")),
                        List.of()));
        assertThat(read(write(rows), ALL)).isEqualTo(rows.stream().map(this::json).toList());
    }

    @Test
    void manyRowsMakeSeveralGroupsAndNoRowsMakeNone() throws Exception {
        var random = new Random(1);
        var rows = new ArrayList<List<?>>();
        for (int i = 0; i < 25_000; i++) {
            var ids = random.longs(random.nextInt(3)).boxed().toList();
            var boxes = ids.stream().map(id -> List.of(1.0 * id, 2.0)).toList();
            var names = ids.stream().map(id -> "n" + id % 7).toList();
            var people = ids.stream().map(id -> List.of(0.5, List.of("t"))).toList();
            rows.add(List.of("r" + i, (long) i, List.of(ids, boxes, names), people));
        }
        assertThat(read(write(rows), ALL)).isEqualTo(rows.stream().map(this::json).toList());
        assertThat(read(write(List.of()), ALL)).isEmpty();
    }

    @Test
    void columnsThatNobodyWantsAreNamed() throws Exception {
        var file =
                write(
                        List.of(
                                List.of(
                                        "a",
                                        1L,
                                        List.of(List.of(), List.of(), List.of()),
                                        List.of())));
        var rows = new ArrayList<JsonNode>();
        var others =
                ParquetRows.forEach(file, Set.of("width", "height"), (_, row) -> rows.add(row));
        assertThat(others).containsExactly("name", "objects", "people");
        assertThat(rows).containsExactly(JsonNodeFactory.instance.objectNode().put("width", 1L));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noDamageStopsTheReader() throws Exception {
        var rows = new ArrayList<List<?>>();
        for (int i = 0; i < 20; i++) {
            rows.add(
                    List.of(
                            "row " + i,
                            (long) i,
                            List.of(List.of(1L), List.of(List.of(1.0, 2.0)), List.of("cat")),
                            List.of()));
        }
        byte[] whole = Files.readAllBytes(write(rows));
        var random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 1 + random.nextInt(3); j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            var file = Files.write(folder.resolve("damaged.parquet"), damaged);
            try {
                ParquetRows.forEach(file, ALL, (_, _) -> {});
            } catch (ProblemException e) {
                assertThat(e.problem().oneLine()).contains("damaged.parquet");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 490);
    }

    private Path write(List<List<?>> rows) throws Exception {
        var file = folder.resolve("rows.parquet");
        try (var writer = new ParquetWriter(Files.newOutputStream(file), COLUMNS)) {
            for (var row : rows) {
                writer.row(row);
            }
        }
        return file;
    }

    private static List<JsonNode> read(Path file, Set<String> columns) throws ProblemException {
        var rows = new ArrayList<JsonNode>();
        ParquetRows.forEach(
                file,
                columns,
                (number, row) -> {
                    rows.add(row);
                    assertThat(number).isEqualTo(rows.size());
                });
        return rows;
    }

    private JsonNode json(List<?> row) {
        return json(COLUMNS, row);
    }

    private static JsonNode json(ParquetType type, Object value) {
        return switch (type) {
            case Single.TEXT -> JsonNodeFactory.instance.textNode((String) value);
            case Single.WHOLE -> JsonNodeFactory.instance.numberNode((Long) value);
            case Single.REAL -> JsonNodeFactory.instance.numberNode((Double) value);
            case ParquetType.ListOf(var element) -> {
                var array = JsonNodeFactory.instance.arrayNode();
                ((List<?>) value).forEach(one -> array.add(json(element, one)));
                yield array;
            }
            case Struct(var fields) -> {
                var object = JsonNodeFactory.instance.objectNode();
                for (int i = 0; i < fields.size(); i++) {
                    object.set(
                            fields.get(i).name(),
                            json(fields.get(i).type(), ((List<?>) value).get(i)));
                }
                yield object;
            }
        };
    }
}
