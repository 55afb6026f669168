package org.palimpsest.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings as JSON. Every value that is missing or of another kind than expected takes its default.
final class SettingsJson {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsJson.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private SettingsJson() {}

    static byte[] write(Settings settings) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("theme", settings.theme().name().toLowerCase(Locale.ROOT));
        settings.modelFolder().ifPresent(folder -> json.put("model_folder", folder.toString()));
        settings.adapter().ifPresent(folder -> json.put("adapter", folder.toString()));
        settings.exportFolder().ifPresent(folder -> json.put("export_folder", folder.toString()));
        write(json.putArray("recent_projects"), settings.recentProjects());
        json.put("reopen", settings.reopen());
        json.set("keys", JSON.valueToTree(settings.keys()));
        json.put("scale", settings.scale());
        json.put("keep_view", settings.keepView());
        json.put("person", settings.person());
        var layout = json.putObject("layout");
        layout.put("width", settings.layout().width());
        layout.put("height", settings.layout().height());
        layout.put("maximized", settings.layout().maximized());
        layout.set("widths", JSON.valueToTree(settings.layout().widths()));
        layout.set("panels", JSON.valueToTree(settings.layout().panels()));
        layout.set("collapsed", JSON.valueToTree(settings.layout().collapsed()));
        var presets = json.putArray("presets");
        for (var preset : settings.presets()) {
            presets.addObject().put("name", preset.name()).put("prompt", preset.prompt());
        }
        json.set("filters", JSON.valueToTree(settings.filters()));
        json.put("language", settings.language());
        json.put("safe_colors", settings.accessibility().safeColors());
        json.put("reduced_motion", settings.accessibility().reducedMotion());
        var models = json.putObject("models");
        write(models.putArray("folders"), settings.models().folders());
        write(models.putArray("adapters"), settings.models().adapters());
        models.set("accepted_terms", JSON.valueToTree(settings.models().acceptedTerms()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    private static void write(ArrayNode array, List<Path> paths) {
        paths.forEach(path -> array.add(path.toString()));
    }

    static Settings read(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        var otherwise = Settings.DEFAULT;
        var keys = new LinkedHashMap<String, List<String>>();
        json.path("keys")
                .properties()
                .forEach(entry -> keys.put(entry.getKey(), texts(entry.getValue())));
        var presets = new ArrayList<PromptPreset>();
        for (var preset : json.path("presets")) {
            presets.add(
                    new PromptPreset(preset.path("name").asText(), preset.path("prompt").asText()));
        }
        var filters = new LinkedHashMap<String, String>();
        json.path("filters")
                .properties()
                .forEach(entry -> filters.put(entry.getKey(), entry.getValue().asText()));
        return new Settings(
                theme(json.path("theme").asText()),
                path(json.path("model_folder").asText()),
                path(json.path("adapter").asText()),
                path(json.path("export_folder").asText()),
                paths(json.path("recent_projects")),
                json.path("reopen").asBoolean(otherwise.reopen()),
                keys,
                json.path("scale").asInt(otherwise.scale()),
                json.path("keep_view").asBoolean(otherwise.keepView()),
                json.path("person").asText(),
                layout(json.path("layout")),
                presets,
                filters,
                json.path("language").asText(),
                new Accessibility(
                        json.path("safe_colors").asBoolean(),
                        json.path("reduced_motion").asBoolean()),
                models(json.path("models")));
    }

    private static KnownModels models(JsonNode json) {
        return new KnownModels(
                paths(json.path("folders")),
                paths(json.path("adapters")),
                texts(json.path("accepted_terms")));
    }

    private static List<Path> paths(JsonNode array) {
        return texts(array).stream().flatMap(text -> path(text).stream()).toList();
    }

    private static Theme theme(String name) {
        for (var theme : Theme.values()) {
            if (theme.name().toLowerCase(Locale.ROOT).equals(name)) {
                return theme;
            }
        }
        return Settings.DEFAULT.theme();
    }

    private static WindowLayout layout(JsonNode json) {
        Map<String, Double> widths = new LinkedHashMap<>();
        json.path("widths")
                .properties()
                .forEach(entry -> widths.put(entry.getKey(), entry.getValue().asDouble()));
        return new WindowLayout(
                json.path("width").asDouble(),
                json.path("height").asDouble(),
                json.path("maximized").asBoolean(),
                widths,
                texts(json.path("panels")),
                Set.copyOf(texts(json.path("collapsed"))));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Optional<Path> path(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            LOG.warn("A setting is not a path: {}", text);
            return Optional.empty();
        }
    }
}
