package org.palimpsest.format.registry;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.coco.CocoCaptionsFormat;
import org.palimpsest.format.coco.CocoFormat;
import org.palimpsest.format.coco.CocoResultsFormat;
import org.palimpsest.format.coco.LvisFormat;
import org.palimpsest.format.coco.RefCocoFormat;
import org.palimpsest.format.coco.VqaV2Format;
import org.palimpsest.format.csv.CsvFormat;
import org.palimpsest.format.cvat.CvatFormat;
import org.palimpsest.format.imagefolder.ImageFolderFormat;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.format.labelme.LabelmeFormat;
import org.palimpsest.format.labelstudio.LabelStudioFormat;
import org.palimpsest.format.maskpng.MaskPngFormat;
import org.palimpsest.format.scenes.ScenesFormat;
import org.palimpsest.format.voc.VocFormat;
import org.palimpsest.format.webdataset.WebDatasetFormat;
import org.palimpsest.format.yolo.YoloDetectFormat;
import org.palimpsest.format.yolo.YoloSegmentFormat;
import org.palimpsest.problem.ProblemException;

/// Every format that can be imported or exported.
public final class Formats {
    /// One row each, in the order in which they are offered.
    public static final List<DatasetFormat> TABLE =
            Stream.concat(
                            PaliGemmaFormat.ALL.stream(),
                            Stream.of(
                                    new CocoFormat(),
                                    new CocoCaptionsFormat(),
                                    new CocoResultsFormat(),
                                    new LvisFormat(),
                                    new RefCocoFormat(),
                                    new VqaV2Format(),
                                    new YoloDetectFormat(),
                                    new YoloSegmentFormat(),
                                    new VocFormat(),
                                    new LabelmeFormat(),
                                    new LabelStudioFormat(),
                                    new CvatFormat(),
                                    new ImageFolderFormat(),
                                    new WebDatasetFormat(),
                                    new CsvFormat(),
                                    new MaskPngFormat(),
                                    new ScenesFormat()))
                    .toList();

    private Formats() {}

    /// The format of that id.
    ///
    /// @throws ProblemException if there is none
    public static DatasetFormat find(String id) throws ProblemException {
        return TABLE.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                "There is no format called '" + id + "'",
                                "",
                                "Choose among "
                                        + TABLE.stream()
                                                .map(DatasetFormat::id)
                                                .collect(Collectors.joining(", "))));
    }
}
