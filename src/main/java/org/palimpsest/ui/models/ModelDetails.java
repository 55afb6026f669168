package org.palimpsest.ui.models;

import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextArea;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.diagnosis.Memories.Room;
import org.palimpsest.diagnosis.ModelTrial;
import org.palimpsest.modelstore.AdapterFolder;
import org.palimpsest.modelstore.FolderText;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.modelstore.WeightCheck;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.ui.control.Cards;
import org.palimpsest.ui.control.Cards.Fact;
import org.palimpsest.ui.control.Cards.Tone;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.models.ModelLine.Kind;
import org.palimpsest.ui.models.ModelLine.Look;
import org.palimpsest.ui.models.ModelLine.Usage;
import org.palimpsest.ui.support.Amounts;
import org.palimpsest.ui.support.Texts;

/// Everything about one model or adapter. Confined to the JavaFX thread.
final class ModelDetails {
    private static final int TEXT_ROWS = 12;

    private final ModelsViewModel viewModel;
    private String shownText = "";

    ModelDetails(ModelsViewModel viewModel) {
        this.viewModel = viewModel;
    }

    List<Node> of(ModelLine line) {
        var nodes = new ArrayList<Node>();
        nodes.add(head(line));
        line.problem().ifPresent(problem -> nodes.add(Cards.problem(problem)));
        nodes.add(actions(line));
        viewModel.misfitProperty().get().ifPresent(problem -> nodes.add(Cards.problem(problem)));
        trial(viewModel.trialProperty().get()).ifPresent(nodes::add);
        switch (line.look()) {
            case Look.Model(ModelFolder model, List<Room> rooms) -> {
                nodes.add(memory(rooms, line.usage()));
                nodes.add(Cards.card(Texts.get("models.facts"), Cards.facts(facts(model))));
                texts(model.texts()).ifPresent(nodes::add);
            }
            case Look.Adapter(AdapterFolder adapter, var against, var misfit) -> {
                misfit.ifPresent(problem -> nodes.add(Cards.problem(problem)));
                if (against.isPresent() && misfit.isEmpty()) {
                    nodes.add(
                            Cards.notice(
                                    Tone.GOOD,
                                    Cards.text(Texts.get("models.adapter.fits", against.get()))));
                }
                nodes.add(Cards.card(Texts.get("models.facts"), Cards.facts(facts(adapter))));
                texts(adapter.texts()).ifPresent(nodes::add);
            }
            case Look.Reading _, Look.Broken _ -> {}
        }
        return nodes;
    }

    private static Node head(ModelLine line) {
        var name = Cards.text(line.name(), "page-heading");
        var kind = Cards.text(Texts.get("models.kind." + line.kind().name()), "detail-text");
        var row = new FlowPane(8, 4, kind);
        row.setRowValignment(javafx.geometry.VPos.CENTER);
        ModelWords.badge(line)
                .ifPresent(badge -> row.getChildren().add(Cards.badge(badge.tone(), badge.text())));
        var head = new VBox(4, name, row);
        if (line.kind() == Kind.BUNDLED) {
            head.getChildren().add(Cards.text(Texts.get("models.toy")));
        }
        return head;
    }

    private Node actions(ModelLine line) {
        boolean busy = viewModel.trialProperty().get() instanceof Trial.Running;
        var use =
                button(
                        "use",
                        viewModel.isInUse() ? "models.use.inUse" : "models.use",
                        "mdal-check",
                        viewModel::use);
        use.getStyleClass().add("accent");
        use.setDisable(viewModel.isInUse() || !viewModel.isUsable());
        var test = button("test", "models.test", "mdmz-speed", viewModel::test);
        test.setDisable(!viewModel.isUsable() || busy);
        var row = new FlowPane(8, 8, use, test);
        if (line.look() instanceof Look.Model(ModelFolder model, _)
                && model.layout() != CheckpointLayout.ONNX) {
            var check = button("check", "models.check", "mdal-fact_check", viewModel::check);
            check.setDisable(busy);
            row.getChildren().add(check);
        }
        row.getChildren()
                .add(
                        button(
                                "openFolder",
                                "models.openFolder",
                                "mdal-folder_open",
                                viewModel::openFolder));
        if (line.kind() != Kind.BUNDLED) {
            var takeOut =
                    button("takeOut", "models.takeOut", "mdal-delete_outline", viewModel::takeOut);
            takeOut.setDisable(line.isInUse());
            row.getChildren().add(takeOut);
        }
        row.getStyleClass().add("model-actions");
        return !takesAdapters(line) || viewModel.adapters().isEmpty()
                ? row
                : new VBox(8, withAdapter(), row);
    }

    private static boolean takesAdapters(ModelLine line) {
        return line.look() instanceof Look.Model(ModelFolder model, _)
                && model.layout() != CheckpointLayout.ONNX;
    }

    private Node withAdapter() {
        var box = new ComboBox<Optional<Path>>();
        box.setId("adapter");
        box.getItems().add(Optional.empty());
        viewModel.adapters().forEach(folder -> box.getItems().add(Optional.of(folder)));
        box.setConverter(
                new TitleConverter<>(folder ->
                        folder.map(one -> String.valueOf(one.getFileName()))
                                .orElse(Texts.get("models.noAdapter"))));
        box.setValue(viewModel.adapterProperty().get());
        box.valueProperty().addListener((_, _, now) -> viewModel.chooseAdapter(now));
        box.setAccessibleText(Texts.get("models.withAdapter"));
        var label = new Label(Texts.get("models.withAdapter"));
        label.setLabelFor(box);
        label.getStyleClass().add("field-name");
        var row = new HBox(8, label, box);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Button button(String id, String key, String icon, Runnable run) {
        var button = new Button(Texts.get(key), new FontIcon(icon));
        button.setId(id);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(_ -> run.run());
        return button;
    }

    private Optional<Node> trial(Trial trial) {
        return switch (trial) {
            case Trial.None _ -> Optional.empty();
            case Trial.Running(boolean checking) -> {
                var spinner = new ProgressIndicator();
                spinner.getStyleClass().add("small-spinner");
                var words = Cards.text(Texts.get(checking ? "models.checking" : "models.testing"));
                var stop = button("stop", "models.stop", "mdmz-stop", viewModel::stop);
                var row = new HBox(10, spinner, words, stop);
                row.setAlignment(Pos.CENTER_LEFT);
                yield Optional.of(row);
            }
            case Trial.Answered(ModelTrial result) -> Optional.of(answered(result));
            case Trial.Checked(WeightCheck result) ->
                    Optional.of(
                            result.damaged() == 0
                                    ? Cards.notice(
                                            Tone.GOOD,
                                            Cards.text(
                                                    Texts.get(
                                                            "models.checked",
                                                            Amounts.count(result.values()))))
                                    : Cards.notice(
                                            Tone.BAD,
                                            Cards.text(
                                                    Texts.get(
                                                            "models.checked.damaged",
                                                            result.damaged()))));
            case Trial.Failed(var problem) -> Optional.of(Cards.problem(problem));
        };
    }

    private static Node answered(ModelTrial result) {
        return Cards.notice(
                Tone.GOOD,
                Cards.text(
                        Texts.get(
                                "models.tested",
                                result.device().equals("cpu")
                                        ? Texts.get("doctor.processor")
                                        : result.device()),
                        "notice-title"),
                Cards.facts(
                        List.of(
                                new Fact(
                                        Texts.get("models.tested.load"),
                                        Amounts.time(result.loadMilliseconds())),
                                new Fact(
                                        Texts.get("models.tested.first"),
                                        Amounts.time(result.firstTokenMilliseconds())),
                                new Fact(
                                        Texts.get("models.tested.speed"),
                                        Texts.get(
                                                "models.tested.perSecond",
                                                result.tokensPerSecond())),
                                new Fact(
                                        Texts.get("models.tested.asked"),
                                        Texts.get("models.tested.disk", result.prompt())),
                                new Fact(
                                        Texts.get("models.tested.answer"),
                                        result.answer().isBlank()
                                                ? Texts.get("models.tested.silent")
                                                : result.answer().strip()))));
    }

    private static Node memory(List<Room> rooms, Usage usage) {
        var card = Cards.card(Texts.get("models.memory"));
        for (int i = 0; i < rooms.size(); i++) {
            var room = rooms.get(i);
            boolean here =
                    usage instanceof Usage.Used(boolean onProcessor) && onProcessor == (i == 0);
            var badge = ModelWords.room(room.fit().verdict(), here);
            card.getChildren()
                    .add(
                            Cards.notice(
                                    badge.tone(),
                                    Cards.text(
                                            Texts.get(
                                                    "models.memory.where",
                                                    room.gpu()
                                                            .orElse(
                                                                    Texts.get(
                                                                            "models.memory.main")),
                                                    badge.text()),
                                            "notice-title"),
                                    Cards.text(ModelWords.room(room, here)),
                                    Cards.text(
                                            ModelWords.parts(room.fit().need()), "detail-text")));
        }
        card.getChildren().add(Cards.text(Texts.get("models.memory.estimate"), "detail-text"));
        return card;
    }

    private static List<Fact> facts(ModelFolder model) {
        var vision = model.config().vision();
        var text = model.config().text();
        var numbers = NumberFormat.getIntegerInstance(Texts.locale());
        return List.of(
                fact("generation", ModelWords.generation(model)),
                fact("layout", ModelWords.layout(model)),
                fact("parameters", numbers.format(model.parameters())),
                fact(
                        "image",
                        Texts.get(
                                "models.fact.image.value",
                                vision.imageSize(),
                                model.config().numImageTokens())),
                fact("precision", model.precision()),
                fact(
                        "disk",
                        Texts.get(
                                "models.fact.disk.value",
                                Amounts.bytes(model.diskBytes()),
                                model.weightFiles().size(),
                                Amounts.bytes(model.weightBytes()))),
                fact(
                        "vision",
                        Texts.get(
                                "models.fact.vision.value",
                                vision.numLayers(),
                                vision.hiddenDim(),
                                vision.numHeads())),
                fact(
                        "text",
                        Texts.get(
                                "models.fact.text.value",
                                text.numLayers(),
                                text.hiddenDim(),
                                text.numQueryHeads(),
                                text.numKeyValueHeads())),
                fact(
                        "tokenizer",
                        Texts.get(
                                "models.fact.tokenizer.value",
                                model.tokenizer(),
                                text.vocabularySize())),
                fact(
                        "masks",
                        Texts.get(
                                model.masks() ? "models.fact.masks.yes" : "models.fact.masks.no")),
                fact("checkpoint", model.checkpoint()),
                fact("folder", model.folder().toString()));
    }

    private static List<Fact> facts(AdapterFolder adapter) {
        var numbers = NumberFormat.getIntegerInstance(Texts.locale());
        return List.of(
                fact(
                        "base",
                        adapter.baseModel().isEmpty()
                                ? Texts.get("models.fact.base.unknown")
                                : adapter.baseModel()),
                fact("rank", Texts.get("models.fact.rank.value", adapter.rank(), adapter.alpha())),
                fact("targets", String.join(", ", adapter.targets())),
                fact("modules", numbers.format(adapter.modules())),
                fact("parameters", numbers.format(adapter.parameters())),
                fact("disk", Amounts.bytes(adapter.diskBytes())),
                fact("folder", adapter.folder().toString()));
    }

    private static Fact fact(String name, String value) {
        return new Fact(Texts.get("models.fact." + name), value);
    }

    private Optional<Node> texts(List<FolderText> texts) {
        if (texts.isEmpty()) {
            return Optional.of(
                    Cards.card(
                            Texts.get("models.texts"),
                            Cards.text(Texts.get("models.texts.none"), "detail-text")));
        }
        var area = new TextArea();
        area.setEditable(false);
        area.setWrapText(true);
        area.setPrefRowCount(TEXT_ROWS);
        area.setId("text");
        area.getStyleClass().add("model-text");
        var file = new ComboBox<FolderText>();
        file.setId("textFile");
        file.getItems().setAll(texts);
        file.setConverter(new TitleConverter<>(FolderText::name));
        file.setAccessibleText(Texts.get("models.texts"));
        file.valueProperty()
                .addListener((_, _, now) -> {
                    shownText = now.name();
                    area.setText(
                            now.whole()
                                    ? now.text()
                                    : now.text() + "\n\n" + Texts.get("models.texts.cut"));
                    area.setAccessibleText(now.name());
                });
        file.setValue(
                texts.stream()
                        .filter(text -> text.name().equals(shownText))
                        .findFirst()
                        .orElse(texts.getFirst()));
        return Optional.of(Cards.card(Texts.get("models.texts"), file, area));
    }
}
