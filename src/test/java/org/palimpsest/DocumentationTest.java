package org.palimpsest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the documents true: what they name and link to is there.
class DocumentationTest {
    /// `Type` or `Type.member` between backticks.
    private static final Pattern CODE =
            Pattern.compile("`([A-Z][a-z][A-Za-z0-9]*)(?:\\.([a-z][A-Za-z0-9]*))?`");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    /// Names of other projects' types and operators, and what is no Java type.
    private static final Set<String> FOREIGN =
            Set.of("Optional", "Nullable", "NullMarked", "InstantSource");

    @Test
    void everyTypeAndMethodThatADocumentNamesExists() throws IOException {
        var members = new HashMap<String, Set<String>>();
        for (var type : new ClassFileImporter().importPackages("org.palimpsest")) {
            members.computeIfAbsent(type.getSimpleName(), _ -> new HashSet<>())
                    .addAll(memberNames(type));
        }
        var missing = new ArrayList<String>();
        for (var document : documents()) {
            var matcher = CODE.matcher(Files.readString(document));
            while (matcher.find()) {
                if (!exists(members, matcher.group(1), matcher.group(2))) {
                    missing.add(document + ": " + matcher.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> memberNames(JavaClass type) {
        var names = new HashSet<String>();
        type.getAllMembers().stream().map(JavaMember::getName).forEach(names::add);
        return names;
    }

    private static boolean exists(Map<String, Set<String>> members, String type, String member) {
        if (FOREIGN.contains(type)) {
            return true;
        }
        var known = members.get(type);
        return known != null && (member == null || known.contains(member));
    }

    @Test
    void everyLinkToAFileLeadsSomewhere() throws IOException {
        var missing = new ArrayList<String>();
        var pages =
                Stream.concat(
                        documents().stream(),
                        Stream.of("README.md", "CONTRIBUTING.md", "docs/glossary.md")
                                .map(Path::of));
        for (var page : pages.toList()) {
            Path folder = page.toAbsolutePath().getParent();
            var matcher = LINK.matcher(Files.readString(page));
            while (matcher.find()) {
                if (!Files.exists(folder.resolve(matcher.group(1)))) {
                    missing.add(page + ": " + matcher.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /// The documents that speak of code.
    private static List<Path> documents() throws IOException {
        try (var decisions = Files.list(Path.of("docs/decisions"))) {
            return Stream.concat(
                            Stream.of(
                                            "docs/architecture.md",
                                            "docs/testing.md",
                                            "docs/evaluation.md",
                                            "docs/fine-tuning.md",
                                            "docs/formats.md",
                                            "docs/project-file.md",
                                            "docs/how-to/add-a-format.md")
                                    .map(Path::of),
                            decisions.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }
}
