package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.control.InlineCompletion;
import org.palimpsest.ui.support.Numbers;
import org.palimpsest.ui.support.Texts;

/// Every property of the object that is selected. Confined to the JavaFX thread.
public final class DetailsView implements FxmlView<DetailsViewModel> {
    @FXML private VBox root;
    @FXML private TextField label;
    @FXML private GridPane coordinates;
    @FXML private TextField x;
    @FXML private TextField y;
    @FXML private TextField width;
    @FXML private TextField height;
    @FXML private Label place;
    @FXML private Label size;
    @FXML private CheckBox crowd;
    @FXML private Label origin;
    @FXML private HBox restoreRow;
    @FXML private Label original;
    @FXML private VBox attributes;
    @FXML private TextField newName;
    @FXML private TextField newValue;

    @InjectViewModel private DetailsViewModel viewModel;

    public void initialize() {
        InlineCompletion.attach(label, viewModel::labels);
        commitBy(label, () -> viewModel.rename(label.getText()));
        for (var field : List.of(x, y, width, height)) {
            commitBy(field, this::place);
        }
        crowd.setOnAction(_ -> viewModel.setCrowd(crowd.isSelected()));
        newName.setOnAction(_ -> newValue.requestFocus());
        newValue.setOnAction(_ -> addAttribute());
        viewModel.singleProperty().addListener((_, _, single) -> show(single));
        show(viewModel.singleProperty().get());
    }

    /// Enter and leaving the field both keep what was typed.
    private static void commitBy(TextField field, Runnable commit) {
        field.setOnAction(_ -> commit.run());
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        commit.run();
                    }
                });
    }

    private void place() {
        viewModel
                .singleProperty()
                .get()
                .ifPresent(object -> {
                    var bounds = object.region().bounds();
                    var left = typed(x, bounds.xMin());
                    var top = typed(y, bounds.yMin());
                    var wide = typed(width, bounds.width());
                    var high = typed(height, bounds.height());
                    if (left.isPresent()
                            && top.isPresent()
                            && wide.isPresent()
                            && high.isPresent()) {
                        viewModel.place(
                                left.getAsDouble(),
                                top.getAsDouble(),
                                wide.getAsDouble(),
                                high.getAsDouble());
                    } else {
                        show(viewModel.singleProperty().get()); // What is no number is not kept.
                    }
                });
    }

    /// What the person typed; the exact number where they left the field as it was.
    private static OptionalDouble typed(TextField field, double exact) {
        var text = field.getText().strip();
        return text.equals(number(exact)) ? OptionalDouble.of(exact) : Numbers.typed(text);
    }

    private void addAttribute() {
        viewModel.setAttribute(newName.getText(), newValue.getText());
        newName.clear();
        newValue.clear();
        newName.requestFocus();
    }

    private void show(Optional<ObjectAnnotation> single) {
        show(root, single.isPresent());
        single.ifPresent(object -> {
            label.setText(object.label());
            var bounds = object.region().bounds();
            show(coordinates, object.region() instanceof Box);
            show(place, !(object.region() instanceof Box));
            x.setText(number(bounds.xMin()));
            y.setText(number(bounds.yMin()));
            width.setText(number(bounds.width()));
            height.setText(number(bounds.height()));
            place.setText(Descriptions.place(object.region()));
            size.setText(Descriptions.size(object.region()));
            crowd.setSelected(object.crowd());
            origin.setText(
                    Descriptions.origin(object.provenance(), ZoneId.systemDefault())
                            + "\n"
                            + ObjectCell.reviewWords(object));
            var before = Descriptions.original(object);
            show(restoreRow, !before.isEmpty());
            original.setText(before);
            attributes
                    .getChildren()
                    .setAll(
                            object.attributes().entrySet().stream()
                                    .map(entry ->
                                            attribute(
                                                    object.id(), entry.getKey(), entry.getValue()))
                                    .toList());
        });
    }

    private Node attribute(AnnotationId id, String name, String value) {
        var key = new Label(name);
        key.getStyleClass().add("detail-text");
        key.setMinWidth(40);
        key.setMaxWidth(120);
        var field = new TextField(value);
        field.setAccessibleText(name);
        HBox.setHgrow(field, Priority.ALWAYS);
        commitBy(
                field,
                () -> {
                    // A field that goes because another object was selected must not change that
                    // one.
                    if (viewModel.singleProperty().get().filter(o -> o.id().equals(id)).isPresent()
                            && field.getScene() != null) {
                        viewModel.setAttribute(name, field.getText());
                    }
                });
        var remove = new Button(null, new FontIcon("mdal-close"));
        remove.getStyleClass().addAll("button-icon", "flat", "small");
        remove.setAccessibleText(Texts.get("inspector.attribute.remove", name));
        remove.setOnAction(_ -> viewModel.removeAttribute(name));
        var row = new HBox(8, key, field, remove);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /// Whole numbers without a fraction, others with up to two digits.
    private static String number(double value) {
        return Numbers.fixed(value, value == Math.rint(value) ? 0 : 2);
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void restore() {
        viewModel.restore();
    }

    @FXML
    private void delete() {
        viewModel.delete();
    }
}
