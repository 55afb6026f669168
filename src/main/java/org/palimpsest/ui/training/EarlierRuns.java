package org.palimpsest.ui.training;

import atlantafx.base.theme.Styles;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.batch.fit.EarlierRun;
import org.palimpsest.ui.support.Texts;

/// The runs of the project that there were, with their figures and what can be done with them. Confined to the JavaFX
/// thread.
final class EarlierRuns {
    private static final double GAP = 8;
    private static final int FIGURES = 3;

    private final TrainingViewModel viewModel;
    private final VBox place;

    EarlierRuns(TrainingViewModel viewModel, VBox place) {
        this.viewModel = viewModel;
        this.place = place;
        viewModel.lookup().earlierProperty().addListener((_, _, now) -> show(now));
        viewModel
                .use()
                .usedProperty()
                .addListener(_ -> show(viewModel.lookup().earlierProperty().get()));
        show(viewModel.lookup().earlierProperty().get());
    }

    private void show(List<EarlierRun> runs) {
        place.getChildren().setAll(LearntCard.text(Texts.get("training.earlier"), "panel-title"));
        runs.forEach(run -> place.getChildren().add(row(run)));
    }

    private Node row(EarlierRun run) {
        var name = LearntCard.text(String.valueOf(run.folder().getFileName()), "training-run-name");
        var state =
                LearntCard.text(
                        Texts.get("training.earlier.state", state(run), Date.from(run.changed())),
                        "field-hint");
        var words = new VBox(name, state);
        words.setMinWidth(0);
        run.record()
                .comparison()
                .ifPresent(both ->
                        FigureRow.of(both).stream()
                                .limit(FIGURES)
                                .map(row ->
                                        LearntCard.text(
                                                Texts.get(
                                                        "training.earlier.figure",
                                                        row.title(),
                                                        FigureRow.number(row.before()),
                                                        FigureRow.number(row.after())),
                                                ""))
                                .forEach(words.getChildren()::add));
        HBox.setHgrow(words, Priority.ALWAYS);
        var line = new HBox(GAP, words);
        line.setAlignment(Pos.TOP_LEFT);
        line.getStyleClass().add("training-run");
        var model = run.record().model();
        if (run.canGoOn()) {
            add(line, run, "mdmz-play_arrow", "training.goOn", viewModel::goOn);
        }
        if (run.record().comparison().isPresent() || !run.canGoOn()) {
            boolean used = viewModel.use().isUsed(run.learnt());
            var use =
                    add(
                            line,
                            run,
                            "mdal-check",
                            used ? "training.inUse" : "training.use",
                            one -> viewModel.use().use(model, one.learnt()));
            use.setDisable(used);
        }
        add(
                line,
                run,
                "mdal-folder_open",
                "training.openFolder",
                one -> viewModel.showFolder(one.folder()));
        add(
                line,
                run,
                "mdal-delete",
                "training.discard",
                one -> viewModel.discard(one.folder(), model));
        return line;
    }

    private static String state(EarlierRun run) {
        if (run.reason().isEmpty()) {
            return Texts.get("training.earlier.interrupted", run.step(), run.steps());
        }
        return Texts.get("training.earlier." + run.reason().get().name(), run.step(), run.steps());
    }

    private static Button add(
            HBox line, EarlierRun run, String icon, String key, Consumer<EarlierRun> action) {
        var button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(Texts.get(key)));
        button.setAccessibleText(
                Texts.get("training.earlier.action", Texts.get(key), run.folder().getFileName()));
        button.setOnAction(_ -> action.accept(run));
        line.getChildren().add(button);
        return button;
    }
}
