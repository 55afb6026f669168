package org.palimpsest.ui.canvas;

import org.palimpsest.ui.canvas.tool.AskRegionTool;
import org.palimpsest.ui.canvas.tool.BoxTool;
import org.palimpsest.ui.canvas.tool.BrushTool;
import org.palimpsest.ui.canvas.tool.CursorKind;
import org.palimpsest.ui.canvas.tool.ExtremePointsTool;
import org.palimpsest.ui.canvas.tool.HandTool;
import org.palimpsest.ui.canvas.tool.MeasureTool;
import org.palimpsest.ui.canvas.tool.PointTool;
import org.palimpsest.ui.canvas.tool.PolygonTool;
import org.palimpsest.ui.canvas.tool.SelectTool;
import org.palimpsest.ui.canvas.tool.SimplifyTool;
import org.palimpsest.ui.canvas.tool.Tool;
import org.palimpsest.ui.canvas.tool.WandTool;

/// The tools to choose from.
public enum ToolKind {
    SELECT(CursorKind.ARROW),
    BOX(CursorKind.CROSSHAIR),
    EXTREME_POINTS(CursorKind.CROSSHAIR),
    POLYGON(CursorKind.CROSSHAIR),
    BRUSH(CursorKind.CROSSHAIR),
    ERASER(CursorKind.CROSSHAIR),
    WAND(CursorKind.CROSSHAIR),
    POINT(CursorKind.CROSSHAIR),
    SIMPLIFY(CursorKind.RESIZE_HORIZONTAL),
    MEASURE(CursorKind.CROSSHAIR),
    ASK_REGION(CursorKind.CROSSHAIR),
    HAND(CursorKind.HAND);

    private final CursorKind cursor;

    ToolKind(CursorKind cursor) {
        this.cursor = cursor;
    }

    /// The pointer's looks before the tool says otherwise.
    CursorKind cursor() {
        return cursor;
    }

    /// Whether it is led by a crosshair: it draws, or marks something on the image.
    boolean aims() {
        return switch (this) {
            case SELECT, SIMPLIFY, HAND -> false;
            case BOX, EXTREME_POINTS, POLYGON, BRUSH, ERASER, WAND, POINT, MEASURE, ASK_REGION ->
                    true;
        };
    }

    /// Whether it draws where the button is held, so that a click says little.
    boolean strokes() {
        return this == BRUSH || this == ERASER;
    }

    Tool create() {
        return switch (this) {
            case SELECT -> new SelectTool();
            case BOX -> new BoxTool();
            case EXTREME_POINTS -> new ExtremePointsTool();
            case POLYGON -> new PolygonTool();
            case BRUSH -> BrushTool.brush();
            case ERASER -> BrushTool.eraser();
            case WAND -> new WandTool();
            case POINT -> new PointTool();
            case SIMPLIFY -> new SimplifyTool();
            case MEASURE -> new MeasureTool();
            case ASK_REGION -> new AskRegionTool();
            case HAND -> new HandTool();
        };
    }
}
