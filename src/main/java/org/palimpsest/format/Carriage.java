package org.palimpsest.format;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a format carries, and in words what becomes of the rest.
///
/// Whatever is in neither list is left out of an export.
///
/// @param replacements what an export does with content that the format has no place for, such as *holes* → `are filled`
public record Carriage(Set<Content> carried, Map<Content, String> replacements) {
    public Carriage {
        carried = Set.copyOf(carried);
        replacements = Map.copyOf(replacements);
    }

    /// A format that carries these without loss.
    public static Carriage of(Content first, Content... rest) {
        return new Carriage(EnumSet.of(first, rest), Map.of());
    }

    /// This with words for what happens to content that it does not carry, such as `are filled`.
    public Carriage replacing(Content content, String words) {
        var all = new EnumMap<Content, String>(Content.class);
        all.putAll(replacements);
        all.put(content, words);
        return new Carriage(carried, all);
    }

    /// What becomes of content, in words; empty where it is carried.
    public Optional<String> loss(Content content) {
        return carried.contains(content)
                ? Optional.empty()
                : Optional.of(replacements.getOrDefault(content, "are left out"));
    }
}
