package org.palimpsest.project;

import java.time.Instant;
import java.util.OptionalDouble;
import org.palimpsest.dataset.Provenance;

/// Who made annotations: what is the same for many of them.
///
/// @param kind `drawn`, `predicted` or `imported`
/// @param name the person, model or format
/// @param detail the prompt or file
record SourceRow(String kind, String name, String detail, String checkpoint, String settings) {
    private static final String DRAWN = "drawn";
    private static final String PREDICTED = "predicted";
    private static final String IMPORTED = "imported";

    /// Of a first source, not of a correction.
    static SourceRow of(Provenance source) {
        return switch (source) {
            case Provenance.Drawn(var by, _) -> new SourceRow(DRAWN, by, "", "", "");
            case Provenance.Predicted(var model, var prompt, _, _, var checkpoint, var settings) ->
                    new SourceRow(PREDICTED, model, prompt, checkpoint, settings);
            case Provenance.Imported(var format, var file, _) ->
                    new SourceRow(IMPORTED, format, file, "", "");
            case Provenance.Corrected _ ->
                    throw new IllegalArgumentException("Not a first source: " + source);
        };
    }

    /// When the first source made it; imports do not say.
    static Instant made(Provenance source) {
        return switch (source) {
            case Provenance.Drawn(_, var at) -> at;
            case Provenance.Predicted predicted -> predicted.at();
            case Provenance.Imported _, Provenance.Corrected _ -> Instant.EPOCH;
        };
    }

    Provenance toProvenance(Instant made, OptionalDouble score) {
        return switch (kind) {
            case DRAWN -> new Provenance.Drawn(name, made);
            case PREDICTED ->
                    new Provenance.Predicted(name, detail, score, made, checkpoint, settings);
            case IMPORTED -> new Provenance.Imported(name, detail, score);
            default -> throw new IllegalArgumentException("Unknown kind of source: " + kind);
        };
    }
}
