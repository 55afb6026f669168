package org.palimpsest.dataset;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.problem.ProblemException;

/// Takes what an import reads: a project, or a list in memory.
///
/// Images come before their annotations; annotations of one image may come in several portions, between those of other
/// images, and are kept in the order in which they come.
public interface DatasetSink {

    /// Takes an image file. A picture that is known already, by its path or its contents, gives the known image.
    ///
    /// @throws ProblemException if the file is no readable image
    ImageEntry image(Path file) throws ProblemException;

    /// Says something of an image as a whole. What is said already stays where this says nothing.
    void details(ImageId image, ImageDetails details) throws ProblemException;

    void annotations(ImageId image, List<? extends Annotation> annotations) throws ProblemException;

    /// Adds a label; one of that name or alias that is known already stays as it is. Labels of annotations need not be
    /// added first.
    void label(Label label) throws ProblemException;
}
