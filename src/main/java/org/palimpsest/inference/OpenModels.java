package org.palimpsest.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models that are open, at most two, so that one may be held against another. Adapters of one model share its weights.
///
/// Confined to the service's thread.
final class OpenModels {
    private static final Logger LOG = LoggerFactory.getLogger(OpenModels.class);
    private static final int MOST = 2;

    private final ModelOpener opener;

    /// The one that was used last comes last.
    private final Map<Path, AnsweringModel> open = new LinkedHashMap<>();

    OpenModels(ModelOpener opener) {
        this.opener = opener;
    }

    /// The model if it is open and has the adapter, or could be given it at once.
    Optional<AnsweringModel> find(ModelChoice choice) throws ProblemException {
        var model = open.remove(choice.folder());
        if (model == null) {
            return Optional.empty();
        }
        open.put(choice.folder(), model);
        return model.useAdapter(choice.adapter()) ? Optional.of(model) : Optional.empty();
    }

    /// Opens a model, in the place of the one that was not used for longest where two are open.
    AnsweringModel open(ModelChoice choice, Progress progress) throws ProblemException {
        close(choice.folder());
        while (open.size() >= MOST) {
            close(open.keySet().iterator().next());
        }
        var opened = opener.open(choice, progress);
        open.put(choice.folder(), opened);
        return opened;
    }

    /// Closes all models but that of a folder.
    void keepOnly(Path folder) {
        for (var other : new ArrayList<>(open.keySet())) {
            if (!other.equals(folder)) {
                close(other);
            }
        }
    }

    void closeAll() {
        for (var folder : new ArrayList<>(open.keySet())) {
            close(folder);
        }
    }

    private void close(Path folder) {
        var model = open.remove(folder);
        if (model != null) {
            try {
                model.close();
            } catch (RuntimeException e) {
                LOG.warn("The model did not close well", e);
            }
        }
    }
}
