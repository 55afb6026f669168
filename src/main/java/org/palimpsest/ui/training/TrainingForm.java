package org.palimpsest.ui.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.FittingSettings;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.format.prompts.ExampleSettings;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.TrainingConfig;
import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.TrainedParts;

/// How it is to be trained, as the person sets it: a few settings for everybody, the others for experts.
///
/// Confined to the interface's thread.
final class TrainingForm {
    /// Where terms of low rank stand.
    enum Part {
        TEXT,
        VISION,
        ALL
    }

    private static final double SMALL = 1e-9;
    private static final double MANY = 1_000_000;

    private final NumberField epochs = new NumberField("epochs", "10", SMALL, 100_000, false);
    private final NumberField rank = new NumberField("rank", "8", 1, 1024, true);
    private final NumberField rate = new NumberField("rate", "", SMALL, 10, false);
    private final NumberField share = new NumberField("share", "0.1", 0, 0.9, false);
    private final NumberField steps = new NumberField("steps", "", 1, 10_000_000, true);
    private final NumberField batch = new NumberField("batch", "8", 1, 65_536, true);
    private final NumberField microBatch = new NumberField("microBatch", "", 1, 65_536, true);
    private final NumberField alpha = new NumberField("alpha", "", SMALL, MANY, false);
    private final NumberField dropout = new NumberField("dropout", "0", 0, 0.9, false);
    private final NumberField warmup = new NumberField("warmup", "0.05", 0, 1, false);
    private final NumberField tokens = new NumberField("tokens", "256", 8, 4096, true);
    private final NumberField evaluateEvery = new NumberField("evaluateEvery", "", 1, MANY, true);
    private final NumberField patience = new NumberField("patience", "0", 0, 10_000, true);
    private final NumberField seed = new NumberField("seed", "0", 0, 1e15, true);
    private final BooleanProperty boxes = new SimpleBooleanProperty(true);
    private final BooleanProperty masks = new SimpleBooleanProperty(true);
    private final BooleanProperty words = new SimpleBooleanProperty(true);
    private final BooleanProperty flip = new SimpleBooleanProperty();
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.TEXT);
    private final BooleanBinding right;

    TrainingForm() {
        var watched = new ArrayList<Observable>(List.of(boxes, masks, words));
        all().forEach(field -> watched.add(field.textProperty()));
        right =
                Bindings.createBooleanBinding(
                        () -> hasTask() && all().noneMatch(field -> field.wrongProperty().get()),
                        watched.toArray(Observable[]::new));
    }

    /// The settings that everybody may want to change.
    List<NumberField> usual() {
        return List.of(epochs, rank, rate, share);
    }

    /// The other ones.
    List<NumberField> expert() {
        return List.of(
                steps,
                batch,
                microBatch,
                alpha,
                dropout,
                warmup,
                tokens,
                evaluateEvery,
                patience,
                seed);
    }

    private Stream<NumberField> all() {
        return Stream.concat(usual().stream(), expert().stream());
    }

    NumberField field(String key) {
        return all().filter(field -> field.key().equals(key)).findFirst().orElseThrow();
    }

    BooleanProperty boxesProperty() {
        return boxes;
    }

    BooleanProperty masksProperty() {
        return masks;
    }

    BooleanProperty wordsProperty() {
        return words;
    }

    BooleanProperty flipProperty() {
        return flip;
    }

    ObjectProperty<Part> partProperty() {
        return part;
    }

    /// Whether everything that is set can be used.
    BooleanBinding rightProperty() {
        return right;
    }

    boolean hasTask() {
        return boxes.get() || masks.get() || words.get();
    }

    private String templates() {
        var names = new ArrayList<String>();
        if (boxes.get()) {
            names.add("detect-all");
        }
        if (masks.get()) {
            names.add("segment-all");
            names.add("refer");
        }
        if (words.get()) {
            names.add("texts");
        }
        return String.join(",", names);
    }

    /// Everything by name, so that a run can be repeated and gone on with.
    Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        all().forEach(field -> values.put(field.key(), field.plain()));
        values.put("templates", templates());
        values.put("flip", Boolean.toString(flip.get()));
        values.put("part", part.get().name());
        return values;
    }

    /// Takes over what [#values] of another form gave. What is missing or makes no sense stays as it is.
    void fill(Map<String, String> values) {
        all().forEach(field -> {
            var value = values.get(field.key());
            if (value != null) {
                field.fill(value);
            }
        });
        var templates = values.getOrDefault("templates", templates());
        boxes.set(templates.contains("detect-all"));
        masks.set(templates.contains("segment-all"));
        words.set(templates.contains("texts"));
        flip.set(Boolean.parseBoolean(values.getOrDefault("flip", "false")));
        for (var known : Part.values()) {
            if (known.name().equals(values.get("part"))) {
                part.set(known);
            }
        }
    }

    /// @throws IllegalStateException while a number is none
    FittingSettings settings() {
        double ranks = rank.required();
        var lora =
                new LoraConfig(
                        (int) ranks, alpha.value().orElse(2 * ranks), dropout.required(), false);
        var targets =
                switch (part.get()) {
                    case TEXT -> List.of("text");
                    case VISION -> List.of("vision");
                    case ALL -> List.of("all");
                };
        return new FittingSettings(
                new TrainedParts(Optional.of(lora), targets, List.of()),
                whole(steps),
                epochs.required(),
                (int) batch.required(),
                whole(microBatch),
                rate.value(),
                true,
                warmup.required(),
                0,
                0,
                1,
                (int) tokens.required(),
                whole(evaluateEvery),
                (int) patience.required(),
                TrainingConfig.Recompute.AUTOMATIC,
                new AugmentationOptions(flip.get(), 0, 0),
                (long) seed.required());
    }

    private static OptionalInt whole(NumberField field) {
        OptionalDouble value = field.value();
        return value.isPresent() ? OptionalInt.of((int) value.getAsDouble()) : OptionalInt.empty();
    }

    /// Which examples are made of the project.
    ExampleOptions examples() throws ProblemException {
        return ExampleSettings.options(Map.of("templates", templates()), (long) seed.required());
    }

    FittingData.HoldOut holdOut() {
        return new FittingData.HoldOut(share.required(), (long) seed.required());
    }
}
