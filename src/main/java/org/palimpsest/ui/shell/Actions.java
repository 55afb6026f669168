package org.palimpsest.ui.shell;

import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.palimpsest.ui.canvas.ToolKind;

/// Everything a person can do, in one table.
final class Actions {
    private static final ObservableBooleanValue ALWAYS = new ReadOnlyBooleanWrapper(true);

    private final ShellViewModel shell;

    final Action openFolder;
    final Action openFiles;
    final Action export;
    final Action chooseModel;
    final Action bundledModel;
    final Action quit;
    final Action undo;
    final Action redo;
    final Action selectAll;
    final Action rename;
    final Action delete;
    final Action select;
    final Action box;
    final Action hand;
    final Action run;
    final Action stop;
    final Action next;
    final Action previous;
    final Action fit;
    final Action actualSize;
    final Action zoomIn;
    final Action zoomOut;
    final Action theme;
    final Action shortcuts;

    Actions(ShellViewModel shell, Runnable showShortcuts, Runnable close) {
        this.shell = shell;
        var image = shell.hasImageProperty();
        var selected = shell.hasSelectionProperty();
        openFolder = global("Open folder…", "mdal-folder_open", shell::openFolder, "Shortcut+O");
        openFiles = global("Open files…", "mdal-image", shell::openFiles, "Shortcut+Shift+O");
        export = whileTyping("Export JSONL…", "mdmz-save_alt", image, shell::export, "Shortcut+E");
        chooseModel = global("Choose model…", "mdmz-science", shell::chooseModel);
        bundledModel =
                action(
                        "Use the bundled toy model",
                        "",
                        shell.otherModelProperty(),
                        shell::useBundledModel);
        quit = global("Quit", "", close, "Shortcut+Q");
        undo = action("Undo", "mdmz-undo", shell.undoableProperty(), shell::undo, "Shortcut+Z");
        redo =
                action(
                        "Redo",
                        "mdmz-redo",
                        shell.redoableProperty(),
                        shell::redo,
                        "Shortcut+Shift+Z",
                        "Shortcut+Y");
        selectAll = action("Select all", "", image, shell::selectAll, "Shortcut+A");
        rename = action("Rename", "mdal-label", selected, shell::rename, "F2", "Enter");
        delete =
                action(
                        "Delete",
                        "mdal-delete_outline",
                        selected,
                        shell::delete,
                        "Delete",
                        "Backspace");
        select = tool("Select and move", "mdmz-near_me", ToolKind.SELECT, "V");
        box = tool("Draw boxes", "mdal-crop_square", ToolKind.BOX, "B");
        hand = tool("Move the image", "mdmz-pan_tool", ToolKind.HAND, "H");
        run =
                whileTyping(
                        "Ask the model",
                        "mdmz-play_arrow",
                        shell.runnableProperty(),
                        shell::run,
                        "Shortcut+Enter");
        stop = whileTyping("Stop", "mdmz-stop", ALWAYS, shell::stop, "Esc");
        next = action("Next image", "mdal-chevron_right", image, shell::next, "Page Down");
        previous = action("Previous image", "mdal-chevron_left", image, shell::previous, "Page Up");
        fit = action("Fit the image", "mdal-crop_free", image, shell::fit, "F");
        actualSize = action("Actual size", "", image, shell::actualSize, "1");
        zoomIn = action("Zoom in", "mdmz-zoom_in", image, shell::zoomIn, "Plus", "Equals", "Add");
        zoomOut = action("Zoom out", "mdmz-zoom_out", image, shell::zoomOut, "Minus", "Subtract");
        theme = global("Light or dark", "mdal-brightness_4", shell::toggleTheme, "Shortcut+T");
        shortcuts = global("Keys and gestures", "mdal-keyboard", showShortcuts, "F1");
    }

    List<ActionGroup> groups() {
        return List.of(
                new ActionGroup(
                        "File",
                        List.of(openFolder, openFiles, export, chooseModel, bundledModel, quit)),
                new ActionGroup("Edit", List.of(undo, redo, selectAll, rename, delete)),
                new ActionGroup("Tools", List.of(select, box, hand)),
                new ActionGroup("Model", List.of(run, stop)),
                new ActionGroup(
                        "View", List.of(next, previous, fit, actualSize, zoomIn, zoomOut, theme)),
                new ActionGroup("Help", List.of(shortcuts)));
    }

    private Action tool(String title, String icon, ToolKind kind, String key) {
        return action(title, icon, ALWAYS, () -> shell.toolProperty().set(kind), key);
    }

    private static Action global(String title, String icon, Runnable run, String... keys) {
        return whileTyping(title, icon, ALWAYS, run, keys);
    }

    private static Action action(
            String title,
            String icon,
            ObservableBooleanValue enabled,
            Runnable run,
            String... keys) {
        return new Action(title, icon, combinations(keys), false, enabled, run);
    }

    private static Action whileTyping(
            String title,
            String icon,
            ObservableBooleanValue enabled,
            Runnable run,
            String... keys) {
        return new Action(title, icon, combinations(keys), true, enabled, run);
    }

    private static List<KeyCombination> combinations(String... keys) {
        return Arrays.stream(keys).map(KeyCombination::keyCombination).toList();
    }

    /// Bound to the opposite of an action's state, for controls.
    static ObservableBooleanValue disabled(Action action) {
        return Bindings.not(action.enabled());
    }
}
