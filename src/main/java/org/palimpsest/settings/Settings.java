package org.palimpsest.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the person prefers, and where they were last.
///
/// @param theme the window's colours
/// @param modelFolder the model chosen in the window; empty for the bundled one
/// @param adapter the folder of the adapter that is used with the model
/// @param exportFolder where the last export went
/// @param recentProjects project files, the last one first
/// @param reopen whether the last project is opened at the next start; not after it was closed
/// @param keys the keys of commands that are not the usual ones, by the commands' names
/// @param scale of all text and controls, in per cent, 80 to 200
/// @param keepView whether the view of one image is kept for the next one
/// @param person the name that drawn annotations carry; empty for the system's
/// @param layout how the window is arranged
/// @param presets prompts that the person kept
/// @param filters filters of images that the person kept, by name
/// @param language the window's language as a BCP 47 tag such as `de`; empty for the system's
/// @param accessibility what makes the window easier to see
/// @param models what the person told of models, besides the one in use
public record Settings(
        Theme theme,
        Optional<Path> modelFolder,
        Optional<Path> adapter,
        Optional<Path> exportFolder,
        List<Path> recentProjects,
        boolean reopen,
        Map<String, List<String>> keys,
        int scale,
        boolean keepView,
        String person,
        WindowLayout layout,
        List<PromptPreset> presets,
        Map<String, String> filters,
        String language,
        Accessibility accessibility,
        KnownModels models) {
    public static final int LEAST_SCALE = 80;
    public static final int MOST_SCALE = 200;
    private static final int MOST_RECENT = 10;

    public static final Settings DEFAULT =
            new Settings(
                    Theme.SYSTEM,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    true,
                    Map.of(),
                    100,
                    false,
                    "",
                    WindowLayout.USUAL,
                    List.of(),
                    Map.of(),
                    "",
                    Accessibility.USUAL,
                    KnownModels.NONE);

    /// The scale is brought into its range.
    public Settings {
        recentProjects = List.copyOf(recentProjects);
        keys = Map.copyOf(keys);
        scale = Math.clamp(scale, LEAST_SCALE, MOST_SCALE);
        presets = List.copyOf(presets);
        filters = Map.copyOf(filters);
    }

    public Settings withTheme(Theme value) {
        return with(draft -> draft.theme = value);
    }

    /// With another model, and with or without an adapter for it.
    public Settings withModel(Optional<Path> folder, Optional<Path> chosenAdapter) {
        return with(draft -> {
            draft.modelFolder = folder;
            draft.adapter = chosenAdapter;
        });
    }

    public Settings withExportFolder(Path value) {
        return with(draft -> draft.exportFolder = Optional.of(value));
    }

    /// With this project as the last one, to be opened at the next start.
    public Settings withProject(Path file) {
        var recent = new ArrayList<Path>();
        recent.add(file);
        recentProjects.stream().filter(known -> !known.equals(file)).forEach(recent::add);
        return with(draft -> {
            draft.recentProjects = recent.subList(0, Math.min(recent.size(), MOST_RECENT));
            draft.reopen = true;
        });
    }

    /// Without this project among the recent ones.
    public Settings withoutProject(Path file) {
        return with(draft ->
                draft.recentProjects =
                        recentProjects.stream().filter(known -> !known.equals(file)).toList());
    }

    public Settings withReopen(boolean value) {
        return with(draft -> draft.reopen = value);
    }

    public Settings withKeys(Map<String, List<String>> value) {
        return with(draft -> draft.keys = value);
    }

    public Settings withScale(int value) {
        return with(draft -> draft.scale = value);
    }

    public Settings withKeepView(boolean value) {
        return with(draft -> draft.keepView = value);
    }

    public Settings withPerson(String value) {
        return with(draft -> draft.person = value);
    }

    public Settings withLayout(WindowLayout value) {
        return with(draft -> draft.layout = value);
    }

    public Settings withPresets(List<PromptPreset> value) {
        return with(draft -> draft.presets = value);
    }

    public Settings withFilters(Map<String, String> value) {
        return with(draft -> draft.filters = value);
    }

    public Settings withLanguage(String value) {
        return with(draft -> draft.language = value);
    }

    public Settings withAccessibility(Accessibility value) {
        return with(draft -> draft.accessibility = value);
    }

    public Settings withModels(KnownModels value) {
        return with(draft -> draft.models = value);
    }

    private Settings with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.finish();
    }

    /// The same values while some of them are being changed.
    private static final class Draft {
        private Theme theme;
        private Optional<Path> modelFolder;
        private Optional<Path> adapter;
        private Optional<Path> exportFolder;
        private List<Path> recentProjects;
        private boolean reopen;
        private Map<String, List<String>> keys;
        private int scale;
        private boolean keepView;
        private String person;
        private WindowLayout layout;
        private List<PromptPreset> presets;
        private Map<String, String> filters;
        private String language;
        private Accessibility accessibility;
        private KnownModels models;

        Draft(Settings from) {
            theme = from.theme;
            modelFolder = from.modelFolder;
            adapter = from.adapter;
            exportFolder = from.exportFolder;
            recentProjects = from.recentProjects;
            reopen = from.reopen;
            keys = from.keys;
            scale = from.scale;
            keepView = from.keepView;
            person = from.person;
            layout = from.layout;
            presets = from.presets;
            filters = from.filters;
            language = from.language;
            accessibility = from.accessibility;
            models = from.models;
        }

        Settings finish() {
            return new Settings(
                    theme,
                    modelFolder,
                    adapter,
                    exportFolder,
                    recentProjects,
                    reopen,
                    keys,
                    scale,
                    keepView,
                    person,
                    layout,
                    presets,
                    filters,
                    language,
                    accessibility,
                    models);
        }
    }
}
