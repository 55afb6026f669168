package org.palimpsest.format.coco;

import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;

/// RefCOCO, RefCOCO+ and RefCOCOg: sentences that each refer to one object (lichengunc/refer refer.py, e3bbaa3).
///
/// A referring sentence is a [TextAnnotation] with a [TextAnnotation#referent]. PaliGemma is asked such a sentence without a verb and answers
/// with the object's location and mask (big_vision configs/proj/paligemma/transfers/refcoco_seg.py), so the sentence is
/// no answer to any prompt; but the link ties it to the object in a way that survives edits and is drawn by the editor,
/// and `segment`, which is no task of its own without a label, keeps it apart from captions. Several sentences about one
/// object are several texts.
///
/// An export has `instances.json` and `refs.json`, which holds the list that RefCOCO distributes as a Python pickle. A
/// pickle is neither written nor read, since reading one runs code; the export's `README.md` has a script that makes it
/// of `refs.json`. All regions are outlines, since refer.py knows nothing else; holes are filled.
///
/// Splits are those of images, of which RefCOCO's own reader knows only what `refs.json` says; images without a sentence
/// keep theirs in a key that it does not look at. `testA` and `testB` become test, and the sentence keeps the name as an
/// attribute.
public final class RefCocoFormat implements DatasetFormat {
    @Override
    public String id() {
        return "refcoco";
    }

    @Override
    public String title() {
        return "RefCOCO";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                        Content.POLYGONS,
                        Content.SEVERAL_PARTS,
                        Content.CROWDS,
                        Content.ATTRIBUTES,
                        Content.SPLITS,
                        Content.EMPTY_IMAGES)
                .replacing(Content.BOXES, "become outlines")
                .replacing(Content.HOLES, "are filled")
                .replacing(Content.MASKS, "become outlines, with holes filled")
                .replacing(
                        Content.OTHER_TEXTS,
                        "are left out, but for sentences that refer to an object")
                .replacing(
                        Content.PHRASE_LINKS,
                        "are left out, but for those from a whole sentence to an object");
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new RefCocoReader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new RefCocoWriter());
    }
}
