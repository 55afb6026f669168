package org.palimpsest.project;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Original;
import org.palimpsest.dataset.PhraseLink;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.problem.ProblemException;

/// An annotation as it stands in the project file; the history holds the same form.
///
/// @param label the label's row; null for a text
/// @param source the row of who made it first
/// @param made when, in nanoseconds since 1970
/// @param original what it was before the first correction; null where it was not corrected
record AnnotationRow(
        String uuid,
        @Nullable Long label,
        @Nullable RegionJson region,
        boolean crowd,
        @Nullable String prompt,
        @Nullable String text,
        @Nullable List<LinkJson> links,
        @Nullable TreeMap<String, String> attributes,
        long source,
        long made,
        @Nullable Double score,
        @Nullable String correctedBy,
        @Nullable Long corrected,
        @Nullable OriginalJson original,
        String review) {
    private static final long NANOS = 1_000_000_000L;

    record LinkJson(int start, int end, String object) {}

    /// Of an object the label's row and region, of a text its words.
    record OriginalJson(@Nullable Long label, @Nullable RegionJson region, @Nullable String text) {}

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /// @param names gives rows to labels and sources that have none yet
    static AnnotationRow of(Annotation annotation, Names names) throws ProblemException {
        var provenance = annotation.provenance();
        var first = provenance.source();
        var score = first.score();
        var corrected = provenance instanceof Provenance.Corrected one ? one : null;
        return switch (annotation) {
            case ObjectAnnotation object ->
                    new AnnotationRow(
                            object.id().toString(),
                            names.label(object.label()),
                            RegionJson.of(object.region()),
                            object.crowd(),
                            null,
                            null,
                            null,
                            attributes(object.attributes()),
                            names.source(SourceRow.of(first)),
                            nanos(SourceRow.made(first)),
                            score.isPresent() ? score.getAsDouble() : null,
                            corrected == null ? null : corrected.by(),
                            corrected == null ? null : nanos(corrected.at()),
                            corrected == null ? null : original(corrected.original(), names),
                            object.review().name());
            case TextAnnotation text ->
                    new AnnotationRow(
                            text.id().toString(),
                            null,
                            null,
                            false,
                            text.prompt(),
                            text.text(),
                            links(text.links()),
                            attributes(text.attributes()),
                            names.source(SourceRow.of(first)),
                            nanos(SourceRow.made(first)),
                            score.isPresent() ? score.getAsDouble() : null,
                            corrected == null ? null : corrected.by(),
                            corrected == null ? null : nanos(corrected.at()),
                            corrected == null ? null : original(corrected.original(), names),
                            text.review().name());
        };
    }

    /// @throws IllegalArgumentException if the file holds nonsense here
    Annotation toAnnotation(Names names) {
        var id = AnnotationId.parse(uuid);
        var provenance = provenance(names);
        var reviewed = ReviewState.valueOf(review);
        SortedMap<String, String> more = attributes == null ? new TreeMap<>() : attributes;
        if (label != null && region != null) {
            return new ObjectAnnotation(
                    id,
                    names.labelName(label),
                    region.toRegion(),
                    provenance,
                    reviewed,
                    crowd,
                    more);
        }
        if (prompt == null || text == null) {
            throw new IllegalArgumentException("Neither an object nor a text: " + uuid);
        }
        return new TextAnnotation(
                id,
                prompt,
                text,
                provenance,
                reviewed,
                more,
                Optional.ofNullable(links).orElse(List.of()).stream()
                        .map(link ->
                                new PhraseLink(
                                        link.start(),
                                        link.end(),
                                        AnnotationId.parse(link.object())))
                        .toList());
    }

    private Provenance provenance(Names names) {
        var first =
                names.source(source)
                        .toProvenance(
                                instant(made),
                                score == null ? OptionalDouble.empty() : OptionalDouble.of(score));
        if (corrected == null || original == null) {
            return first;
        }
        return new Provenance.Corrected(
                first,
                original(original, names),
                Optional.ofNullable(correctedBy).orElse(""),
                instant(corrected));
    }

    private static @Nullable TreeMap<String, String> attributes(SortedMap<String, String> all) {
        return all.isEmpty() ? null : new TreeMap<>(all);
    }

    private static @Nullable List<LinkJson> links(List<PhraseLink> links) {
        return links.isEmpty()
                ? null
                : links.stream()
                        .map(link ->
                                new LinkJson(link.start(), link.end(), link.object().toString()))
                        .toList();
    }

    private static OriginalJson original(Original original, Names names) throws ProblemException {
        return switch (original) {
            case Original.OfObject(var name, var place) ->
                    new OriginalJson(names.originalLabel(name), RegionJson.of(place), null);
            case Original.OfText(var words) -> new OriginalJson(null, null, words);
        };
    }

    private static Original original(OriginalJson original, Names names) {
        if (original.label() != null && original.region() != null) {
            return new Original.OfObject(
                    names.labelName(original.label()), original.region().toRegion());
        }
        return new Original.OfText(Optional.ofNullable(original.text()).orElse(""));
    }
}
