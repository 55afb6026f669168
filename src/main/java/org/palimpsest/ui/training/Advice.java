package org.palimpsest.ui.training;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.ui.support.Texts;

/// Something a person should know before training, and what to do about it.
///
/// @param blocking whether training cannot begin
record Advice(String words, boolean blocking) {
    private static final double GIGA = 1e9;

    private static final int FEW = 20;

    /// What is missing, the worst first.
    ///
    /// @param outlook empty while that is being found out
    /// @param withAdapter whether an adapter answers now
    static List<Advice> of(
            boolean project, boolean model, Optional<Outlook> outlook, boolean withAdapter) {
        if (!project) {
            return List.of(blocking("training.missing.project"));
        }
        if (!model) {
            return List.of(blocking("training.missing.model"));
        }
        if (outlook.isEmpty()) {
            return List.of();
        }
        var found = outlook.get();
        var all = new ArrayList<Advice>();
        switch (found.obstacle()) {
            case NONE -> {}
            case ONNX -> all.add(new Advice(onnx(found), true));
            case NOTHING_KNOWN -> all.add(blocking("training.missing.corrections"));
            case DATA ->
                    all.add(
                            new Advice(
                                    found.problem().map(problem -> problem.oneLine()).orElse(""),
                                    true));
            case MEMORY ->
                    all.add(
                            new Advice(
                                    Texts.get(
                                            "training.missing.memory",
                                            found.problem()
                                                    .map(problem -> problem.detail())
                                                    .orElse("")),
                                    true));
        }
        if (found.data().isPresent()) {
            if (found.data().get().validation().isEmpty()) {
                all.add(new Advice(Texts.get("training.missing.heldOut"), false));
            }
            if (found.outline().usable() < FEW) {
                all.add(
                        new Advice(
                                Texts.get("training.missing.few", found.outline().usable()),
                                false));
            }
        }
        if (withAdapter) {
            all.add(new Advice(Texts.get("training.withAdapter"), false));
        }
        return all;
    }

    /// Another reason than its being ONNX is told as it is.
    private static String onnx(Outlook found) {
        return found.problem().map(problem -> problem.summary().contains("ONNX")).orElse(true)
                ? Texts.get("training.missing.onnx")
                : found.problem().map(problem -> problem.oneLine()).orElse("");
    }

    private static Advice blocking(String key) {
        return new Advice(Texts.get(key), true);
    }

    static String gigabytes(long bytes) {
        var format = NumberFormat.getInstance(Texts.locale());
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(bytes / GIGA);
    }
}
