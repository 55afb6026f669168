package org.palimpsest.format.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Hands over the rows of a Parquet file as JSON objects.
///
/// Belongs to one thread; the library reads ahead on threads of its own.
public final class ParquetRows {
    private static final long MAX_BYTES = 4L << 30;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_VALUES_PER_ROW = 2_000_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path file;
    private int valuesInRow;

    private ParquetRows(Path file) {
        this.file = file;
    }

    /// Takes one row.
    @FunctionalInterface
    public interface RowConsumer {
        /// @param number counted from 1
        void accept(long number, ObjectNode row) throws ProblemException;
    }

    /// Reads the columns of these names; others are not even decoded.
    ///
    /// @return the names of the columns that were left out
    /// @throws ProblemException if the file cannot be read or claims to be larger than can be believed
    public static List<String> forEach(Path file, Set<String> wanted, RowConsumer consumer)
            throws ProblemException {
        return new ParquetRows(file).read(wanted, consumer);
    }

    private List<String> read(Set<String> wanted, RowConsumer consumer) throws ProblemException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw fault("it is larger than 4 GB", null);
            }
            ParquetBounds.checkFooter(file);
            try (var reader = ParquetFileReader.open(InputFile.of(file))) {
                ParquetBounds.checkPages(file, reader.getFileMetaData());
                var names =
                        reader.getFileSchema().getRootNode().children().stream()
                                .map(SchemaNode::name)
                                .toList();
                var used = names.stream().filter(wanted::contains).toList();
                var others = new ArrayList<>(names);
                others.removeAll(used);
                if (!used.isEmpty()) {
                    var projection = ColumnProjection.columns(used.toArray(String[]::new));
                    long number = 0;
                    try (var rows = reader.buildRowReader().projection(projection).build()) {
                        while (rows.hasNext()) {
                            rows.next();
                            valuesInRow = 0;
                            consumer.accept(++number, struct(rows, 0));
                        }
                    }
                }
                return others;
            }
        } catch (NoSuchFileException e) {
            throw new ProblemException("There is no such file", file.toString(), "Check the path");
        } catch (IOException | RuntimeException e) {
            // The library answers damaged files with many kinds of unchecked exceptions.
            throw fault(String.valueOf(e.getMessage()), e);
        }
    }

    private ObjectNode struct(StructAccessor values, int depth) throws ProblemException {
        var object = JSON.objectNode();
        for (int i = 0; i < values.getFieldCount(); i++) {
            object.set(values.getFieldName(i), node(values.getValue(i), depth + 1));
        }
        return object;
    }

    private JsonNode node(@Nullable Object value, int depth) throws ProblemException {
        valuesInRow++;
        if (valuesInRow > MAX_VALUES_PER_ROW || depth > MAX_DEPTH) {
            throw fault("a row holds too many values", null);
        }
        return switch (value) {
            case null -> JSON.nullNode();
            case String text -> JSON.textNode(text);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Boolean truth -> JSON.booleanNode(truth);
            case PqStruct inner -> struct(inner, depth);
            case PqList list -> {
                var array = JSON.arrayNode();
                for (int i = 0; i < list.size(); i++) {
                    array.add(node(list.get(i), depth + 1));
                }
                yield array;
            }
            default -> JSON.nullNode(); // dates, bytes, maps: nothing that is read here
        };
    }

    private ProblemException fault(String what, @Nullable Throwable cause) {
        return new ProblemException(
                new Problem(
                        "The Parquet file cannot be read",
                        file + ": " + what,
                        "Write it anew, without compression or with gzip"),
                cause);
    }
}
