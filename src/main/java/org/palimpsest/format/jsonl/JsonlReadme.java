package org.palimpsest.format.jsonl;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.prompts.ExampleOptions;

/// The README of an export: what is in it and how it is loaded. Hangs on the export alone, so that the same export gives
/// the same bytes.
///
/// @param base where the images' paths start, from the export's folder; empty for the folder itself
record JsonlReadme(
        JsonlFlavor flavor,
        ExampleOptions options,
        String base,
        Map<Split, Long> examplesBySplit,
        Map<String, Long> examplesByTemplate,
        Optional<MaskQuality> masks) {

    String text() {
        var text = new StringBuilder("# PaliGemma training data for " + flavor.title() + "\n\n");
        text.append("One JSON object per line with `")
                .append(flavor.imageKey())
                .append("`, `")
                .append(flavor.prefixKey())
                .append("` (the prompt) and `")
                .append(flavor.suffixKey())
                .append("` (the answer).\n\n| file | examples |\n| --- | --- |\n");
        examplesBySplit.forEach((split, count) ->
                text.append("| `")
                        .append(flavor.file(split))
                        .append("` | ")
                        .append(count)
                        .append(" |\n"));
        text.append("\n## Loading\n\n").append(LoadingCode.of(flavor, base));
        text.append("\n## What is in the examples\n\n| template | examples |\n| --- | --- |\n");
        examplesByTemplate.forEach((template, count) ->
                text.append("| `").append(template).append("` | ").append(count).append(" |\n"));
        text.append("\nTemplates with weights: `")
                .append(options.mix())
                .append(
                        "`. A weight below 1 draws that share of the examples, one above 1 repeats them; seed ")
                .append(options.seed())
                .append(".\n\n");
        text.append(
                """
                Boxes are four location tokens, y1 x1 y2 x2, each round(1023 * coordinate / size) in the upright image.
                Divide by 1023 to read them back.
                """);
        text.append("As for images without objects: ").append(flavor.emptyAnswer()).append(".\n");
        masks.ifPresent(quality -> appendMasks(text, quality));
        return text.toString();
    }

    private static void appendMasks(StringBuilder text, MaskQuality quality) {
        text.append(
                String.format(
                        Locale.ROOT,
                        """

                        ## Masks

                        A mask is 16 codes, which keep less than the pixels. Drawn from their codes again, the %d masks
                        overlap with what they were by %.3f on average (IoU), by %.3f at worst; `%s` lists the worst.
                        """,
                        quality.count(),
                        quality.mean(),
                        quality.min(),
                        MaskQuality.FILE));
    }
}
