package org.palimpsest.format.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.problem.ProblemException;

/// The categories of a COCO file by their ids, as labels.
final class CategoryIndex {
    private static final int LONGEST_NAME = 500;
    private static final int MAX_CATEGORIES = 200_000;

    private static final Set<String> KNOWN_KEYS =
            Set.of(
                    "id",
                    "name",
                    "supercategory",
                    "color",
                    "isthing",
                    "synonyms",
                    "def",
                    "frequency",
                    "image_count",
                    "instance_count");

    private final DatasetImport data;
    private final boolean lvis;
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> otherKeys = new HashSet<>();

    /// @param lvis whether names are LVIS's, with `_` for blanks, and categories have synonyms and definitions
    CategoryIndex(DatasetImport data, boolean lvis) {
        this.data = data;
        this.lvis = lvis;
    }

    /// Takes an entry of `categories`.
    void take(JsonItem item) throws ProblemException {
        var id = item.id("id");
        if (id.isEmpty()) {
            data.findings().error(item.place(), "the category has no id");
            return;
        }
        if (names.containsKey(id.get()) || names.size() >= MAX_CATEGORIES) {
            data.findings().error(item.place(), "a category of this id came before; it stays");
            return;
        }
        String name = name(item, id.get());
        names.put(id.get(), name);
        if (!used.add(name)) {
            data.findings().warning(item.place(), "another category is called " + name + ", too");
        }
        noteOtherKeys(item);
        var label = new Label(name, LabelSet.color(used.size() - 1));
        if (lvis) {
            label =
                    label.withDescription(item.text("def").orElse(""))
                            .withAliases(synonyms(item.get("synonyms"), name));
        }
        data.sink().label(label);
    }

    private String name(JsonItem item, String id) {
        var text = item.text("name").or(() -> item.id("name")).orElse("");
        String name = usable(text);
        if (Label.isName(name) && name.length() <= LONGEST_NAME) {
            if (!lvis && !name.equals(text)) {
                data.findings().warning(item.place(), "the name is taken as \"" + name + "\"");
            }
            return name;
        }
        String made = madeUp(id);
        data.findings().warning(item.place(), "the name is not usable, it is called " + made);
        return made;
    }

    private String usable(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", " ");
        return (lvis ? visible.replace('_', ' ') : visible).strip();
    }

    private static String madeUp(String id) {
        String visible = id.replaceAll("\\p{Cntrl}", " ").strip();
        return "category " + visible.substring(0, Math.min(visible.length(), 40)).strip();
    }

    private List<String> synonyms(@Nullable JsonNode list, String name) {
        var aliases = new ArrayList<String>();
        if (list != null && list.isArray()) {
            for (var one : list) {
                String alias = usable(one.asText());
                if (Label.isName(alias) && !alias.equals(name) && !aliases.contains(alias)) {
                    aliases.add(alias);
                }
            }
        }
        return aliases;
    }

    private void noteOtherKeys(JsonItem item) {
        for (var field : item.fields().entrySet()) {
            String key = field.getKey();
            boolean says = says(field.getValue());
            boolean lost = !KNOWN_KEYS.contains(key) || key.equals("supercategory");
            if (says && lost && otherKeys.size() < 20 && otherKeys.add(key)) {
                data.findings()
                        .warning(
                                item.place(),
                                "categories have the key \"" + key + "\", which is not kept");
            }
        }
    }

    private static boolean says(JsonNode value) {
        return !value.isNull() && !value.asText("-").isEmpty();
    }

    Optional<String> find(String id) {
        return Optional.ofNullable(names.get(id));
    }

    /// The label of an annotation; a category that the file does not have gets a name.
    Optional<String> of(JsonItem annotation) {
        var id = annotation.id("category_id");
        if (id.isEmpty()) {
            data.findings().error(annotation.place(), "there is no category_id");
            return Optional.empty();
        }
        String known = names.get(id.get());
        if (known == null) {
            String made = madeUp(id.get());
            data.findings()
                    .warning(
                            annotation.place(),
                            "there is no category of id " + id.get() + ", it is called " + made);
            return Label.isName(made) ? Optional.of(made) : Optional.of("category");
        }
        return Optional.of(known);
    }
}
