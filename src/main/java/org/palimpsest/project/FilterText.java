package org.palimpsest.project;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes a filter as [ImageFilter#parse] reads it.
public final class FilterText {
    private FilterText() {}

    /// The filter as people write it; empty where it cannot be written, as a name with a quote.
    public static Optional<String> of(ImageFilter filter) {
        return filter.equals(ImageFilter.ALL) ? Optional.of("") : write(filter);
    }

    private static Optional<String> write(ImageFilter filter) {
        return switch (filter) {
            case ImageFilter.And(var parts) -> joined(parts, " ");
            case ImageFilter.Or(var parts) -> joined(parts, " or ");
            case ImageFilter.Not(var part) -> write(part).map(text -> "-(" + text + ")");
            case ImageFilter.InState(var state) -> keyed("state", state);
            case ImageFilter.InSplit(var split) -> keyed("split", split);
            case ImageFilter.Tagged(var tag) -> keyed("tag", tag);
            case ImageFilter.HasLabel(var label) -> keyed("label", label);
            case ImageFilter.CheckedAbsent(var label) -> keyed("absent", label);
            case ImageFilter.HasReview(var review) -> keyed("review", review);
            case ImageFilter.HasOrigin(var origin) -> keyed("origin", origin);
            case ImageFilter.FromModel(var model) -> keyed("model", model);
            case ImageFilter.FromPrompt(var prompt) -> keyed("prompt", prompt);
            case ImageFilter.SaysWords(var words) -> keyed("text", words);
            case ImageFilter.Named(var part) -> keyed("name", part);
            case ImageFilter.Score(var comparison, double value) ->
                    Optional.of("score" + comparison.sign() + plain(value));
            case ImageFilter.Within within -> within(within);
            case ImageFilter.Objects(var comparison, int value) ->
                    Optional.of("objects" + comparison.sign() + value);
            case ImageFilter.Texts(var comparison, int value) ->
                    Optional.of("texts" + comparison.sign() + value);
            case ImageFilter.Edits(var comparison, int value) ->
                    Optional.of("edits" + comparison.sign() + value);
        };
    }

    private static Optional<String> joined(List<ImageFilter> parts, String between) {
        var texts = new ArrayList<String>();
        for (var part : parts) {
            var text = write(part);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            boolean several = part instanceof ImageFilter.And || part instanceof ImageFilter.Or;
            texts.add(several ? "(" + text.get() + ")" : text.get());
        }
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(texts.stream().collect(Collectors.joining(between)));
    }

    private static Optional<String> keyed(String key, Enum<?> value) {
        return Optional.of(key + ":" + value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Optional<String> keyed(String key, String value) {
        if (value.indexOf('"') >= 0 || value.isBlank()) {
            return Optional.empty();
        }
        boolean plain = value.chars().allMatch(Character::isLetterOrDigit);
        return Optional.of(key + ":" + (plain ? value : "\"" + value + "\""));
    }

    private static Optional<String> within(ImageFilter.Within within) {
        var name = within.measure().name().toLowerCase(Locale.ROOT);
        boolean least = Double.isFinite(within.from());
        boolean most = Double.isFinite(within.below());
        if (!least && !most) {
            return Optional.empty();
        }
        if (least && most) {
            return Optional.of(name + "=" + plain(within.from()) + ".." + plain(within.below()));
        }
        return Optional.of(
                least ? name + ">=" + plain(within.from()) : name + "<" + plain(within.below()));
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }
}
