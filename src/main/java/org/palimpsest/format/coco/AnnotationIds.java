package org.palimpsest.format.coco;

import org.palimpsest.format.FindingList;

/// Says where ids of annotations would trip other readers. Ids are not kept, so that nothing depends on them here.
final class AnnotationIds {
    private final FindingList findings;
    private final IdSet seen = new IdSet();

    AnnotationIds(FindingList findings) {
        this.findings = findings;
    }

    void note(JsonItem item) {
        var id = item.id("id");
        if (id.isEmpty()) {
            findings.warning(item.place(), "the annotation has no usable id");
            return;
        }
        if (id.get().equals("0")) {
            findings.warning(
                    item.place(), "the id is 0, which COCO's own evaluation takes for no match");
        }
        if (!id.get().matches("-?[0-9]{1,18}")) {
            findings.warning(item.place(), "the id is no whole number that others can hold");
        } else if (!seen.add(Long.parseLong(id.get()))) {
            findings.warning(item.place(), "the id came before; others keep the last one only");
        }
    }
}
