package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.support.Texts;

/// Opens the dialogs for export, import and the division of images over a window when their view models ask for it.
///
/// Confined to the JavaFX thread.
public final class ExchangeDialogs {
    private static final double EXPORT_WIDTH = 1060;
    private static final double IMPORT_WIDTH = 960;
    private static final double SPLIT_WIDTH = 1060;
    private static final double HEIGHT = 720;

    private final Stage owner;
    private final List<Stage> open = new ArrayList<>();

    /// @param owner has its scene already
    public ExchangeDialogs(
            Stage owner, ExportViewModel export, ImportViewModel imports, SplitViewModel splits) {
        this.owner = owner;
        follow(export.showingProperty(), ExportView.class, "exchange.export.title", EXPORT_WIDTH);
        follow(imports.showingProperty(), ImportView.class, "exchange.import.title", IMPORT_WIDTH);
        follow(splits.showingProperty(), SplitView.class, "exchange.splits.title", SPLIT_WIDTH);
    }

    private <M extends ViewModel> void follow(
            BooleanProperty showing,
            Class<? extends FxmlView<M>> view,
            String title,
            double width) {
        var mine = new AtomicReference<@Nullable Stage>();
        showing.addListener((_, _, now) -> {
            var shown = mine.get();
            if (now && shown == null) {
                var stage = dialog(view, Texts.get(title), width);
                mine.set(stage);
                open.add(stage);
                stage.setOnHidden(_ -> {
                    mine.set(null);
                    open.remove(stage);
                    showing.set(false);
                });
                stage.show();
            } else if (!now && shown != null) {
                shown.hide();
            }
        });
    }

    private <M extends ViewModel> Stage dialog(
            Class<? extends FxmlView<M>> view, String title, double width) {
        var root = new StackPane();
        root.getStyleClass().addAll("shell", "exchange-dialog");
        // What the person chose for the window's size of text and colours holds here too.
        var base = owner.getScene().getRoot();
        root.styleProperty().bind(base.styleProperty());
        root.getChildren()
                .add(
                        FluentViewLoader.fxmlView(view)
                                .resourceBundle(Texts.bundle())
                                .load()
                                .getView());
        var scene = new Scene(root, width, Math.min(HEIGHT, Math.max(480, owner.getHeight())));
        Bindings.bindContent(scene.getStylesheets(), owner.getScene().getStylesheets());
        var stage = new Stage();
        // A dialog that another one opened lies over that one.
        stage.initOwner(open.isEmpty() ? owner : open.getLast());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(title);
        stage.setScene(scene);
        return stage;
    }
}
