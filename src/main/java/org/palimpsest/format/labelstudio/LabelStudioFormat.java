package org.palimpsest.format.labelstudio;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// Label Studio's JSON of tasks, with the labelling configuration that fits (HumanSignal/label-studio-sdk,
/// src/label_studio_sdk/converter). What a model proposed and nobody has looked at becomes a prediction, everything else
/// an annotation.
public final class LabelStudioFormat implements DatasetFormat {
    static final String TITLE = "Label Studio";

    @Override
    public String id() {
        return "label-studio";
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                        Content.BOXES,
                        Content.POLYGONS,
                        Content.MASKS,
                        Content.SCORES,
                        Content.CAPTIONS,
                        Content.SPLITS,
                        Content.EMPTY_IMAGES)
                .replacing(Content.HOLES, "become brush masks")
                .replacing(Content.SEVERAL_PARTS, "become brush masks")
                .replacing(Content.CROWDS, "become ordinary objects")
                .replacing(Content.PROVENANCE, "becomes annotation or prediction");
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(
                new FormatSetting(
                        "prefix",
                        "what stands before the path of an image, so that the server finds it",
                        "/data/local-files/?d=",
                        List.of()));
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new LabelStudioReader());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new LabelStudioWriter());
    }
}
