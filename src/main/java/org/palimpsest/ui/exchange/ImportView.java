package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.support.Texts;

/// The import dialog. Confined to the JavaFX thread.
public final class ImportView implements FxmlView<ImportViewModel> {
    @FXML private ListView<FormatChoice> importFormats;
    @FXML private TextField source;
    @FXML private TextField imageFolder;
    @FXML private HBox problemBox;
    @FXML private Label problemText;
    @FXML private VBox reportBox;
    @FXML private Label reportSummary;
    @FXML private TextArea reportLines;
    @FXML private ProgressBar progress;
    @FXML private Button run;
    @FXML private Button cancel;
    @FXML private Button close;

    @InjectViewModel private ImportViewModel viewModel;

    public void initialize() {
        importFormats.getItems().setAll(viewModel.formats());
        importFormats.setCellFactory(_ -> new FormatCell());
        importFormats.getSelectionModel().select(viewModel.formatProperty().get());
        importFormats
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen != null) {
                        viewModel.formatProperty().set(chosen);
                    }
                });
        source.textProperty().bindBidirectional(viewModel.sourceProperty());
        imageFolder.textProperty().bindBidirectional(viewModel.imageFolderProperty());
        viewModel.problemProperty().addListener(_ -> showProblem());
        viewModel.reportProperty().addListener((_, _, now) -> showReport(now));
        run.disableProperty().bind(viewModel.readyProperty().not());
        progress.visibleProperty().bind(viewModel.runningProperty());
        cancel.visibleProperty().bind(viewModel.runningProperty());
        cancel.managedProperty().bind(viewModel.runningProperty());
        showProblem();
        showReport(viewModel.reportProperty().get());
    }

    private void showProblem() {
        var now = viewModel.problemProperty().get();
        show(problemBox, now.isPresent());
        now.ifPresent(problem -> problemText.setText(problem.oneLine()));
    }

    private void showReport(Optional<Report> now) {
        show(reportBox, now.isPresent());
        now.ifPresent(done -> {
            reportSummary.setText(done.summary());
            reportLines.setText(String.join("\n", done.lines()));
            show(reportLines, !done.lines().isEmpty());
        });
        close.setText(Texts.get(now.isPresent() ? "exchange.close" : "exchange.cancel"));
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void chooseFile() {
        viewModel.chooseFile();
    }

    @FXML
    private void chooseFolder() {
        viewModel.chooseFolder();
    }

    @FXML
    private void chooseImageFolder() {
        viewModel.chooseImageFolder();
    }

    @FXML
    private void run() {
        viewModel.run();
    }

    @FXML
    private void cancel() {
        viewModel.cancel();
    }

    @FXML
    private void close() {
        viewModel.close();
    }
}
