package org.palimpsest.format.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.problem.ProblemException;

/// Reads LVIS: one file, or all files of a folder.
final class LvisReader implements DatasetReader {
    private final String title;

    LvisReader(String title) {
        this.title = title;
    }

    @Override
    public void read(DatasetImport data) throws ProblemException {
        var files =
                AnnotationFile.find(
                        data, name -> name.toLowerCase(Locale.ROOT).contains("lvis"), _ -> true);
        for (var file : files) {
            var instances = new InstancesFile(data, file, title, true);
            instances.readHead();
            var portion = new Portion(data);
            // The images again: what they say of categories needs these first.
            instances.readObjects(
                    (_, image, object) -> portion.add(image.entry().id(), object),
                    Map.of("images", item -> readDetails(data, instances, item)));
            portion.flush();
        }
    }

    private static void readDetails(DatasetImport data, InstancesFile instances, JsonItem item)
            throws ProblemException {
        var image = item.id("id").flatMap(instances.images()::find);
        if (image.isEmpty()) {
            return;
        }
        var checks = new TreeMap<String, LabelCheck>();
        readChecks(data, instances, item, LabelCheck.ABSENT, checks);
        readChecks(data, instances, item, LabelCheck.NOT_EXHAUSTIVE, checks);
        var details =
                ImageDetails.NEW.withSplit(instances.images().split(item)).withLabelChecks(checks);
        if (!details.equals(ImageDetails.NEW)) {
            data.sink().details(image.get().entry().id(), details);
        }
    }

    private static void readChecks(
            DatasetImport data,
            InstancesFile instances,
            JsonItem item,
            LabelCheck check,
            Map<String, LabelCheck> checks) {
        String key = key(check);
        JsonNode list = item.get(key);
        if (list == null || list.isNull()) {
            return;
        }
        if (!list.isArray()) {
            data.findings().error(item.place(), key + " is no list");
            return;
        }
        for (var one : list) {
            var label = JsonItem.idOf(one).flatMap(instances.categories()::find);
            if (label.isEmpty()) {
                data.findings().error(item.place(), key + " names the unknown category " + one);
            } else if (checks.putIfAbsent(label.get(), check) != null
                    && checks.get(label.get()) != check) {
                data.findings()
                        .error(item.place(), label.get() + " is said to be absent and present");
            }
        }
    }

    static String key(LabelCheck check) {
        return switch (check) {
            case ABSENT -> "neg_category_ids";
            case NOT_EXHAUSTIVE -> "not_exhaustive_category_ids";
        };
    }
}
