package org.palimpsest.project;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;

/// What a project has that can be filtered by, beside its labels.
///
/// @param images how many images it has
/// @param tags how many images have each tag
/// @param tagged the tags of each image that has some, in alphabetical order
/// @param models names of models that proposed something
/// @param prompts what models were asked, and what texts answer
public record ProjectFacets(
        long images,
        SortedMap<String, Integer> tags,
        Map<ImageId, List<String>> tagged,
        List<String> models,
        List<String> prompts) {
    public static final ProjectFacets NONE =
            new ProjectFacets(0, new TreeMap<>(), Map.of(), List.of(), List.of());

    public ProjectFacets {
        tags = Collections.unmodifiableSortedMap(tags);
        tagged = Collections.unmodifiableMap(tagged);
        models = List.copyOf(models);
        prompts = List.copyOf(prompts);
    }

    /// Reads on a connection of its own.
    public static ProjectFacets of(Project project) throws ProblemException {
        try (var database = Database.open(project.file(), false)) {
            var tags = new TreeMap<String, Integer>();
            Map<ImageId, List<String>> tagged = new HashMap<>();
            database.forEach(
                    row -> {
                        tags.merge(row.getString(2), 1, Integer::sum);
                        tagged.computeIfAbsent(
                                        ImageId.parse(row.getString(1)), _ -> new ArrayList<>(2))
                                .add(row.getString(2));
                    },
                    "SELECT uuid, tag FROM image_tag JOIN image ON image.id = image ORDER BY"
                            + " image, tag");
            return new ProjectFacets(
                    database.longValue("SELECT count(*) FROM image"),
                    tags,
                    tagged,
                    texts(
                            database,
                            "SELECT DISTINCT name FROM source WHERE kind = 'predicted' ORDER BY 1"),
                    texts(
                            database,
                            "SELECT detail FROM source WHERE kind = 'predicted' UNION SELECT prompt"
                                    + " FROM annotation WHERE label IS NULL ORDER BY 1"));
        }
    }

    private static List<String> texts(Database database, String sql) throws ProblemException {
        var texts = new ArrayList<String>();
        database.forEach(row -> texts.add(row.getString(1)), sql);
        texts.removeIf(text -> text == null || text.isEmpty());
        return texts;
    }
}
