package org.palimpsest.ui.exchange;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.Workspace;

/// What a person chose for an export: the format with its settings, and which images go into it how.
///
/// Confined to the interface's thread.
final class ExportChoices {
    private final Workspace workspace;
    private final InferenceService inference;
    private final Asking asking;
    private final List<FormatChoice> formats = FormatChoice.written();
    private final ObjectProperty<FormatChoice> format =
            new SimpleObjectProperty<>(formats.getFirst());
    private final ObservableList<SettingLine> settings = FXCollections.observableArrayList();
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(Scope.ALL);
    private final ObjectProperty<Optional<Split>> split =
            new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<ImagesMode> images = new SimpleObjectProperty<>(ImagesMode.COPY);
    private final BooleanProperty acceptedOnly = new SimpleBooleanProperty();
    private final Runnable changed;

    /// @param changed is run whenever something else is to be written
    ExportChoices(
            Workspace workspace, InferenceService inference, Asking asking, Runnable changed) {
        this.workspace = workspace;
        this.inference = inference;
        this.asking = asking;
        this.changed = changed;
        format.addListener(_ -> {
            fillSettings();
            changed.run();
        });
        scope.addListener(_ -> changed.run());
        split.addListener(_ -> changed.run());
        images.addListener(_ -> changed.run());
        acceptedOnly.addListener(_ -> changed.run());
        fillSettings();
    }

    private void fillSettings() {
        settings.setAll(format.get().format().settings().stream().map(SettingLine::new).toList());
        settings.forEach(line -> line.value().addListener(_ -> changed.run()));
    }

    /// Which images can be meant now: without a selection there are no selected ones.
    List<Scope> scopes() {
        return Arrays.stream(Scope.values())
                .filter(one -> one != Scope.SELECTED || selected() > 0)
                .toList();
    }

    int selected() {
        return asking.selectedImagesProperty().get().size();
    }

    /// What was chosen as it is now.
    ExportOrder order() {
        var part = split.get();
        return new ExportOrder(
                format.get().format(),
                options(),
                scope.get().filter(workspace.images().query().filter(), part),
                scope.get() == Scope.SELECTED ? Optional.of(selectedInOrder()) : Optional.empty(),
                part,
                inference.chosenModel().map(choice -> choice.folder()));
    }

    private List<ImageId> selectedInOrder() {
        var list = workspace.images();
        return asking.selectedImagesProperty().get().stream()
                .sorted(
                        Comparator.<ImageId>comparingInt(list::indexOf)
                                .thenComparing(ImageId::toString))
                .toList();
    }

    private ExportOptions options() {
        Map<String, String> chosen = new HashMap<>();
        settings.forEach(line -> chosen.put(line.setting().name(), line.value().get().strip()));
        boolean known =
                inference.modelState() instanceof ModelState.Ready(var card) && card.masks();
        Optional<MaskEncoder> masks = known ? Optional.of(inference::encodeMask) : Optional.empty();
        return new ExportOptions(
                images.get(),
                acceptedOnly.get(),
                0,
                chosen,
                masks,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    List<FormatChoice> formats() {
        return formats;
    }

    ObjectProperty<FormatChoice> formatProperty() {
        return format;
    }

    ObservableList<SettingLine> settings() {
        return settings;
    }

    ObjectProperty<Scope> scopeProperty() {
        return scope;
    }

    ObjectProperty<Optional<Split>> splitProperty() {
        return split;
    }

    ObjectProperty<ImagesMode> imagesProperty() {
        return images;
    }

    BooleanProperty acceptedOnlyProperty() {
        return acceptedOnly;
    }
}
