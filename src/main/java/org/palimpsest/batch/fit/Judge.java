package org.palimpsest.batch.fit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;

/// Says how good an open model is, by asking it about images whose truth is known.
public interface Judge {

    Judgement judge(PaliGemma model, Progress progress) throws ProblemException;

    /// An answer about one image.
    ///
    /// @param truth the image with what is true of it, as far as it was asked for
    /// @param edits what it takes to make the one of the other
    record JudgedImage(AnnotatedImage truth, List<Annotation> answer, int edits) {
        public JudgedImage {
            answer = List.copyOf(answer);
        }
    }

    /// What a judge found.
    ///
    /// @param figures by name, in an order for people
    /// @param decisive the name of the figure that tells the better of two models, larger is better; empty for none
    /// @param images what was said about each image, where images were asked about; bounded
    record Judgement(
            Map<String, Double> figures, String decisive, Map<ImageId, JudgedImage> images) {
        public Judgement {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
            images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        }

        public Judgement(Map<String, Double> figures, String decisive) {
            this(figures, decisive, Map.of());
        }

        /// The figure that decides; NaN where there is none.
        public double decisiveValue() {
            return figures.getOrDefault(decisive, Double.NaN);
        }
    }
}
