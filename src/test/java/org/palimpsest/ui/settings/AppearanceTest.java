package org.palimpsest.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.shell.ShellView;
import org.palimpsest.ui.support.FxThread;

@Timeout(60)
final class AppearanceTest {
    private final SimpleObjectProperty<ColorScheme> system =
            new SimpleObjectProperty<>(ColorScheme.LIGHT);
    private Button button;
    private TextField field;
    private Label text;
    private ContextMenu menu;
    private Appearance appearance;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        FxThread.run(() -> {
            button = new Button("Ask", new FontIcon("mdmz-play_arrow"));
            field = new TextField("words");
            text = new Label("Words");
            menu = new ContextMenu(new MenuItem("Words"));
            appearance = new Appearance(system, ShellView.class.getResource("palimpsest.css"));
            appearance.show(Theme.LIGHT, 100);
            var root = new VBox(text, button, field);
            root.getStyleClass().add("shell");
            root.setFillWidth(false);
            stage = new Stage();
            stage.setScene(new Scene(root, 400, 300));
            stage.show();
        });
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            appearance.show(Theme.LIGHT, 100);
            menu.hide();
            stage.close();
        });
    }

    @Test
    void everythingTakesPartInTheSizePopupsToo() throws Exception {
        var usual = sizes(100);
        for (int percent : new int[] {80, 125, 150, 200}) {
            var sizes = sizes(percent);
            for (var name : usual.keySet()) {
                assertThat(sizes.get(name) / usual.get(name))
                        .as(name + " at " + percent + " %")
                        .isCloseTo(percent / 100.0, within(0.09));
            }
        }
    }

    private Map<String, Double> sizes(int percent) throws Exception {
        FxThread.run(() -> appearance.show(Theme.LIGHT, percent));
        FxThread.await(
                "the next frame",
                () -> Math.abs(button.getFont().getSize() - 0.14 * percent) < 0.3);
        return FxThread.call(() -> {
            menu = new ContextMenu(new MenuItem("Words"));
            menu.show(button, 20, 20);
            var root = stage.getScene().getRoot();
            root.applyCss();
            root.layout();
            var popup = menu.getScene().getRoot();
            popup.applyCss();
            popup.layout();
            var item = (Region) popup.lookup(".menu-item");
            var sizes = new LinkedHashMap<String, Double>();
            sizes.put("text", text.prefHeight(-1));
            sizes.put("button", button.prefHeight(-1));
            sizes.put("button's width", button.prefWidth(-1));
            sizes.put("field", field.prefHeight(-1));
            sizes.put("icon", (double) ((FontIcon) button.getGraphic()).getIconSize());
            sizes.put("menu", ((Region) popup.lookup(".context-menu")).prefHeight(-1));
            sizes.put("menu item", item.getHeight());
            menu.hide();
            return sizes;
        });
    }

    @Test
    void theSystemsColoursAreFollowedOnlyWhereWanted() throws Exception {
        FxThread.run(() -> appearance.show(Theme.SYSTEM, 100));
        assertThat(background()).isEqualTo(Color.WHITE);

        FxThread.run(() -> system.set(ColorScheme.DARK));
        assertThat(background()).isEqualTo(Color.web("#0d1117"));
        assertThat(FxThread.call(() -> appearance.darkProperty().get())).isTrue();

        FxThread.run(() -> appearance.show(Theme.LIGHT, 100));
        assertThat(background()).isEqualTo(Color.WHITE);
    }

    @Test
    void aWindowOpenedLaterWearsTheSame() throws Exception {
        FxThread.run(() -> appearance.show(Theme.DARK, 150));
        var later =
                FxThread.call(() -> {
                    var window = new Stage();
                    var label = new Label("Later");
                    label.getStyleClass().add("panel-count");
                    window.setScene(new Scene(new VBox(label)));
                    window.show();
                    label.applyCss();
                    double size = label.getFont().getSize();
                    window.close();
                    return size;
                });
        assertThat(later).isCloseTo(14 * 1.5 * 0.93, within(0.1));
    }

    private Color background() throws Exception {
        return FxThread.call(() -> {
            WritableImage picture = stage.getScene().snapshot(null);
            return picture.getPixelReader().getColor(390, 290);
        });
    }
}
