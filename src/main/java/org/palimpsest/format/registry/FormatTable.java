package org.palimpsest.format.registry;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;

/// The table of docs/formats.md, made of the formats themselves.
public final class FormatTable {
    private FormatTable() {}

    /// One row a format: how it is called, whether it can be read and written, what it carries without loss and what becomes
    /// of the rest.
    public static String markdown() {
        var table = new StringBuilder();
        table.append("| format | `--format` | read | write | without loss | instead |\n");
        table.append("| --- | --- | --- | --- | --- | --- |\n");
        for (var format : Formats.TABLE) {
            table.append(
                    "| %s | `%s` | %s | %s | %s | %s |\n"
                            .formatted(
                                    format.title(),
                                    format.id(),
                                    format.reader().isPresent() ? "yes" : "–",
                                    format.writer().isPresent() ? "yes" : "–",
                                    carried(format),
                                    replaced(format)));
        }
        return table.toString();
    }

    private static String carried(DatasetFormat format) {
        return Arrays.stream(Content.values())
                .filter(format.carriage().carried()::contains)
                .map(Content::words)
                .collect(Collectors.joining(", "));
    }

    private static String replaced(DatasetFormat format) {
        return Arrays.stream(Content.values())
                .filter(format.carriage().replacements()::containsKey)
                .map(content ->
                        content.words() + " " + format.carriage().replacements().get(content))
                .collect(Collectors.joining("; "));
    }
}
