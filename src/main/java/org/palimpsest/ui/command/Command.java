package org.palimpsest.ui.command;

import java.util.Arrays;
import java.util.List;
import org.palimpsest.ui.support.Texts;

/// Everything a person can do. Menus, toolbar, palette, keys and the page of keys are made from this table alone.
///
/// A key is written as JavaFX reads it (`javafx.scene.input.KeyCombination`): `Shortcut` is Ctrl, on a Mac ⌘. The digits
/// are free for labels. What a command is called stands in the texts as `command.` and its name.
public enum Command {
    // spotless:off
    OPEN_FOLDER(CommandGroup.FILE, "mdal-folder_open", Where.EVERYWHERE, "Shortcut+O"),
    OPEN_FILES(CommandGroup.FILE, "mdal-image", Where.EVERYWHERE, "Shortcut+Shift+O"),
    OPEN_PROJECT(CommandGroup.FILE, "mdal-insert_drive_file", Where.EVERYWHERE, "Shortcut+Alt+O"),
    NEW_PROJECT(CommandGroup.FILE, "mdal-create_new_folder", Where.EVERYWHERE, "Shortcut+Shift+N"),
    OPEN_SAMPLES(CommandGroup.FILE, "", Where.EVERYWHERE),
    CLOSE_PROJECT(CommandGroup.FILE, "", Where.EVERYWHERE, "Shortcut+W"),
    IMPORT(CommandGroup.FILE, "mdmz-publish", Where.EVERYWHERE, "Shortcut+I"),
    EXPORT(CommandGroup.FILE, "mdmz-save_alt", Where.EVERYWHERE, "Shortcut+E"),
    SPLITS(CommandGroup.FILE, "mdal-call_split", Where.EVERYWHERE),
    SAVE_NOW(CommandGroup.FILE, "mdmz-save", Where.EVERYWHERE, "Shortcut+S"),
    SETTINGS(CommandGroup.FILE, "mdmz-settings", Where.EVERYWHERE, "Shortcut+Comma"),
    QUIT(CommandGroup.FILE, "", Where.EVERYWHERE, "Shortcut+Q"),

    UNDO(CommandGroup.EDIT, "mdmz-undo", Where.NOT_IN_TEXT, "Shortcut+Z"),
    REDO(CommandGroup.EDIT, "mdmz-redo", Where.NOT_IN_TEXT, "Shortcut+Shift+Z", "Shortcut+Y"),
    COPY(CommandGroup.EDIT, "mdal-content_copy", Where.NOT_IN_TEXT, "Shortcut+C"),
    PASTE(CommandGroup.EDIT, "mdal-content_paste", Where.NOT_IN_TEXT, "Shortcut+V"),
    SELECT_ALL(CommandGroup.EDIT, "", Where.NOT_IN_TEXT, "Shortcut+A"),
    SELECT_DUPLICATES(CommandGroup.EDIT, "", Where.NOT_IN_TEXT),
    DELETE(CommandGroup.EDIT, "mdal-delete_outline", Where.NOT_IN_TEXT, "Delete", "Backspace"),
    FIND(CommandGroup.EDIT, "mdmz-search", Where.EVERYWHERE, "Shortcut+F"),

    NEXT_IMAGE(CommandGroup.IMAGE, "mdal-chevron_right", Where.EVERYWHERE, "Page Down"),
    PREVIOUS_IMAGE(CommandGroup.IMAGE, "mdal-chevron_left", Where.EVERYWHERE, "Page Up"),
    FIRST_IMAGE(CommandGroup.IMAGE, "", Where.NOT_IN_TEXT, "Home"),
    LAST_IMAGE(CommandGroup.IMAGE, "", Where.NOT_IN_TEXT, "End"),
    PROPAGATE(CommandGroup.IMAGE, "mdmz-redo", Where.NOT_IN_TEXT, "T"),
    REMOVE_IMAGE(CommandGroup.IMAGE, "", Where.NOT_IN_TEXT),

    SELECT_TOOL(CommandGroup.TOOLS, "mdmz-near_me", Where.NOT_IN_TEXT, "V"),
    BOX_TOOL(CommandGroup.TOOLS, "mdal-crop_square", Where.NOT_IN_TEXT, "B"),
    EXTREME_POINTS_TOOL(CommandGroup.TOOLS, "mdmz-open_with", Where.NOT_IN_TEXT, "X"),
    POLYGON_TOOL(CommandGroup.TOOLS, "mdmz-timeline", Where.NOT_IN_TEXT, "P"),
    BRUSH_TOOL(CommandGroup.TOOLS, "mdal-brush", Where.NOT_IN_TEXT, "M"),
    ERASER_TOOL(CommandGroup.TOOLS, "mdal-layers_clear", Where.NOT_IN_TEXT, "E"),
    WAND_TOOL(CommandGroup.TOOLS, "mdal-flare", Where.NOT_IN_TEXT, "W"),
    POINT_TOOL(CommandGroup.TOOLS, "mdmz-place", Where.NOT_IN_TEXT, "K"),
    MEASURE_TOOL(CommandGroup.TOOLS, "mdmz-straighten", Where.NOT_IN_TEXT, "L"),
    REGION_TOOL(CommandGroup.TOOLS, "mdal-crop", Where.NOT_IN_TEXT, "C"),
    HAND_TOOL(CommandGroup.TOOLS, "mdmz-pan_tool", Where.NOT_IN_TEXT, "H"),
    LARGER_BRUSH(CommandGroup.TOOLS, "", Where.NOT_IN_TEXT, "Close Bracket"),
    SMALLER_BRUSH(CommandGroup.TOOLS, "", Where.NOT_IN_TEXT, "Open Bracket"),
    SNAPPING(CommandGroup.TOOLS, "", Where.NOT_IN_TEXT, "Shift+S"),

    RENAME(CommandGroup.OBJECT, "mdal-label", Where.NOT_IN_TEXT, "F2", "Enter"),
    NEXT_OBJECT(CommandGroup.OBJECT, "", Where.CANVAS, "Tab"),
    PREVIOUS_OBJECT(CommandGroup.OBJECT, "", Where.CANVAS, "Shift+Tab"),
    NEXT_GRIP(CommandGroup.OBJECT, "", Where.CANVAS, "Period"),
    PREVIOUS_GRIP(CommandGroup.OBJECT, "", Where.CANVAS, "Comma"),
    ADD_POINT(CommandGroup.OBJECT, "", Where.CANVAS, "Insert"),
    REPEAT(CommandGroup.OBJECT, "mdal-control_point_duplicate", Where.NOT_IN_TEXT, "Shortcut+D"),
    UNITE(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT, "Shortcut+U"),
    SUBTRACT(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT, "Shortcut+Shift+U"),
    INTERSECT(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT, "Shortcut+Alt+U"),
    CUT_OUT(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT, "Shortcut+Shift+Alt+U"),
    SIMPLIFY(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT, "Shortcut+Shift+S"),
    TO_POLYGON(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT),
    TO_MASK(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT),
    TO_BOX(CommandGroup.OBJECT, "", Where.NOT_IN_TEXT),
    BRING_TO_FRONT(CommandGroup.OBJECT, "mdal-flip_to_front", Where.NOT_IN_TEXT, "Shortcut+Shift+Close Bracket"),
    SEND_TO_BACK(CommandGroup.OBJECT, "mdal-flip_to_back", Where.NOT_IN_TEXT, "Shortcut+Shift+Open Bracket"),
    LOCK(CommandGroup.OBJECT, "mdal-lock", Where.NOT_IN_TEXT, "I"),
    UNLOCK_ALL(CommandGroup.OBJECT, "mdal-lock_open", Where.NOT_IN_TEXT, "Shift+I"),
    HIDE(CommandGroup.OBJECT, "mdmz-visibility_off", Where.NOT_IN_TEXT, "U"),
    SHOW_ALL(CommandGroup.OBJECT, "mdmz-visibility", Where.NOT_IN_TEXT, "Shift+U"),

    ACCEPT(CommandGroup.REVIEW, "mdal-check", Where.NOT_IN_TEXT, "A"),
    REJECT(CommandGroup.REVIEW, "mdal-close", Where.NOT_IN_TEXT, "R"),
    ACCEPT_ALL(CommandGroup.REVIEW, "mdal-done_all", Where.NOT_IN_TEXT, "Shift+A"),
    REJECT_ALL(CommandGroup.REVIEW, "mdal-clear_all", Where.NOT_IN_TEXT, "Shift+R"),
    ACCEPT_ABOVE(CommandGroup.REVIEW, "mdal-filter_list", Where.NOT_IN_TEXT, "Shift+D"),
    DONE_AND_NEXT(CommandGroup.REVIEW, "mdal-check_circle", Where.NOT_IN_TEXT, "D"),
    EMPTY_AND_NEXT(CommandGroup.REVIEW, "mdal-check_box_outline_blank", Where.NOT_IN_TEXT, "N"),
    REJECT_IMAGE(CommandGroup.REVIEW, "mdal-block", Where.NOT_IN_TEXT, "Shift+X"),
    REOPEN_IMAGE(CommandGroup.REVIEW, "", Where.NOT_IN_TEXT),
    NEXT_IN_REVIEW(CommandGroup.REVIEW, "mdmz-skip_next", Where.NOT_IN_TEXT, "G"),
    REVIEW_MODE(CommandGroup.REVIEW, "mdmz-rate_review", Where.NOT_IN_TEXT, "Shortcut+R"),

    RUN(CommandGroup.MODEL, "mdmz-play_arrow", Where.EVERYWHERE, "Shortcut+Enter"),
    STOP(CommandGroup.MODEL, "mdmz-stop", Where.EVERYWHERE, "Esc"),
    RUN_ON_SELECTION(CommandGroup.MODEL, "", Where.EVERYWHERE),
    RUN_ON_FILTER(CommandGroup.MODEL, "mdmz-playlist_play", Where.EVERYWHERE, "Shortcut+Shift+Enter"),
    RUN_ON_ALL(CommandGroup.MODEL, "", Where.EVERYWHERE),
    SEGMENT_BOX(CommandGroup.MODEL, "mdal-gesture", Where.NOT_IN_TEXT, "S"),
    SLICED_DETECTION(CommandGroup.MODEL, "mdal-grid_on", Where.NOT_IN_TEXT, "Shortcut+Alt+Enter"),
    COMPARE_MODELS(CommandGroup.MODEL, "mdal-compare", Where.EVERYWHERE, "Shortcut+M"),
    EVALUATION(CommandGroup.MODEL, "mdal-assessment", Where.EVERYWHERE, "Shortcut+Shift+E"),
    TRAINING(CommandGroup.MODEL, "mdal-fitness_center", Where.EVERYWHERE, "Shortcut+Shift+F"),
    MODELS(CommandGroup.MODEL, "mdal-layers", Where.EVERYWHERE, "Shortcut+Shift+M"),
    CHOOSE_MODEL(CommandGroup.MODEL, "mdmz-science", Where.EVERYWHERE),
    CHOOSE_ADAPTER(CommandGroup.MODEL, "mdal-extension", Where.EVERYWHERE),
    BUNDLED_MODEL(CommandGroup.MODEL, "", Where.EVERYWHERE),

    FIT(CommandGroup.VIEW, "mdal-crop_free", Where.NOT_IN_TEXT, "F", "Shortcut+0"),
    ACTUAL_SIZE(CommandGroup.VIEW, "", Where.EVERYWHERE, "Shortcut+1"),
    ZOOM_IN(CommandGroup.VIEW, "mdmz-zoom_in", Where.NOT_IN_TEXT, "Plus", "Equals", "Add"),
    ZOOM_OUT(CommandGroup.VIEW, "mdmz-zoom_out", Where.NOT_IN_TEXT, "Minus", "Subtract"),
    OVERVIEW(CommandGroup.VIEW, "mdmz-map", Where.NOT_IN_TEXT, "O"),
    ADJUST_PICTURE(CommandGroup.VIEW, "mdal-brightness_6", Where.NOT_IN_TEXT, "Shortcut+B"),
    SHOW_REJECTED(CommandGroup.VIEW, "", Where.NOT_IN_TEXT),
    SHOW_TAGS(CommandGroup.VIEW, "", Where.NOT_IN_TEXT, "Shift+T"),
    KEEP_VIEW(CommandGroup.VIEW, "", Where.NOT_IN_TEXT),
    BROWSER_LAYOUT(CommandGroup.VIEW, "mdmz-view_module", Where.NOT_IN_TEXT, "Shortcut+G"),
    STATISTICS(CommandGroup.VIEW, "mdal-bar_chart", Where.EVERYWHERE, "Shortcut+Shift+T"),
    QUEUE(CommandGroup.VIEW, "mdmz-queue", Where.EVERYWHERE, "Shortcut+J"),
    FOCUS_MODE(CommandGroup.VIEW, "mdal-fullscreen", Where.EVERYWHERE, "F11"),
    LARGER_TEXT(CommandGroup.VIEW, "", Where.EVERYWHERE, "Shortcut+Plus", "Shortcut+Equals"),
    SMALLER_TEXT(CommandGroup.VIEW, "", Where.EVERYWHERE, "Shortcut+Minus"),
    THEME(CommandGroup.VIEW, "mdal-brightness_4", Where.EVERYWHERE, "Shortcut+T"),

    PALETTE(CommandGroup.HELP, "mdmz-search", Where.EVERYWHERE, "Shortcut+Shift+P"),
    GUIDE(CommandGroup.HELP, "mdal-help_outline", Where.EVERYWHERE, "F1"),
    KEYS(CommandGroup.HELP, "mdal-keyboard", Where.EVERYWHERE, "Shift+F1"),
    NEXT_AREA(CommandGroup.HELP, "", Where.EVERYWHERE, "Shortcut+Tab"),
    PREVIOUS_AREA(CommandGroup.HELP, "", Where.EVERYWHERE, "Shortcut+Shift+Tab"),
    NOTICE(CommandGroup.HELP, "", Where.EVERYWHERE, "F6"),
    DOCTOR(CommandGroup.HELP, "mdal-healing", Where.EVERYWHERE),
    ABOUT(CommandGroup.HELP, "", Where.EVERYWHERE);
    // spotless:on

    /// Where the keys of a command work.
    public enum Where {
        /// Also while the text cursor is in a field.
        EVERYWHERE,
        /// Wherever no text is being typed.
        NOT_IN_TEXT,
        /// Only while the image has the focus.
        CANVAS
    }

    private final CommandGroup group;
    private final String icon;
    private final Where where;
    private final List<String> keys;

    Command(CommandGroup group, String icon, Where where, String... keys) {
        this.group = group;
        this.icon = icon;
        this.where = where;
        this.keys = List.copyOf(Arrays.asList(keys));
    }

    public CommandGroup group() {
        return group;
    }

    /// An icon's name; empty for none.
    public String icon() {
        return icon;
    }

    public Where where() {
        return where;
    }

    /// The keys it has unless the person chose others; the first one is shown.
    public List<String> defaultKeys() {
        return keys;
    }

    /// What it is called, in the person's language.
    public String title() {
        return Texts.get("command." + name());
    }
}
