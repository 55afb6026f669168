package org.palimpsest.ui.compare;

import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.ui.support.Texts;

/// One of the two answers. Immutable.
///
/// @param source where it comes from; empty before one is chosen
/// @param prompt what was asked
/// @param activity what is being done; empty where nothing is
/// @param annotations the answer; empty while there is none
/// @param note what to know about it, such as a problem; may be empty
record Side(
        Optional<Source> source,
        String prompt,
        String activity,
        Optional<List<Annotation>> annotations,
        String note) {
    static final Side NONE = new Side(Optional.empty(), "", "", Optional.empty(), "");

    Side of(Source chosen) {
        return new Side(Optional.of(chosen), "", "", Optional.empty(), "");
    }

    Side asking(String asked, String doing) {
        return new Side(source, asked, doing, Optional.empty(), "");
    }

    Side answered(List<Annotation> answer, String said) {
        return new Side(source, prompt, "", Optional.of(List.copyOf(answer)), said);
    }

    Side failed(String reason) {
        return new Side(source, prompt, "", Optional.empty(), reason);
    }

    Side cleared() {
        return new Side(source, "", "", Optional.empty(), "");
    }

    List<ObjectAnnotation> objects() {
        return annotations.orElse(List.of()).stream()
                .filter(ObjectAnnotation.class::isInstance)
                .map(ObjectAnnotation.class::cast)
                .toList();
    }

    /// What the answer says, a line for each annotation.
    List<String> lines() {
        return annotations.orElse(List.of()).stream()
                .map(annotation ->
                        switch (annotation) {
                            case ObjectAnnotation object -> line(object);
                            case TextAnnotation text -> text.text();
                        })
                .toList();
    }

    private static String line(ObjectAnnotation object) {
        return object.provenance() instanceof Provenance.Predicted predicted
                        && predicted.score().isPresent()
                ? Texts.get("compare.object", object.label(), predicted.score().getAsDouble())
                : object.label();
    }

    List<String> texts() {
        return annotations.orElse(List.of()).stream()
                .filter(TextAnnotation.class::isInstance)
                .map(annotation -> ((TextAnnotation) annotation).text())
                .toList();
    }
}
