package org.palimpsest.ui.shell;

import atlantafx.base.theme.Styles;
import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.doctor.DoctorView;
import org.palimpsest.ui.evaluation.EvaluationView;
import org.palimpsest.ui.models.ModelsView;
import org.palimpsest.ui.support.KeyFocus;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.training.TrainingView;

/// Shows the page that is open, under its name and with a button that closes it. A page is made when it is opened for the
/// first time.
///
/// Confined to the JavaFX thread.
final class PageHost {
    /// The pages there are: a page that is added is one row here.
    static final List<Row> ALL =
            List.of(
                    new Row(Page.MODELS, Command.MODELS, ModelsView.class),
                    new Row(Page.TRAINING, Command.TRAINING, TrainingView.class),
                    new Row(Page.EVALUATION, Command.EVALUATION, EvaluationView.class),
                    new Row(Page.DOCTOR, Command.DOCTOR, DoctorView.class));

    /// @param command opens the page and gives it its name
    record Row(Page page, Command command, Class<? extends FxmlView<? extends ViewModel>> view) {}

    private final StackPane place;
    private final Pages pages;
    private final Commands commands;
    private final KeyBindings keys;
    private final Runnable onClose;
    private final Map<Page, BorderPane> made = new EnumMap<>(Page.class);

    /// @param place is filled with the page, and hidden while none is open
    /// @param onClose is run when the images are seen again
    PageHost(StackPane place, Pages pages, Commands commands, KeyBindings keys, Runnable onClose) {
        this.place = place;
        this.pages = pages;
        this.commands = commands;
        this.keys = keys;
        this.onClose = onClose;
        pages.openProperty().addListener((_, _, now) -> show(now));
        show(pages.openProperty().get());
    }

    private void show(Optional<Page> open) {
        boolean was = place.isVisible();
        place.setVisible(open.isPresent());
        place.setManaged(open.isPresent());
        place.getChildren().clear();
        if (open.isPresent()) {
            var shown = made.computeIfAbsent(open.get(), this::make);
            place.getChildren().setAll(shown);
            focus(shown);
        } else if (was) {
            onClose.run();
        }
    }

    private BorderPane make(Page page) {
        var row = ALL.stream().filter(one -> one.page() == page).findFirst().orElseThrow();
        var title = new Label(row.command().title().replace("…", ""));
        title.getStyleClass().add("page-title");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var close = new Button(null, new FontIcon("mdal-close"));
        close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "page-close");
        close.setAccessibleText(Texts.get("shell.page.close"));
        close.setTooltip(new Tooltip(Texts.get("shell.page.close")));
        close.setOnAction(_ -> pages.close());
        var head = new HBox(new FontIcon(row.command().icon()), title, space, help(), close);
        head.getStyleClass().add("page-head");
        var body = new StackPane(load(row.view()));
        body.getStyleClass().add("page-body");
        // In the order in which one reads and Tab goes.
        var shown = new BorderPane();
        shown.setTop(head);
        shown.setCenter(body);
        shown.getStyleClass().add("page");
        shown.setAccessibleRole(AccessibleRole.PARENT);
        shown.setAccessibleText(title.getText());
        return shown;
    }

    private Button help() {
        var help = new Button(null, new FontIcon(Command.GUIDE.icon()));
        help.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "page-help");
        var name = Texts.get("guide.help", keys.keyText(Command.GUIDE));
        help.setAccessibleText(name);
        help.setTooltip(new Tooltip(name));
        help.setOnAction(_ -> commands.run(Command.GUIDE));
        return help;
    }

    @SuppressWarnings({
        "rawtypes",
        "unchecked"
    }) // the loader wants the view model's type, which does not matter here
    private static Node load(Class<? extends FxmlView<? extends ViewModel>> view) {
        return FluentViewLoader.fxmlView((Class) view)
                .resourceBundle(Texts.bundle())
                .load()
                .getView();
    }

    /// The first thing on the page that can have the focus, else the button that closes it.
    private static void focus(BorderPane shown) {
        // What a scroll pane holds is found once that has its skin.
        shown.applyCss();
        shown.layout();
        var body = new ArrayList<Node>();
        collect(shown.getCenter(), body);
        body.stream()
                .findFirst()
                .or(() -> Optional.ofNullable(shown.getTop().lookup(".page-close")))
                .ifPresent(KeyFocus::give);
    }

    private static void collect(Node node, List<Node> found) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            found.add(node);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }
}
