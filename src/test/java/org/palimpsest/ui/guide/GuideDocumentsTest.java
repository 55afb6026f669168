package org.palimpsest.ui.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.CommandGroup;
import org.palimpsest.ui.prompt.TaskKind;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Texts;

/// The guide and the program held against each other: what a page says of menus, keys, formats, tasks and pictures is so.
final class GuideDocumentsTest {
    private static final Path GUIDE = Path.of("docs", "guide");
    private static final Path PICTURES = GUIDE.resolve("pictures");
    private static final String PARTS = " › ";
    private static final long MOST_BYTES = 3L << 20;
    private static final long MOST_BYTES_OF_ONE = 400L << 10;
    private static final Pattern KEY_OF_COMMAND =
            Pattern.compile("\\*\\*([^*]+)\\*\\*\\s+\\(`([^`]+)`\\)");

    private static String read(Topic topic) throws IOException {
        return Files.readString(GUIDE.resolve(topic.file()));
    }

    private static GuidePage page(Topic topic) throws IOException {
        return Markdown.page(topic, read(topic));
    }

    /// All nodes of a kind on a page.
    private static <N extends Node> List<N> all(Node in, Class<N> kind) {
        var found = new ArrayList<N>();
        for (var child : Markdown.children(in)) {
            if (kind.isInstance(child)) {
                found.add(kind.cast(child));
            }
            found.addAll(all(child, kind));
        }
        return found;
    }

    /// The lines between two marks; the right ones are written to `target/guide-NAME.md` to be copied.
    private static void holdTable(Topic topic, String name, List<String> expected)
            throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "guide-" + name + ".md"), expected);
        var lines = read(topic).lines().toList();
        int begin = lines.indexOf("<!-- " + name + ": begin -->");
        int end = lines.indexOf("<!-- " + name + ": end -->");
        assertThat(lines.subList(begin + 1, end)).isEqualTo(expected);
    }

    private static String menu(Command command) {
        return command.group().title() + PARTS + command.title();
    }

    private static String key(String written) {
        return written.replace("Shortcut", "Ctrl")
                .replace("Page Down", "PgDn")
                .replace("Page Up", "PgUp")
                .replace("Comma", ",")
                .replace("Equals", "=")
                .replace("Plus", "+")
                .replace("Minus", "-")
                .replace("Close Bracket", "]")
                .replace("Open Bracket", "[");
    }

    private static List<String> keys(Command command) {
        return command.defaultKeys().stream().map(GuideDocumentsTest::key).toList();
    }

    @Test
    void theKeysAreThoseOfTheCommands() throws Exception {
        var rows = new ArrayList<>(List.of("| command | keys | where |", "| --- | --- | --- |"));
        for (var command : Command.values()) {
            var keys =
                    keys(command).stream()
                            .map(key -> "`" + key + "`")
                            .collect(Collectors.joining(", "));
            var where =
                    switch (command.where()) {
                        case EVERYWHERE -> "anywhere";
                        case NOT_IN_TEXT -> "window";
                        case CANVAS -> "canvas";
                    };
            rows.add(
                    "| **%s** | %s | %s |"
                            .formatted(menu(command), keys, keys.isEmpty() ? "" : where));
        }
        holdTable(Topic.KEYS, "keys", rows);
    }

    @Test
    void theFormatsAreThoseOfTheProgram() throws Exception {
        var rows =
                new ArrayList<>(
                        List.of(
                                "| format | `--format` | read | write |",
                                "| --- | --- | --- | --- |"));
        for (var format : Formats.TABLE) {
            rows.add(
                    "| %s | `%s` | %s | %s |"
                            .formatted(
                                    format.title(),
                                    format.id(),
                                    format.reader().isPresent() ? "yes" : "–",
                                    format.writer().isPresent() ? "yes" : "–"));
        }
        holdTable(Topic.EXPORT, "formats", rows);
    }

    @Test
    void formatsAreCalledAsInTheirTable() throws Exception {
        var named =
                all(page(Topic.EXPORT).document(), StrongEmphasis.class).stream()
                        .map(Markdown::text)
                        .filter(text -> text.contains("JSONL") || text.contains("YOLO"))
                        .collect(Collectors.toSet());
        assertThat(named).isNotEmpty();
        assertThat(Formats.TABLE.stream().map(format -> format.title()).toList())
                .containsAll(named);
    }

    /// Every row's prompt, with something in the place of the capital words, is that task; and every task has a row.
    @Test
    void theTasksAreThoseOfTheGrammar() throws Exception {
        var lines = read(Topic.TASKS).lines().toList();
        var rows =
                lines.subList(
                        lines.indexOf("<!-- tasks: begin -->") + 3,
                        lines.indexOf("<!-- tasks: end -->"));
        assertThat(rows).hasSize(TaskKind.values().length);
        var tasks = new ArrayList<Class<?>>();
        for (int i = 0; i < rows.size(); i++) {
            var cells = rows.get(i).split("\\|");
            assertThat(cells[1].strip()).isEqualTo("**" + TaskKind.values()[i].title() + "**");
            var prompt =
                    cells[2].strip()
                            .replace("`", "")
                            .replace("LANG", "en")
                            .replaceAll("LABEL|QUESTION|ANSWER", "three");
            var task = Task.parse(prompt);
            assertThat(task.prompt()).isEqualTo(prompt);
            tasks.add(task.getClass());
        }
        assertThat(tasks)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.asList(Task.class.getPermittedSubclasses()));
    }

    /// Bold words are what is written on the screen; with `›`, a menu and its entry.
    @ParameterizedTest
    @EnumSource(Topic.class)
    void whatThePageQuotesIsOnTheScreen(Topic topic) throws Exception {
        var onScreen =
                Stream.concat(
                                Texts.bundle().keySet().stream()
                                        .map(key -> Texts.bundle().getString(key)),
                                Formats.TABLE.stream().map(format -> format.title()))
                        .collect(Collectors.toSet());
        var menus =
                Arrays.stream(Command.values())
                        .map(GuideDocumentsTest::menu)
                        .collect(Collectors.toSet());
        var wrong = new TreeSet<String>();
        for (var strong : all(page(topic).document(), StrongEmphasis.class)) {
            var text = Markdown.text(strong);
            if (text.contains(PARTS) ? !menus.contains(text) : !onScreen.contains(text)) {
                wrong.add(text);
            }
        }
        assertThat(wrong).as("not on the screen").isEmpty();
        assertThat(CommandGroup.values()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void keysBehindCommandsAreTheirs(Topic topic) throws Exception {
        var wrong = new ArrayList<String>();
        KEY_OF_COMMAND
                .matcher(read(topic))
                .results()
                .forEach(hit -> {
                    var name = hit.group(1).replaceAll("\\s+", " ");
                    var fits =
                            Arrays.stream(Command.values())
                                    .filter(command ->
                                            menu(command).equals(name)
                                                    || command.title().equals(name))
                                    .anyMatch(command -> keys(command).contains(hit.group(2)));
                    if (!fits) {
                        wrong.add(hit.group());
                    }
                });
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void linksLeadSomewhere(Topic topic) throws Exception {
        for (var link : all(page(topic).document(), Link.class)) {
            var address = link.getDestination();
            if (address.startsWith("https://")) {
                continue;
            }
            var target = GuideViewModel.target(topic, address);
            assertThat(target).as(address).isPresent();
            var anchor = target.get().anchor();
            if (!anchor.isEmpty()) {
                assertThat(page(target.get().topic()).sections())
                        .as(address)
                        .anyMatch(section -> section.anchor().equals(anchor));
            }
        }
    }

    @Test
    void everyPageIsInTheContents() throws Exception {
        try (var files = Files.list(GUIDE)) {
            assertThat(
                            files.map(path -> path.getFileName().toString())
                                    .filter(name -> name.endsWith(".md")))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Topic.values()).map(Topic::file).toList());
        }
        var linked =
                all(page(Topic.CONTENTS).document(), Link.class).stream()
                        .map(Link::getDestination)
                        .toList();
        assertThat(linked)
                .isEqualTo(Arrays.stream(Topic.values()).skip(1).map(Topic::file).toList());
    }

    @Test
    void everyPartOfTheWindowThatHasAPageIsThere() throws Exception {
        var sources = new StringBuilder();
        for (var root : List.of("src/main/java/org/palimpsest/ui", "src/main/resources")) {
            try (var files = Files.walk(Path.of(root))) {
                for (var file : files.filter(GuideDocumentsTest::hasStyles).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        for (var style : Focus.PARTS.keySet()) {
            assertThat(Pattern.compile("[\"\\s,]" + style + "[\"\\s,]").matcher(sources).find())
                    .as(style)
                    .isTrue();
        }
        for (var page : Page.values()) {
            assertThat(GUIDE.resolve(GuideViewModel.topic(page).file())).exists();
        }
    }

    private static boolean hasStyles(Path file) {
        var name = file.toString();
        return name.endsWith(".fxml")
                || name.endsWith(".java")
                        && !name.contains("ui" + java.io.File.separator + "guide");
    }

    @Test
    void everyPictureIsNamedAndEveryNamedOneIsThere() throws Exception {
        Set<String> named = new TreeSet<>();
        for (var topic : Topic.values()) {
            for (var image : all(page(topic).document(), Image.class)) {
                named.add(image.getDestination());
                assertThat(Markdown.text(image)).as(image.getDestination()).hasSizeGreaterThan(10);
            }
        }
        Set<String> there = new TreeSet<>();
        long bytes = 0;
        try (var files = Files.list(PICTURES)) {
            for (var file : files.toList()) {
                there.add("pictures/" + file.getFileName());
                assertThat(Files.size(file)).as(file.toString()).isLessThan(MOST_BYTES_OF_ONE);
                bytes += Files.size(file);
                var picture = ImageFiles.read(file);
                int density = file.toString().contains("@2x") ? 2 : 1;
                assertThat(picture.width() / density).as(file.toString()).isBetween(200, 1300);
                assertThat(picture.height() / density).as(file.toString()).isBetween(24, 1000);
            }
        }
        assertThat(there).isEqualTo(named);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void theFrontPageShowsAPictureOfTheGuide() throws Exception {
        var shown =
                all(
                                Markdown.page(
                                                Topic.CONTENTS,
                                                Files.readString(Path.of("README.md")))
                                        .document(),
                                Image.class)
                        .stream()
                        .map(Image::getDestination)
                        .toList();
        assertThat(shown).isNotEmpty();
        assertThat(shown).allSatisfy(name -> assertThat(Path.of(name)).exists());
        assertThat(Objects.requireNonNull(shown.getFirst())).startsWith("docs/guide/pictures/");
    }
}
