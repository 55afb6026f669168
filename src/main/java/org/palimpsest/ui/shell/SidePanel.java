package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.FxmlView;
import java.util.List;
import org.palimpsest.ui.inspector.InspectorView;
import org.palimpsest.ui.label.LabelView;
import org.palimpsest.ui.prompt.PromptView;
import org.palimpsest.ui.queue.QueueView;
import org.palimpsest.ui.review.ReviewQueueView;

/// A panel on the right of the window.
///
/// The view may have a row of the style class `panel-header`: what is in it, other than its title, is shown in the
/// panel's heading.
///
/// @param id under which the settings remember it
/// @param title the key of its title
/// @param view what is in it, made when it is opened for the first time
/// @param grows whether it takes the height that is left
/// @param folded whether it is closed until the person opens it
record SidePanel(
        String id, String title, Class<? extends FxmlView<?>> view, boolean grows, boolean folded) {

    /// All of them, in the order of a new window.
    static final List<SidePanel> ALL =
            List.of(
                    new SidePanel("task", "shell.panel.task", PromptView.class, false, false),
                    new SidePanel("labels", "shell.panel.labels", LabelView.class, false, true),
                    new SidePanel(
                            "annotations",
                            "shell.panel.annotations",
                            InspectorView.class,
                            true,
                            false),
                    new SidePanel(
                            "review", "shell.panel.review", ReviewQueueView.class, false, true),
                    new SidePanel("queue", "shell.panel.queue", QueueView.class, false, true));
}
