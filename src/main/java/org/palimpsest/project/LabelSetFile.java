package org.palimpsest.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;

/// Labels in a file of their own, from one project for another: a JSON array in the order of the labels, each with its
/// name, colour, key, description and other names.
public final class LabelSetFile {
    /// What such files are called.
    public static final String EXTENSION = ".labels.json";

    private static final long LONGEST = 16 << 20;
    private static final int MOST = 100_000;

    private LabelSetFile() {}

    private record Row(
            @Nullable String name,
            @Nullable String color,
            @Nullable String key,
            @Nullable String description,
            @JsonProperty("aliases") @Nullable List<String> aliases) {

        static Row of(Label label) {
            return new Row(
                    label.name(),
                    String.format(Locale.ROOT, "#%06x", label.rgb()),
                    label.shortcut(),
                    label.description(),
                    label.aliases());
        }

        Label label(int place) {
            int rgb = color == null ? LabelSet.color(place) : Integer.decode(color);
            return new Label(
                    name == null ? "" : name,
                    rgb,
                    key == null ? "" : key,
                    description == null ? "" : description,
                    aliases == null ? List.of() : aliases);
        }
    }

    /// Writes the labels; a file that is there is replaced as a whole.
    public static void write(Path file, LabelSet labels) throws ProblemException {
        var text = Json.text(labels.labels().stream().map(Row::of).toList());
        AtomicFiles.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// @throws ProblemException if the file cannot be read or holds no labels
    public static LabelSet read(Path file) throws ProblemException {
        try {
            if (Files.size(file) > LONGEST) {
                throw damaged(file, "longer than 16 MiB", null);
            }
            List<@Nullable Row> rows = Json.value(Files.readString(file), Json.listOf(Row.class));
            if (rows == null || rows.size() > MOST) {
                throw damaged(file, "not a list of up to 100,000 labels", null);
            }
            var labels = new ArrayList<Label>();
            for (var row : rows) {
                if (row == null) {
                    throw damaged(file, "an empty label", null);
                }
                labels.add(row.label(labels.size()));
            }
            return new LabelSet(labels);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The labels cannot be read",
                            file + ": " + e.getMessage(),
                            "Choose a file that was written by “Save labels”"),
                    e);
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static ProblemException damaged(
            Path file, String reason, @Nullable RuntimeException cause) {
        return new ProblemException(
                new Problem(
                        "This is no file of labels",
                        file + ": " + reason,
                        "Choose a file that was written by “Save labels”"),
                cause);
    }
}
