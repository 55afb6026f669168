package org.palimpsest.format.coco;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// COCO instances, as pycocotools reads them: boxes, outlines and masks of objects.
///
/// An export has `annotations/instances_train.json`, `_val` and `_test` for the splits that occur, or
/// `annotations/instances.json` where no image has one, and the pictures in `images`, from which `file_name` counts. Ids
/// begin at 1, as pycocotools takes the id 0 for no match.
///
/// A plain box has the segmentation `[]`. Tools that look at boxes only read that (detectron2, ultralytics); pycocotools
/// itself stops when it is asked for the mask of one, so the export says so where there are any. Parts of an outline
/// merge; a region with holes is written as run lengths, since an inner ring would be filled
/// (ppwwyyxx/cocoapi PythonAPI/pycocotools/coco.py, annToRLE; common/maskApi.c).
///
/// For outlines, `bbox` and `area` are exact, as in COCO's own files; for masks they count pixels, as pycocotools does.
public final class CocoFormat implements DatasetFormat {
    @Override
    public String id() {
        return "coco";
    }

    @Override
    public String title() {
        return "COCO instances";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                        Content.BOXES,
                        Content.POLYGONS,
                        Content.SEVERAL_PARTS,
                        Content.MASKS,
                        Content.CROWDS,
                        Content.ATTRIBUTES,
                        Content.SPLITS,
                        Content.EMPTY_IMAGES)
                .replacing(Content.HOLES, "become pixel masks");
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(RegionWriter.SETTING);
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new CocoReader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new CocoWriter());
    }
}
