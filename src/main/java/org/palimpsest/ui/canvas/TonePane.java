package org.palimpsest.ui.canvas;

import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.palimpsest.imaging.ToneCurve;
import org.palimpsest.ui.support.Texts;

/// Sliders for how bright the picture is shown, for the eyes only.
///
/// Confined to the JavaFX thread.
public final class TonePane extends VBox {
    private static final double SPACING = 8;

    private final Slider brightness = slider(-1, 1, 0);
    private final Slider contrast = slider(0, 3, 1);
    private final Slider gamma = slider(0.2, 3, 1);

    public TonePane() {
        getStyleClass().add("tone-pane");
        setSpacing(SPACING);
        var sliders = new GridPane(SPACING, SPACING);
        var names = new ColumnConstraints();
        var lengths = new ColumnConstraints();
        lengths.setHgrow(Priority.ALWAYS);
        sliders.getColumnConstraints().addAll(names, lengths);
        row(sliders, 0, Texts.get("canvas.tone.brightness"), brightness);
        row(sliders, 1, Texts.get("canvas.tone.contrast"), contrast);
        row(sliders, 2, Texts.get("canvas.tone.gamma"), gamma);
        var title = new Label(Texts.get("canvas.tone.title"));
        title.getStyleClass().add("tone-title");
        var note = new Label(Texts.get("canvas.tone.note"));
        note.setWrapText(true);
        note.getStyleClass().add("tone-note");
        var reset = new Button(Texts.get("canvas.tone.reset"));
        reset.setOnAction(_ -> show(ToneCurve.NONE));
        getChildren().addAll(title, sliders, note, reset);
    }

    private static Slider slider(double least, double most, double value) {
        var slider = new Slider(least, most, value);
        slider.setBlockIncrement((most - least) / 20);
        return slider;
    }

    private static void row(GridPane sliders, int row, String name, Slider slider) {
        var label = new Label(name);
        label.setLabelFor(slider);
        slider.setAccessibleText(name);
        GridPane.setHalignment(label, HPos.LEFT);
        sliders.addRow(row, label, slider);
    }

    void bind(ObjectProperty<ToneCurve> tone) {
        show(tone.get());
        InvalidationListener moved =
                _ ->
                        tone.set(
                                new ToneCurve(
                                        brightness.getValue(),
                                        contrast.getValue(),
                                        gamma.getValue()));
        brightness.valueProperty().addListener(moved);
        contrast.valueProperty().addListener(moved);
        gamma.valueProperty().addListener(moved);
    }

    private void show(ToneCurve curve) {
        brightness.setValue(curve.brightness());
        contrast.setValue(curve.contrast());
        gamma.setValue(curve.gamma());
    }
}
