package org.palimpsest.ui.label;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ColorPicker;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.ui.support.Texts;

/// The properties of one label, and the sets of labels. Confined to the JavaFX thread.
public final class LabelEditView implements FxmlView<LabelEditViewModel> {
    private static final int COLORS = 16;
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    @FXML private VBox properties;
    @FXML private TextField name;
    @FXML private TextField key;
    @FXML private FlowPane palette;
    @FXML private ColorPicker color;
    @FXML private TextField description;
    @FXML private TextField aliases;
    @FXML private CheckBox absent;
    @FXML private VBox deletion;
    @FXML private Label deletionText;
    @FXML private ComboBox<String> into;
    @FXML private Button moveAndDelete;

    @InjectViewModel private LabelEditViewModel viewModel;

    private Optional<org.palimpsest.dataset.Label> shown = Optional.empty();

    public void initialize() {
        commitBy(name, label -> viewModel.rename(label, name.getText()));
        commitBy(
                key,
                label -> {
                    if (!viewModel.setKey(label, key.getText())) {
                        show(viewModel.list().markedProperty().get());
                    }
                });
        commitBy(description, label -> viewModel.describe(label, description.getText()));
        commitBy(aliases, label -> viewModel.setAliases(label, aliases.getText()));
        for (int i = 0; i < COLORS; i++) {
            palette.getChildren().add(swatch(LabelSet.color(i)));
        }
        color.setOnAction(_ ->
                shown.ifPresent(label -> viewModel.recolor(label.name(), rgb(color.getValue()))));
        absent.setOnAction(_ -> {
            shown.ifPresent(label -> viewModel.list().toggleAbsent(label.name()));
            showAbsent();
        });
        moveAndDelete.disableProperty().bind(into.valueProperty().isNull());
        viewModel.list().markedProperty().addListener((_, _, label) -> show(label));
        viewModel.list().lines().addListener((Observable _) -> showAbsent());
        viewModel.deletionProperty().addListener((_, _, asked) -> showDeletion(asked));
        show(viewModel.list().markedProperty().get());
        showDeletion(Optional.empty());
    }

    LabelEditViewModel viewModel() {
        return viewModel;
    }

    /// What is done to a label, by its name.
    private interface Commit {
        void to(String label);
    }

    private void commitBy(TextField field, Commit commit) {
        field.setOnAction(_ -> shown.ifPresent(label -> commit.to(label.name())));
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        shown.ifPresent(label -> commit.to(label.name()));
                    }
                });
    }

    private Button swatch(int rgb) {
        var square = new Rectangle(14, 14, color(rgb));
        square.setArcWidth(4);
        square.setArcHeight(4);
        var button = new Button(null, square);
        button.getStyleClass().addAll("color-choice", "flat");
        button.setUserData(rgb);
        button.setAccessibleText(Texts.get("label.color.choose", "#%06x".formatted(rgb)));
        button.setOnAction(_ -> shown.ifPresent(label -> viewModel.recolor(label.name(), rgb)));
        return button;
    }

    private static Color color(int rgb) {
        return Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    private static int rgb(Color color) {
        return (int) Math.round(color.getRed() * 255) << 16
                | (int) Math.round(color.getGreen() * 255) << 8
                | (int) Math.round(color.getBlue() * 255);
    }

    private void show(Optional<org.palimpsest.dataset.Label> label) {
        shown = label;
        show(properties, label.isPresent());
        label.ifPresent(one -> {
            name.setText(one.name());
            key.setText(one.shortcut());
            key.setPromptText(LabelKeys.of(viewModel.labels()).getOrDefault(one.name(), ""));
            color.setValue(color(one.rgb()));
            for (var choice : palette.getChildren()) {
                choice.pseudoClassStateChanged(
                        CHOSEN, Integer.valueOf(one.rgb()).equals(choice.getUserData()));
            }
            description.setText(one.description());
            aliases.setText(String.join(", ", one.aliases()));
        });
        showAbsent();
    }

    private void showAbsent() {
        shown.ifPresent(label ->
                absent.setSelected(
                        viewModel.list().lines().stream()
                                .anyMatch(line ->
                                        line.label().name().equals(label.name())
                                                && line.absent())));
    }

    private void showDeletion(Optional<LabelEditViewModel.Deletion> asked) {
        show(deletion, asked.isPresent());
        asked.ifPresent(one -> {
            deletionText.setText(
                    Texts.get("label.delete.ask", one.label(), one.objects(), one.images()));
            into.getItems().setAll(one.others());
            into.setValue(null);
            into.requestFocus();
        });
    }

    private static void show(Node node, boolean isShown) {
        node.setVisible(isShown);
        node.setManaged(isShown);
    }

    @FXML
    private void moveUp() {
        shown.ifPresent(label -> viewModel.move(label.name(), -1));
    }

    @FXML
    private void moveDown() {
        shown.ifPresent(label -> viewModel.move(label.name(), 1));
    }

    @FXML
    private void delete() {
        shown.ifPresent(label -> viewModel.delete(label.name()));
    }

    @FXML
    private void moveAndDelete() {
        viewModel
                .deletionProperty()
                .get()
                .ifPresent(one -> viewModel.deleteAfterMoving(one.label(), into.getValue()));
    }

    @FXML
    private void deleteAll() {
        viewModel
                .deletionProperty()
                .get()
                .ifPresent(one -> viewModel.deleteWithObjects(one.label()));
    }

    @FXML
    private void giveUpDeletion() {
        viewModel.giveUpDeletion();
    }

    @FXML
    private void saveSet() {
        viewModel.saveSet();
    }

    @FXML
    private void loadSet() {
        viewModel.loadSet();
    }
}
