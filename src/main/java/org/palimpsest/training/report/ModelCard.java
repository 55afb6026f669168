package org.palimpsest.training.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.training.TrainingConfig;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.optimizer.LearningRateSchedule;

/// The `README.md` of an adapter: what it was made of and how, what it is worth, and how it is used. Hugging Face reads its
/// head (huggingface.co/docs/hub/model-cards).
///
/// @param name what the adapter is called: its folder's name
/// @param baseModel the name or folder of the model that it belongs to
/// @param ownModel whether what was learnt is a model of its own, in the folder `model`, and no adapter
/// @param trainedValues numbers that were trained
public record ModelCard(
        String name,
        String baseModel,
        boolean ownModel,
        TrainingConfig config,
        DataFacts data,
        TrainingEvent.Finished finished,
        long trainedValues,
        Optional<Comparison> comparison) {
    public static final String FILE = "README.md";

    /// Figures on the validation images without and with the adapter.
    public record Comparison(Map<String, Double> before, Map<String, Double> after) {
        public Comparison {
            before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
            after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
        }

        /// The table of both in Markdown; figures that only one side has are told as such.
        public String table() {
            var names = new LinkedHashMap<String, Double>(after);
            before.forEach(names::putIfAbsent);
            var text =
                    new StringBuilder(
                            "| validation images | before | after | change |\n| --- | ---: | ---: | ---: |\n");
            for (var name : names.keySet()) {
                double old = before.getOrDefault(name, Double.NaN);
                double now = after.getOrDefault(name, Double.NaN);
                text.append(
                        "| %s | %s | %s | %s |%n"
                                .formatted(
                                        name,
                                        number(old, "%.3f"),
                                        number(now, "%.3f"),
                                        number(now - old, "%+.3f"))
                                .replace(System.lineSeparator(), "\n"));
            }
            return text.toString();
        }

        private static String number(double value, String form) {
            return Double.isFinite(value) ? String.format(Locale.ROOT, form, value) : "–";
        }
    }

    /// The card as Markdown.
    public String text() {
        return head()
                + "\n# "
                + name
                + "\n\n"
                + summary()
                + figures()
                + use()
                + settings()
                + about();
    }

    private boolean hasTerms() {
        return config.parts().lora().isPresent() && !ownModel;
    }

    private String head() {
        return """
        ---
        base_model: %s
        %spipeline_tag: image-text-to-text
        license: other
        license_name: license-of-the-base-model
        tags:
        - paligemma
        %s- palimpsest
        ---
        """
                .formatted(
                        quoted(baseModel),
                        hasTerms() ? "library_name: peft\n" : "",
                        hasTerms() ? "- lora\n" : "");
    }

    /// A YAML text in double quotes.
    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
                + '"';
    }

    private String summary() {
        String end =
                switch (finished.reason()) {
                    case COMPLETED -> "All of its steps were taken.";
                    case EARLY_STOPPED ->
                            "It ended early because the validation did not become better any more.";
                    case CANCELLED -> "It was stopped before its end.";
                    case NOT_FINITE ->
                            "It ended because the loss was no number any more; what was best before is kept.";
                };
        return """
        What fine-tuning changed of `%s`: %,d numbers, trained on %d examples for %d steps; the best evaluation was at \
        step %d. %s

        The license of the base model holds for what is derived from it, and so for this adapter: for Google's PaliGemma \
        those are the Gemma Terms of Use.

        ![Loss and learning rate over the steps](%s)

        """
                .formatted(
                        baseModel,
                        trainedValues,
                        data.training(),
                        finished.step(),
                        finished.bestStep(),
                        end,
                        Curves.FILE);
    }

    private String figures() {
        return comparison.map(both -> "## What it is worth\n\n" + both.table() + "\n").orElse("");
    }

    private String use() {
        if (ownModel) {
            return """
            ## Use

            The folder `model` is a whole model, as Hugging Face keeps it:

            ```
            palimpsest predict photo.jpg --prompt "detect …" --model %s/model
            ```

            """
                    .formatted(shell(name));
        }
        String palimpsest =
                """
                ## Use

                ```
                palimpsest predict photo.jpg --prompt "detect …" --model %1$s --adapter %2$s
                palimpsest label project.palimpsest --prompt "detect …" --model %1$s --adapter %2$s
                palimpsest model merge --model %1$s --adapter %2$s --out merged
                ```

                """
                        .formatted(shell(baseModel), shell(name));
        if (!hasTerms()) {
            return palimpsest;
        }
        return palimpsest
                + """
                With PEFT:

                ```python
                from peft import PeftModel
                from transformers import AutoProcessor, PaliGemmaForConditionalGeneration

                base = PaliGemmaForConditionalGeneration.from_pretrained(%1$s)
                model = PeftModel.from_pretrained(base, %2$s).eval()
                processor = AutoProcessor.from_pretrained(%1$s)
                ```

                """
                        .formatted(quoted(baseModel), quoted(name));
    }

    private static String shell(String word) {
        return word.matches("[\\w./:-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private String settings() {
        var rows = new LinkedHashMap<String, String>();
        config.parts()
                .lora()
                .ifPresent(lora -> {
                    rows.put("rank", Integer.toString(lora.rank()));
                    rows.put(
                            "alpha",
                            plain(lora.alpha())
                                    + (lora.rankStabilised() ? ", over the root of the rank" : ""));
                    rows.put("dropout", plain(lora.dropout()));
                    rows.put("terms on", String.join(", ", config.parts().loraTargets()));
                });
        if (!config.parts().whole().isEmpty()) {
            rows.put("trained as a whole", String.join(", ", config.parts().whole()));
        }
        rows.put("steps", Integer.toString(config.steps()));
        rows.put("batch", config.batch() + " in runs of " + config.microBatch());
        rows.put(
                "learning rate",
                switch (config.schedule()) {
                    case LearningRateSchedule.Constant(double peak, int warmup) ->
                            plain(peak) + ", constant after " + warmup + " steps";
                    case LearningRateSchedule.WarmupCosine(double peak, int warmup, int _) ->
                            plain(peak) + ", cosine after " + warmup + " steps";
                });
        var adam = config.optimizer();
        rows.put(
                "AdamW",
                "β₁ %s, β₂ %s, ε %s, weight decay %s"
                        .formatted(
                                plain(adam.beta1()),
                                plain(adam.beta2()),
                                plain(adam.epsilon()),
                                plain(adam.weightDecay())));
        rows.put("label smoothing", plain(config.labelSmoothing()));
        rows.put("longest gradient", plain(config.maxGradientNorm()));
        rows.put("text tokens at most", Integer.toString(config.maxTokens()));
        var varied = config.augmentation();
        rows.put(
                "augmentation",
                varied.isNone()
                        ? "none"
                        : "flip %s, crop %s, colour %s"
                                .formatted(
                                        varied.flip() ? "yes" : "no",
                                        plain(varied.crop()),
                                        plain(varied.color())));
        rows.put("seed", Long.toString(config.seed()));
        var text = new StringBuilder("## How it was made\n\n| setting | value |\n| --- | --- |\n");
        rows.forEach((name, value) ->
                text.append("| ").append(name).append(" | ").append(cell(value)).append(" |\n"));
        return text.append('\n').toString();
    }

    private String about() {
        var text = new StringBuilder("## Data\n\n| what | |\n| --- | --- |\n");
        text.append("| source | ").append(cell(data.source())).append(" |\n");
        text.append("| division | ").append(cell(data.division())).append(" |\n");
        text.append("| training examples | ").append(data.training()).append(" |\n");
        data.kinds()
                .forEach((kind, count) ->
                        text.append("| of these `")
                                .append(kind)
                                .append("` | ")
                                .append(count)
                                .append(" |\n"));
        text.append("| validation examples | ").append(data.validation()).append(" |\n");
        text.append("| image files | ").append(data.images()).append(" |\n");
        text.append("| SHA-256 of the examples | `").append(data.exampleHash()).append("` |\n");
        text.append("| SHA-256 of the images | `").append(data.imageHash()).append("` |\n");
        if (!data.findings().isEmpty()) {
            text.append("\nWhat was noticed about it:\n\n");
            data.findings().forEach(one -> text.append("- ").append(cell(one)).append('\n'));
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String plain(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return Long.toString((long) value);
        }
        return Double.toString(value).replace("E", "e");
    }
}
