package org.palimpsest.ui.compare;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Two answers side by side, over whatever is beneath while it is open. Confined to the JavaFX thread.
public final class CompareView implements FxmlView<CompareViewModel> {
    @FXML private VBox root;
    @FXML private Label prompt;
    @FXML private HBox cards;
    @FXML private Label agreement;
    @FXML private Button ask;
    @InjectViewModel private CompareViewModel viewModel;

    public void initialize() {
        for (int side = 0; side < 2; side++) {
            var card = new SideCard(viewModel, side);
            // Both are equally wide, whatever the titles of their models are.
            card.setPrefWidth(0);
            HBox.setHgrow(card, Priority.ALWAYS);
            cards.getChildren().add(card);
        }
        root.visibleProperty().bind(viewModel.openProperty());
        root.managedProperty().bind(viewModel.openProperty());
        prompt.textProperty().bind(viewModel.promptProperty());
        agreement.textProperty().bind(viewModel.agreementProperty());
        ask.disableProperty().bind(Bindings.not(viewModel.askableProperty()));
    }

    @FXML
    private void ask() {
        viewModel.ask();
    }

    @FXML
    private void close() {
        viewModel.openProperty().set(false);
    }
}
