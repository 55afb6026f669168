package org.palimpsest.ui.canvas.tool;

import org.palimpsest.geometry.Point;

/// Leads a tool over a scene as a person does, and lets the scene carry out what it answers.
final class ToolHand {
    private final Tool tool;
    private final FixedScene scene;

    ToolHand(Tool tool, FixedScene scene) {
        this.tool = tool;
        this.scene = scene;
    }

    ToolEffect press(double x, double y, Modifiers modifiers) {
        return scene.carryOut(tool.pressed(new Point(x, y), modifiers, scene));
    }

    ToolEffect press(double x, double y) {
        return press(x, y, Modifiers.NONE);
    }

    ToolEffect drag(double x, double y, Modifiers modifiers) {
        return scene.carryOut(tool.dragged(new Point(x, y), modifiers, scene));
    }

    ToolEffect drag(double x, double y) {
        return drag(x, y, Modifiers.NONE);
    }

    ToolEffect release(double x, double y, Modifiers modifiers) {
        return scene.carryOut(tool.released(new Point(x, y), modifiers, scene));
    }

    ToolEffect release(double x, double y) {
        return release(x, y, Modifiers.NONE);
    }

    ToolEffect click(double x, double y, Modifiers modifiers) {
        press(x, y, modifiers);
        return release(x, y, modifiers);
    }

    ToolEffect click(double x, double y) {
        return click(x, y, Modifiers.NONE);
    }

    ToolEffect move(double x, double y) {
        return scene.carryOut(tool.moved(new Point(x, y), scene));
    }

    ToolEffect doubleClick(double x, double y) {
        click(x, y);
        click(x, y);
        return scene.carryOut(tool.doubleClicked(new Point(x, y), scene));
    }

    ToolEffect key(ToolKey key) {
        return scene.carryOut(tool.key(key, Modifiers.NONE, scene));
    }

    static Preview shown(ToolEffect effect) {
        return ((ToolEffect.Show) effect).preview();
    }
}
