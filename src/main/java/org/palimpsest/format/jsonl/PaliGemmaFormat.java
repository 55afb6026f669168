package org.palimpsest.format.jsonl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.FormatSetting;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.format.prompts.ExamplePreview;
import org.palimpsest.format.prompts.ExampleSettings;
import org.palimpsest.problem.ProblemException;

/// PaliGemma training data for one of the trainers: JSON lines with prompt and answer, images, and a README with the
/// code that loads them.
///
/// All flavours are read by one reader, which takes files of any of them.
public final class PaliGemmaFormat implements DatasetFormat {
    /// One format for each flavour.
    public static final List<PaliGemmaFormat> ALL =
            Arrays.stream(JsonlFlavor.values()).map(PaliGemmaFormat::new).toList();

    /// What the examples ask where Roboflow's notebooks read them: they take detection lines only.
    private static final String ROBOFLOW_TEMPLATES = "detect-all";

    /// The setting that says how many tokens the trainer reads: a number, or `none`.
    public static final String TEXT_LENGTH = "text-length";

    private final JsonlFlavor flavor;

    public PaliGemmaFormat(JsonlFlavor flavor) {
        this.flavor = flavor;
    }

    public JsonlFlavor flavor() {
        return flavor;
    }

    @Override
    public String id() {
        return flavor.formatId();
    }

    @Override
    public String title() {
        return "PaliGemma JSONL for " + flavor.title();
    }

    @Override
    public Carriage carriage() {
        var carriage =
                flavor == JsonlFlavor.ROBOFLOW
                        ? Carriage.of(Content.BOXES, Content.SPLITS)
                        : Carriage.of(
                                        Content.BOXES,
                                        Content.CAPTIONS,
                                        Content.QUESTIONS,
                                        Content.OTHER_TEXTS,
                                        Content.SPLITS)
                                .replacing(
                                        Content.LABEL_CHECKS,
                                        "decide which labels are asked for, and are left out");
        String masks =
                flavor == JsonlFlavor.ROBOFLOW
                        ? "become boxes"
                        : "become 16 codes within a box where the model has a mask codec, else boxes";
        return carriage.replacing(Content.MASKS, masks)
                .replacing(Content.POLYGONS, masks)
                .replacing(Content.HOLES, masks)
                .replacing(Content.SEVERAL_PARTS, masks)
                .replacing(Content.CROWDS, "become single objects")
                .replacing(
                        Content.EMPTY_IMAGES,
                        "are left out, unless the setting empty says what their answer is");
    }

    @Override
    public List<FormatSetting> settings() {
        var settings =
                new ArrayList<>(
                        ExampleSettings.table(
                                flavor == JsonlFlavor.ROBOFLOW
                                        ? ROBOFLOW_TEMPLATES
                                        : ExampleSettings.USUAL_TEMPLATES));
        settings.add(
                new FormatSetting(
                        TEXT_LENGTH,
                        "How many tokens of prompt and answer the trainer reads; longer examples are reported where a"
                                + " tokenizer is at hand. none: it reads all.",
                        flavor.textLength().isPresent()
                                ? Integer.toString(flavor.textLength().getAsInt())
                                : "none",
                        List.of()));
        return settings;
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(data -> new JsonlDatasetReader(data).read());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(data -> new JsonlDatasetWriter(flavor, data).write());
    }

    /// The first examples that an export would write, and how many there are of each template; nothing is written.
    ///
    /// @param most how many examples to keep
    public ExamplePreview examples(Dataset data, ExportOptions options, int most)
            throws ProblemException {
        return ExamplePreview.of(
                Exporter.exported(data, options),
                exampleOptions(flavor, settings(options), options),
                most);
    }

    private Map<String, String> settings(ExportOptions options) {
        var all = new LinkedHashMap<String, String>();
        settings().forEach(setting -> all.put(setting.name(), setting.defaultValue()));
        all.putAll(options.settings());
        return all;
    }

    static ExampleOptions exampleOptions(
            JsonlFlavor flavor, Map<String, String> settings, ExportOptions options)
            throws ProblemException {
        var examples =
                ExampleSettings.options(settings, options.seed())
                        .withOneClassList(flavor == JsonlFlavor.ROBOFLOW);
        return options.maskEncoder().map(examples::withMasks).orElse(examples);
    }
}
