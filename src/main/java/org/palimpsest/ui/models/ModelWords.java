package org.palimpsest.ui.models;

import java.util.Optional;
import org.palimpsest.diagnosis.Memories.Room;
import org.palimpsest.diagnosis.MemoryFit;
import org.palimpsest.diagnosis.MemoryNeed;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.ui.control.Cards.Tone;
import org.palimpsest.ui.models.ModelLine.Look;
import org.palimpsest.ui.models.ModelLine.Usage;
import org.palimpsest.ui.support.Amounts;
import org.palimpsest.ui.support.Texts;

/// What the page says of a model, in the person's language.
final class ModelWords {

    /// A state in a word or two.
    record Badge(String text, Tone tone) {}

    private ModelWords() {}

    /// One line below the name.
    static String kind(ModelLine line) {
        return switch (line.look()) {
            case Look.Reading _ -> Texts.get("models.reading");
            case Look.Model(ModelFolder model, _) -> size(model);
            case Look.Adapter(var adapter, _, _) ->
                    Texts.get(
                            "models.adapter.line",
                            adapter.rank(),
                            Amounts.bytes(adapter.diskBytes()));
            case Look.Broken _ -> Texts.get("models.kind." + line.kind().name());
        };
    }

    private static String size(ModelFolder model) {
        return Texts.get(
                "models.model.line",
                Amounts.count(model.parameters()),
                model.config().vision().imageSize(),
                Amounts.bytes(model.diskBytes()));
    }

    /// What matters most of it now.
    static Optional<Badge> badge(ModelLine line) {
        if (line.look() instanceof Look.Broken) {
            return Optional.of(broken());
        }
        return switch (line.usage()) {
            case Usage.Used _ -> Optional.of(new Badge(Texts.get("models.usage.inUse"), Tone.GOOD));
            case Usage.Loading _ ->
                    Optional.of(new Badge(Texts.get("models.usage.loading"), Tone.PLAIN));
            case Usage.Failed _ -> Optional.of(broken());
            case Usage.None _ -> unused(line);
        };
    }

    private static Badge broken() {
        return new Badge(Texts.get("models.usage.broken"), Tone.BAD);
    }

    private static Optional<Badge> unused(ModelLine line) {
        if (line.look() instanceof Look.Adapter(_, _, var misfit) && misfit.isPresent()) {
            return Optional.of(new Badge(Texts.get("models.adapter.otherModel"), Tone.CAREFUL));
        }
        return line.verdict().map(verdict -> room(verdict, false));
    }

    /// Whether there is room.
    static Badge room(MemoryFit.Verdict verdict, boolean inUse) {
        if (inUse) {
            return new Badge(Texts.get("models.room.inUse"), Tone.GOOD);
        }
        return switch (verdict) {
            case FITS -> new Badge(Texts.get("models.room.FITS"), Tone.GOOD);
            case AFTER_CLOSING_OTHERS ->
                    new Badge(Texts.get("models.room.AFTER_CLOSING_OTHERS"), Tone.CAREFUL);
            case TOO_LARGE -> new Badge(Texts.get("models.room.TOO_LARGE"), Tone.BAD);
        };
    }

    /// `needs about 6.2 GB, 3.1 of 16.0 GB are free`.
    static String room(Room room, boolean inUse) {
        var fit = room.fit();
        String need = Amounts.bytes(fit.need().total());
        return inUse
                ? Texts.get("models.memory.taken", need)
                : Texts.get(
                        "models.memory.need",
                        need,
                        Amounts.bytes(fit.freeBytes()),
                        Amounts.bytes(fit.totalBytes()));
    }

    static String parts(MemoryNeed need) {
        return Texts.get(
                "models.memory.parts",
                Amounts.bytes(need.weights()),
                Amounts.bytes(need.cache()),
                Amounts.bytes(need.working()),
                Amounts.bytes(need.program()));
    }

    static String layout(ModelFolder model) {
        return Texts.get("models.layout." + model.layout().name());
    }

    static String generation(ModelFolder model) {
        return switch (model.config().text().generation()) {
            case GEMMA1 -> "PaliGemma (Gemma)";
            case GEMMA2 -> "PaliGemma 2 (Gemma 2)";
        };
    }
}
