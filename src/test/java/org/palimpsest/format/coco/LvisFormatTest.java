package org.palimpsest.format.coco;

import java.nio.file.Path;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.FormatContract;

class LvisFormatTest extends FormatContract {
    @Override
    protected DatasetFormat format() {
        return new LvisFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }
}
