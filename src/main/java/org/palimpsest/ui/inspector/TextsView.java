package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The texts about an image: a list, and the open one with its phrases. Confined to the JavaFX thread.
public final class TextsView implements FxmlView<TextsViewModel> {
    @FXML private MenuButton add;
    @FXML private ComboBox<Language> language;
    @FXML private ListView<TextAnnotation> textList;
    @FXML private VBox noTexts;
    @FXML private VBox editor;
    @FXML private Label kind;
    @FXML private TextArea written;
    @FXML private TextFlow phrases;
    @FXML private VBox phrasesBox;
    @FXML private Button link;
    @FXML private HBox linking;
    @FXML private Label linkingText;
    @FXML private Label textOrigin;
    @FXML private Button restoreText;
    @FXML private Button deleteText;

    @InjectViewModel private TextsViewModel viewModel;

    private boolean selecting;

    public void initialize() {
        language.getItems().setAll(Language.values());
        language.setConverter(new TitleConverter<>(Language::englishName));
        language.valueProperty().bindBidirectional(viewModel.languageProperty());
        add.getItems().setAll(Arrays.stream(TextKind.values()).map(this::item).toList());
        add.disableProperty().bind(viewModel.hasImageProperty().map(has -> !has));
        textList.setItems(viewModel.texts());
        textList.setCellFactory(_ -> new TextCell());
        textList.setFixedCellSize(TextCell.HEIGHT);
        textList.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, chosen) -> {
                    if (!selecting && chosen != null) {
                        viewModel.choose(chosen.id());
                    }
                });
        written.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        written.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        viewModel.write(written.getText());
                    }
                });
        link.disableProperty().bind(written.selectedTextProperty().map(String::isBlank));
        viewModel.openProperty().addListener((_, before, now) -> show(before, now));
        viewModel.draftProperty().addListener(_ -> showDraft());
        viewModel.linkingProperty().addListener(_ -> showLinking());
        viewModel.texts().addListener((Observable _) -> showEmpty());
        show(Optional.empty(), viewModel.openProperty().get());
        showLinking();
        showEmpty();
    }

    private MenuItem item(TextKind kind) {
        var item = new MenuItem(kind.title());
        item.setOnAction(_ -> viewModel.begin(kind));
        return item;
    }

    /// Enter keeps the text, with Shift it begins a line.
    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown() && !event.isAltDown()) {
            if (event.isShiftDown()) {
                written.replaceSelection("\n");
            } else {
                viewModel.write(written.getText());
            }
            event.consume();
        } else if (event.getCode() == KeyCode.L && event.isShortcutDown()) {
            link();
            event.consume();
        }
    }

    private void showEmpty() {
        boolean any = !viewModel.texts().isEmpty();
        textList.setPrefHeight(Math.min(5, viewModel.texts().size()) * TextCell.HEIGHT + 2);
        show(textList, any);
        show(noTexts, !any && viewModel.draftProperty().get().isEmpty());
    }

    private void showDraft() {
        viewModel
                .draftProperty()
                .get()
                .ifPresent(draft -> {
                    kind.setText(TextKind.describe(draft.prompt()));
                    written.clear();
                    textOrigin.setText(Texts.get("inspector.draft.hint"));
                    show(phrasesBox, false);
                    show(restoreText, false);
                    show(deleteText, false);
                    written.requestFocus();
                });
        showEditor();
        showEmpty();
    }

    private void showEditor() {
        show(
                editor,
                viewModel.openProperty().get().isPresent()
                        || viewModel.draftProperty().get().isPresent());
    }

    private void show(Optional<TextAnnotation> before, Optional<TextAnnotation> now) {
        selectInList(now);
        now.ifPresent(text -> {
            boolean same = before.filter(one -> one.id().equals(text.id())).isPresent();
            kind.setText(TextKind.describe(text.prompt()));
            // The words that a person has selected stay so while the links change.
            if (!same || !written.getText().equals(text.text())) {
                written.setText(text.text());
            }
            phrases.getChildren()
                    .setAll(
                            Phrase.of(text).stream()
                                    .map(phrase -> PhraseNodes.of(phrase, viewModel))
                                    .toList());
            show(phrasesBox, true);
            show(deleteText, true);
            var original = Descriptions.original(text);
            show(restoreText, !original.isEmpty());
            textOrigin.setText(
                    Descriptions.origin(text.provenance(), ZoneId.systemDefault())
                            + "\n"
                            + ObjectCell.reviewWords(text)
                            + (original.isEmpty() ? "" : "\n" + original));
        });
        showEditor();
    }

    private void selectInList(Optional<TextAnnotation> now) {
        selecting = true;
        try {
            int place = now.map(textList.getItems()::indexOf).orElse(-1);
            if (place < 0) {
                textList.getSelectionModel().clearSelection();
            } else {
                textList.getSelectionModel().clearAndSelect(place);
            }
        } finally {
            selecting = false;
        }
    }

    private void showLinking() {
        var now = viewModel.linkingProperty().get();
        show(linking, now.isPresent());
        now.ifPresent(
                waiting -> linkingText.setText(Texts.get("inspector.linking", waiting.words())));
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void link() {
        viewModel.link(written.getSelection().getStart(), written.getSelection().getEnd());
    }

    @FXML
    private void unlink() {
        viewModel.unlink(written.getSelection().getStart(), written.getSelection().getEnd());
    }

    @FXML
    private void giveUpLinking() {
        viewModel.giveUpLinking();
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
