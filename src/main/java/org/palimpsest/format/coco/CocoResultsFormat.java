package org.palimpsest.format.coco;

import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;

/// Results in the form that pycocotools' evaluation loads (ppwwyyxx/cocoapi PythonAPI/pycocotools/coco.py, loadRes).
///
/// An export has `results_bbox.json` with every object that has a score, `results_segm.json` with those among them that
/// have a shape, as run lengths, and `instances.json` with images and categories and without annotations. The ids are
/// those that an export of the same data set as `coco` has, so that either can be held against the other.
///
/// Reading takes result lists next to an instances file; captions among the results are read, too.
public final class CocoResultsFormat implements DatasetFormat {
    @Override
    public String id() {
        return "coco-results";
    }

    @Override
    public String title() {
        return "COCO results";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(Content.BOXES, Content.MASKS, Content.SCORES, Content.EMPTY_IMAGES)
                .replacing(Content.POLYGONS, "become pixel masks")
                .replacing(Content.HOLES, "become pixel masks")
                .replacing(Content.SEVERAL_PARTS, "become pixel masks")
                .replacing(Content.CROWDS, "are not told from single objects");
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new ResultsReader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new ResultsWriter());
    }
}
