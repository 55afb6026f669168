package org.palimpsest.ui.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.support.Texts;

/// What the program is and what it runs on.
final class AboutPage {
    private final Overlays overlays;
    private final VBox card = new VBox();
    private final Button close = new Button(Texts.get("shell.close"));

    AboutPage(Overlays overlays) {
        this.overlays = overlays;
        var name = new Label(Texts.get("shell.title"));
        name.getStyleClass().add("headline");
        var what = new Label(Texts.get("shell.welcome.what"));
        what.getStyleClass().add("headline-text");
        var runsOn =
                new Label(
                        Texts.get(
                                "shell.about.runsOn",
                                System.getProperty("java.version", ""),
                                System.getProperty("javafx.version", ""),
                                System.getProperty("os.name", ""),
                                System.getProperty("os.arch", "")));
        runsOn.getStyleClass().add("empty-text");
        close.setOnAction(_ -> overlays.close());
        card.getStyleClass().add("about-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        card.getChildren().addAll(name, what, runsOn, close);
    }

    void open() {
        overlays.open(card, close, Pos.CENTER, () -> {});
    }
}
