package org.palimpsest.format.coco;

import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.FormatContract;

import java.nio.file.Path;

class CocoResultsFormatTest extends FormatContract {
    @Override
    protected DatasetFormat format() {
        return new CocoResultsFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }
}
