package org.palimpsest.ui.settings;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Locale;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The settings, page by page; every change holds at once. Confined to the JavaFX thread.
public final class SettingsView implements FxmlView<SettingsViewModel> {
    @FXML private ToggleButton appearanceTab;
    @FXML private ToggleButton workingTab;
    @FXML private ToggleButton keysTab;
    @FXML private Node appearance;
    @FXML private Node working;
    @FXML private Node keys;
    @FXML private ToggleButton light;
    @FXML private ToggleButton dark;
    @FXML private ToggleButton system;
    @FXML private ComboBox<String> language;
    @FXML private Button smaller;
    @FXML private Button larger;
    @FXML private Label scale;
    @FXML private CheckBox safeColors;
    @FXML private CheckBox reducedMotion;
    @FXML private CheckBox keepView;
    @FXML private TextField person;

    @InjectViewModel private SettingsViewModel viewModel;

    public void initialize() {
        var preferences = viewModel.preferences();
        page(appearanceTab, appearance);
        page(workingTab, working);
        page(keysTab, keys);
        var pages = new ToggleGroup();
        pages.getToggles().setAll(appearanceTab, workingTab, keysTab);
        stayPressed(pages);
        pages.selectToggle(appearanceTab);
        showTheme();
        showLanguage();
        preferences.scaleProperty().addListener(_ -> showScale());
        showScale();
        showAccessibility();
        keepView.setSelected(preferences.keepViewProperty().get());
        keepView.selectedProperty().addListener((_, _, on) -> preferences.setKeepView(on));
        person.setText(preferences.personProperty().get());
        person.setPromptText(System.getProperty("user.name", ""));
        person.setOnAction(_ -> preferences.setPerson(person.getText()));
        person.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused
                            && !person.getText()
                                    .strip()
                                    .equals(preferences.personProperty().get())) {
                        preferences.setPerson(person.getText());
                    }
                });
    }

    private static void page(ToggleButton tab, Node page) {
        page.visibleProperty().bind(tab.selectedProperty());
        page.managedProperty().bind(tab.selectedProperty());
    }

    /// One of a group is always chosen.
    private static void stayPressed(ToggleGroup group) {
        group.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null) {
                        group.selectToggle(before);
                    }
                });
    }

    private void showTheme() {
        var preferences = viewModel.preferences();
        var themes = new ToggleGroup();
        themes.getToggles().setAll(light, dark, system);
        light.setUserData(Theme.LIGHT);
        dark.setUserData(Theme.DARK);
        system.setUserData(Theme.SYSTEM);
        Runnable show =
                () ->
                        themes.getToggles().stream()
                                .filter(one ->
                                        one.getUserData() == preferences.themeProperty().get())
                                .findFirst()
                                .ifPresent(themes::selectToggle);
        show.run();
        stayPressed(themes);
        preferences.themeProperty().addListener(_ -> show.run());
        themes.selectedToggleProperty()
                .addListener((_, _, now) -> {
                    if (now != null && now.getUserData() != preferences.themeProperty().get()) {
                        preferences.setTheme((Theme) now.getUserData());
                    }
                });
    }

    private void showLanguage() {
        var preferences = viewModel.preferences();
        language.getItems().setAll(Languages.choices());
        language.setConverter(
                new TitleConverter<>(tag -> Languages.title(tag, Locale.getDefault())));
        language.getSelectionModel().select(preferences.languageProperty().get());
        language.valueProperty()
                .addListener((_, _, tag) -> {
                    if (tag != null && !tag.equals(preferences.languageProperty().get())) {
                        preferences.setLanguage(tag);
                    }
                });
    }

    private void showAccessibility() {
        var preferences = viewModel.preferences();
        var now = preferences.accessibilityProperty();
        safeColors.setSelected(now.get().safeColors());
        reducedMotion.setSelected(now.get().reducedMotion());
        safeColors
                .selectedProperty()
                .addListener(
                        (_, _, on) -> preferences.setAccessibility(now.get().withSafeColors(on)));
        reducedMotion
                .selectedProperty()
                .addListener((_, _, on) ->
                        preferences.setAccessibility(now.get().withReducedMotion(on)));
    }

    private void showScale() {
        int percent = viewModel.preferences().scaleProperty().get();
        scale.setText(Texts.get("settings.scale.percent", percent));
        smaller.setDisable(percent <= Settings.LEAST_SCALE);
        larger.setDisable(percent >= Settings.MOST_SCALE);
    }

    @FXML
    private void makeSmaller() {
        viewModel.preferences().stepScale(-1);
    }

    @FXML
    private void makeLarger() {
        viewModel.preferences().stepScale(1);
    }

    @FXML
    private void usualSize() {
        viewModel.preferences().setScale(Settings.DEFAULT.scale());
    }

    /// Shows the page of keys.
    public void showKeys() {
        keysTab.setSelected(true);
    }

    /// What gets the focus when the pages are opened.
    public Node first() {
        return appearanceTab;
    }
}
