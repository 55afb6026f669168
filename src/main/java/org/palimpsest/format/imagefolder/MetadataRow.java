package org.palimpsest.format.imagefolder;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.table.ClippedObject;
import org.palimpsest.format.table.RegionNotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// One row of a metadata file.
record MetadataRow(String fileName, Size size, List<Item> objects, List<TextAnnotation> texts) {

    /// One object of a row.
    record Item(
            long id, Box box, double area, String category, boolean crowd, String segmentation) {
        List<Double> bbox() {
            return List.of(box.xMin(), box.yMin(), box.width(), box.height());
        }
    }

    /// @param findings take what is clipped or left out
    static MetadataRow of(AnnotatedImage image, String fileName, FindingList findings) {
        var size = image.image().size();
        var objects = new ArrayList<Item>();
        for (var object : image.objects()) {
            var clipped = ClippedObject.of(object, size, findings, fileName);
            if (clipped.isPresent()) {
                var region = clipped.get().region();
                objects.add(
                        new Item(
                                objects.size() + 1L,
                                clipped.get().box(),
                                region.area(),
                                object.label(),
                                object.crowd(),
                                RegionNotation.text(region)));
            }
        }
        return new MetadataRow(fileName, size, objects, image.texts());
    }
}
