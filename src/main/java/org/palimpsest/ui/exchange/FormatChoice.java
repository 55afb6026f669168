package org.palimpsest.ui.exchange;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.ui.support.Texts;

/// A format as it is offered: trainers of PaliGemma first, then the data sets of objects, those of texts, and the rest.
///
/// @param title what it is called within its group
public record FormatChoice(DatasetFormat format, Group group, String title) {
    private static final Set<String> OBJECTS =
            Set.of(
                    "coco",
                    "yolo-detect",
                    "yolo-segment",
                    "voc",
                    "lvis",
                    "mask-png",
                    "coco-results");
    private static final Set<String> TEXTS = Set.of("coco-captions", "vqav2", "refcoco");

    /// Formats for the same kind of reader.
    public enum Group {
        PALIGEMMA,
        OBJECTS,
        TEXTS,
        TOOLS;

        String title() {
            return Texts.get("exchange.group." + name());
        }
    }

    static List<FormatChoice> written() {
        return choices(format -> format.writer().isPresent());
    }

    static List<FormatChoice> read() {
        // All trainers' files are read by one reader.
        return choices(format ->
                        format.reader().isPresent()
                                && (!(format instanceof PaliGemmaFormat)
                                        || format == PaliGemmaFormat.ALL.getFirst()))
                .stream()
                .map(choice ->
                        choice.group() == Group.PALIGEMMA
                                ? new FormatChoice(
                                        choice.format(),
                                        choice.group(),
                                        Texts.get("exchange.anyTrainer"))
                                : choice)
                .toList();
    }

    /// The choice whose format has this id.
    static Optional<FormatChoice> find(List<FormatChoice> choices, String id) {
        return choices.stream().filter(one -> one.format().id().equals(id)).findFirst();
    }

    private static List<FormatChoice> choices(Predicate<DatasetFormat> wanted) {
        return Formats.TABLE.stream()
                .filter(wanted)
                .map(format -> new FormatChoice(format, group(format), title(format)))
                .sorted(Comparator.comparing(FormatChoice::group))
                .toList();
    }

    private static String title(DatasetFormat format) {
        return format instanceof PaliGemmaFormat trainer
                ? trainer.flavor().title()
                : format.title();
    }

    private static Group group(DatasetFormat format) {
        if (format instanceof PaliGemmaFormat) {
            return Group.PALIGEMMA;
        }
        if (OBJECTS.contains(format.id())) {
            return Group.OBJECTS;
        }
        return TEXTS.contains(format.id()) ? Group.TEXTS : Group.TOOLS;
    }
}
