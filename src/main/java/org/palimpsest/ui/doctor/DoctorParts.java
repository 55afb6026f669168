package org.palimpsest.ui.doctor;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.diagnosis.Diagnosis;
import org.palimpsest.diagnosis.Finding;
import org.palimpsest.diagnosis.Machine;
import org.palimpsest.diagnosis.ModelTrial;
import org.palimpsest.runtime.Gpu;
import org.palimpsest.ui.control.Cards;
import org.palimpsest.ui.control.Cards.Fact;
import org.palimpsest.ui.control.Cards.Tone;
import org.palimpsest.ui.support.Amounts;
import org.palimpsest.ui.support.Texts;

/// What was found, as the page shows it. Confined to the JavaFX thread.
final class DoctorParts {
    private final DoctorViewModel viewModel;

    DoctorParts(DoctorViewModel viewModel) {
        this.viewModel = viewModel;
    }

    List<Node> of(Diagnosis diagnosis) {
        var nodes = new ArrayList<Node>();
        nodes.add(verdict(diagnosis));
        diagnosis.findings().forEach(finding -> nodes.add(finding(finding)));
        nodes.add(card("doctor.ran", ran(diagnosis)));
        nodes.add(card("doctor.computer", computer(diagnosis)));
        return nodes;
    }

    private static Node verdict(Diagnosis diagnosis) {
        boolean warned =
                diagnosis.findings().stream()
                        .anyMatch(one -> one.severity() == Finding.Severity.WARNING);
        if (!diagnosis.isHealthy()) {
            return Cards.notice(
                    Tone.BAD, Cards.text(Texts.get("doctor.verdict.broken"), "card-heading"));
        }
        return warned
                ? Cards.notice(
                        Tone.CAREFUL, Cards.text(Texts.get("doctor.verdict.works"), "card-heading"))
                : Cards.notice(
                        Tone.GOOD, Cards.text(Texts.get("doctor.verdict.well"), "card-heading"));
    }

    private Node finding(Finding finding) {
        var words = FindingTexts.of(finding);
        var lines = new ArrayList<Node>();
        lines.add(Cards.text(words.summary(), "notice-title"));
        if (!words.detail().isEmpty()) {
            lines.add(Cards.text(words.detail()));
        }
        if (!words.remedy().isEmpty()) {
            lines.add(Cards.text(words.remedy()));
        }
        finding.command().ifPresent(command -> lines.add(command(command)));
        if (finding instanceof Finding.CudaLibrariesMissing && viewModel.canInstallCuda()) {
            var install = new Button(Texts.get("doctor.install"), new FontIcon("mdal-get_app"));
            install.setId("install");
            install.setOnAction(_ -> viewModel.installCuda());
            lines.add(install);
        }
        var box =
                switch (finding.severity()) {
                    case NOTE -> Cards.notice(Tone.PLAIN, lines.toArray(Node[]::new));
                    case WARNING -> Cards.notice(Tone.CAREFUL, lines.toArray(Node[]::new));
                    case ERROR -> Cards.notice(Tone.BAD, lines.toArray(Node[]::new));
                };
        box.setAccessibleText(
                Texts.get("doctor.severity." + finding.severity().name()) + ": " + words.summary());
        return box;
    }

    private static Node command(String command) {
        var field = Cards.copyable(command, Texts.get("doctor.command"));
        var copy = new Button(Texts.get("doctor.copy.command"), new FontIcon("mdal-content_copy"));
        copy.setMinWidth(Button.USE_PREF_SIZE);
        copy.setAccessibleText(Texts.get("doctor.copy.command") + ": " + command);
        copy.setOnAction(_ -> DoctorView.copy(command));
        var row = new HBox(8, field, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private List<Fact> ran(Diagnosis diagnosis) {
        var facts = new ArrayList<Fact>();
        diagnosis
                .trial()
                .ifPresentOrElse(
                        trial -> facts.addAll(trial(trial)),
                        () ->
                                facts.add(
                                        new Fact(
                                                Texts.get("doctor.fact.tried"),
                                                Texts.get(
                                                        "doctor.notTried",
                                                        diagnosis.modelFolder()))));
        viewModel
                .cardInUse()
                .ifPresent(card ->
                        facts.add(
                                new Fact(
                                        Texts.get("doctor.fact.inUse"),
                                        Texts.get("doctor.on", card.name(), card.device()))));
        return facts;
    }

    private List<Fact> trial(ModelTrial trial) {
        return List.of(
                new Fact(
                        Texts.get("doctor.fact.tried"),
                        Texts.get(
                                "doctor.on",
                                viewModel.name(trial.folder()),
                                device(trial.device()))),
                new Fact(Texts.get("models.tested.load"), Amounts.time(trial.loadMilliseconds())),
                new Fact(
                        Texts.get("models.tested.first"),
                        Amounts.time(trial.firstTokenMilliseconds())),
                new Fact(
                        Texts.get("models.tested.speed"),
                        Texts.get("models.tested.perSecond", trial.tokensPerSecond())),
                new Fact(
                        Texts.get("models.tested.asked"),
                        Texts.get("models.tested.disk", trial.prompt())),
                new Fact(
                        Texts.get("models.tested.answer"),
                        trial.answer().isBlank()
                                ? Texts.get("models.tested.silent")
                                : trial.answer().strip()));
    }

    private static String device(String label) {
        return label.equals("cpu") ? Texts.get("doctor.processor") : label;
    }

    private static List<Fact> computer(Diagnosis diagnosis) {
        Machine machine = diagnosis.machine();
        var around = diagnosis.surroundings();
        var facts = new ArrayList<Fact>();
        facts.add(fact("system", machine.operatingSystem() + ", " + machine.architecture()));
        facts.add(fact("processors", Integer.toString(machine.processors())));
        facts.add(
                fact(
                        "memory",
                        Texts.get(
                                "models.memory.all",
                                Amounts.bytes(machine.memoryBytes()),
                                Amounts.bytes(machine.freeMemoryBytes()))));
        if (around.cacheFreeBytes() < Long.MAX_VALUE) {
            facts.add(
                    fact(
                            "disk",
                            Texts.get(
                                    "doctor.disk.detail",
                                    Amounts.bytes(around.cacheFreeBytes()),
                                    around.cache())));
        }
        facts.add(
                fact("gpu", around.knownGpu().map(Gpu::name).orElse(Texts.get("doctor.gpu.none"))));
        around.knownGpu()
                .filter(gpu -> !gpu.driver().isEmpty())
                .ifPresent(gpu -> facts.add(fact("driver", gpu.driver())));
        around.knownGpu()
                .filter(gpu -> gpu.memoryBytes() > 0)
                .ifPresent(gpu ->
                        facts.add(
                                fact(
                                        "gpuMemory",
                                        Texts.get(
                                                "models.memory.all",
                                                Amounts.bytes(gpu.memoryBytes()),
                                                Amounts.bytes(gpu.freeBytes())))));
        facts.add(fact("onnx", diagnosis.onnxRuntime().orElse(Texts.get("doctor.onnx.fails"))));
        facts.add(fact("java", machine.java()));
        return facts;
    }

    private static Fact fact(String name, String value) {
        return new Fact(Texts.get("doctor.fact." + name), value);
    }

    private static Node card(String key, List<Fact> facts) {
        return Cards.card(Texts.get(key), Cards.facts(facts));
    }
}
