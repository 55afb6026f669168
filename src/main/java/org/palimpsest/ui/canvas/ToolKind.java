package org.palimpsest.ui.canvas;

import org.palimpsest.ui.canvas.tool.BoxTool;
import org.palimpsest.ui.canvas.tool.HandTool;
import org.palimpsest.ui.canvas.tool.SelectTool;
import org.palimpsest.ui.canvas.tool.Tool;

/// The tools to choose from.
public enum ToolKind {
    SELECT,
    BOX,
    HAND;

    Tool create() {
        return switch (this) {
            case SELECT -> new SelectTool();
            case BOX -> new BoxTool();
            case HAND -> new HandTool();
        };
    }
}
