package org.palimpsest.format.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.problem.ProblemException;

/// Looks up the images of rows, each once as long as its rows are not far apart.
///
/// Belongs to one thread.
public final class ImageCache {
    private static final int KEPT = 4096;

    private final DatasetImport data;
    private final Map<String, Optional<ImageEntry>> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<String, Optional<ImageEntry>> eldest) {
                    return size() > KEPT;
                }
            };

    public ImageCache(DatasetImport data) {
        this.data = data;
    }

    /// The image of that path; empty where there is none, and then a finding says so.
    public Optional<ImageEntry> find(String place, String path) throws ProblemException {
        var before = known.get(path);
        if (before != null) {
            if (before.isEmpty()) {
                data.findings().error(place, "there is no image " + path);
            }
            return before;
        }
        var found = data.image(place, path);
        known.put(path, found);
        return found;
    }
}
