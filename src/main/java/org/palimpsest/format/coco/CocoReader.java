package org.palimpsest.format.coco;

import java.util.Locale;
import java.util.Set;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.problem.ProblemException;

/// Reads COCO instances: one file, or all files of a folder, each of one split.
final class CocoReader implements DatasetReader {
    /// What other files of COCO's annotation folder begin with.
    private static final Set<String> OTHER_KINDS =
            Set.of("captions", "person_keypoints", "image_info", "stuff", "panoptic", "results");

    private final String title;

    CocoReader(String title) {
        this.title = title;
    }

    @Override
    public void read(DatasetImport data) throws ProblemException {
        for (var file : files(data)) {
            var instances = new InstancesFile(data, file, title, false);
            instances.readHead();
            instances.readObjects();
        }
    }

    /// The instances files of what the person chose.
    static Iterable<AnnotationFile> files(DatasetImport data) throws ProblemException {
        return AnnotationFile.find(
                data,
                name -> name.toLowerCase(Locale.ROOT).startsWith("instances"),
                name -> OTHER_KINDS.stream().noneMatch(name.toLowerCase(Locale.ROOT)::startsWith));
    }
}
