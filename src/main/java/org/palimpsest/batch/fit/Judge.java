package org.palimpsest.batch.fit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;

/// Says how good an open model is, by asking it about images whose truth is known.
public interface Judge {

    Judgement judge(PaliGemma model, Progress progress) throws ProblemException;

    /// What a judge found.
    ///
    /// @param figures by name, in an order for people
    /// @param decisive the name of the figure that tells the better of two models, larger is better; empty for none
    record Judgement(Map<String, Double> figures, String decisive) {
        public Judgement {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }

        /// The figure that decides; NaN where there is none.
        public double decisiveValue() {
            return figures.getOrDefault(decisive, Double.NaN);
        }
    }
}
