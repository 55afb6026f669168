package org.palimpsest.format.coco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.problem.ProblemException;

/// Damaged files of a sample collection: what is kept of each, and what is said.
class CocoDamagedSamplesTest {
    @Test
    void damagedFilesAreToldApart() throws Exception {
        var outcomes = new ArrayList<String>();
        try (var folders = Files.list(Imports.SAMPLES.resolve("damaged"))) {
            for (var folder : folders.filter(Files::isDirectory).sorted().toList()) {
                String outcome;
                try {
                    var read = Imports.read(new CocoFormat(), folder.resolve("instances.json"));
                    outcome = objects(read) + " " + read.words();
                } catch (ProblemException e) {
                    outcome = e.problem().oneLine();
                }
                outcomes.add(folder.getFileName() + "\t" + outcome);
            }
        }
        assertThat(outcomes)
                .isEqualTo(Files.readAllLines(Imports.SAMPLES.resolve("damaged/outcomes.tsv")));
    }

    private static String objects(Imports read) throws ProblemException {
        return read.images().values().stream()
                .map(AnnotatedImage::objects)
                .flatMap(List::stream)
                .map(CocoDamagedSamplesTest::words)
                .toList()
                .toString();
    }

    private static String words(ObjectAnnotation object) {
        return object.label() + " " + object.region().getClass().getSimpleName();
    }
}
