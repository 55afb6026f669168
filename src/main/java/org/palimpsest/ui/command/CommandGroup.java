package org.palimpsest.ui.command;

import org.palimpsest.ui.support.Texts;

/// Commands that belong together: one menu, one section of the page of keys.
public enum CommandGroup {
    FILE,
    EDIT,
    IMAGE,
    TOOLS,
    OBJECT,
    REVIEW,
    MODEL,
    VIEW,
    HELP;

    /// Its name in the person's language.
    public String title() {
        return Texts.get("command.group." + name());
    }
}
