package org.palimpsest.ui.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The guide as it comes with the program, each page read when it is wanted for the first time.
///
/// Confined to the interface's thread.
final class GuideBook {
    /// Where the build puts the folder of the same name.
    private static final String FOLDER = "/docs/guide/";

    private static final int MOST_HITS = 40;
    private static final int EXCERPT = 90;

    /// A place that has what was searched for.
    ///
    /// @param excerpt the words around it
    record Hit(Place place, String page, String heading, String excerpt) {}

    private final Map<Topic, GuidePage> pages = new EnumMap<>(Topic.class);

    GuidePage page(Topic topic) {
        return pages.computeIfAbsent(topic, one -> Markdown.page(one, read(one.file())));
    }

    private static String read(String file) {
        try (var stream = resource(file).openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("A page of the guide cannot be read: " + file, e);
        }
    }

    private static URL resource(String file) {
        return Objects.requireNonNull(
                GuideBook.class.getResource(FOLDER + file), "Not in the program: " + file);
    }

    /// The address of a picture of a page; empty if there is no such picture.
    Optional<URL> picture(String name) {
        return Optional.ofNullable(GuideBook.class.getResource(FOLDER + name));
    }

    /// The sections that have all words, those first that have them in their heading.
    List<Hit> find(String words) {
        var wanted =
                Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        var inHeading = new ArrayList<Hit>();
        var inText = new ArrayList<Hit>();
        for (var topic : Topic.values()) {
            var page = page(topic);
            for (var section : page.sections()) {
                var heading = section.heading().toLowerCase(Locale.ROOT);
                var all = heading + " " + section.text().toLowerCase(Locale.ROOT);
                if (wanted.stream().allMatch(heading::contains)) {
                    inHeading.add(hit(page, section, wanted.getFirst()));
                } else if (wanted.stream().allMatch(all::contains)) {
                    inText.add(hit(page, section, wanted.getFirst()));
                }
            }
        }
        inHeading.addAll(inText);
        return inHeading.stream().limit(MOST_HITS).toList();
    }

    private static Hit hit(GuidePage page, Section section, String word) {
        boolean first = page.sections().getFirst().equals(section);
        return new Hit(
                new Place(page.topic(), first ? "" : section.anchor()),
                page.title(),
                section.heading(),
                excerpt(section.text(), word));
    }

    /// About a line of text with the word in it, from the beginning of a word to the end of one.
    private static String excerpt(String text, String word) {
        int at = Math.max(0, text.toLowerCase(Locale.ROOT).indexOf(word));
        int from = Math.max(0, at - EXCERPT / 3);
        if (from > 0) {
            int blank = text.indexOf(' ', from);
            from = blank < 0 || blank > at ? at : blank + 1;
        }
        int to = Math.min(text.length(), from + EXCERPT);
        if (to < text.length()) {
            int blank = text.lastIndexOf(' ', to);
            to = blank > at ? blank : to;
        }
        return (from > 0 ? "… " : "")
                + text.substring(from, to).strip()
                + (to < text.length() ? " …" : "");
    }
}
