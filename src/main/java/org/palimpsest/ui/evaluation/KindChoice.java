package org.palimpsest.ui.evaluation;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ComboBox;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// Chooses boxes or masks, where both were compared.
final class KindChoice extends ComboBox<OverlapKind> {
    KindChoice(EvaluationDetails details) {
        setAccessibleText(Texts.get("evaluation.kind"));
        setMinWidth(USE_PREF_SIZE);
        setConverter(new TitleConverter<>(kind -> Texts.get("evaluation.kind." + kind.name())));
        Runnable fill =
                () -> {
                    getItems().setAll(details.kinds());
                    details.kindProperty().get().ifPresent(this::setValue);
                    setVisible(details.kinds().size() > 1);
                    setManaged(isVisible());
                };
        details.kinds().addListener((ListChangeListener<OverlapKind>) _ -> fill.run());
        details.kindProperty().addListener((_, _, now) -> now.ifPresent(this::setValue));
        valueProperty()
                .addListener((_, _, now) -> {
                    if (now != null) {
                        details.kindProperty().set(Optional.of(now));
                    }
                });
        fill.run();
    }
}
