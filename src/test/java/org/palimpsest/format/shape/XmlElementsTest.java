package org.palimpsest.format.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;

class XmlElementsTest {
    @TempDir Path folder;

    private List<XmlElement> read(String xml) throws Exception {
        Path file = Files.writeString(folder.resolve("a.xml"), xml);
        var found = new ArrayList<XmlElement>();
        try (var elements = XmlElements.open(file)) {
            for (var next = elements.next(); next.isPresent(); next = elements.next()) {
                found.add(next.get());
            }
        }
        return found;
    }

    @Test
    void whatIsEscapedComesBackAsItWas() throws Exception {
        String text = " <a & \"b\">\n\tc\r\n 猫😀 ";
        var found =
                read("<r><x a=\"%1$s\">%1$s</x></r>".formatted(XmlText.escape(text))).getFirst();
        assertThat(found.text()).isEqualTo(text);
        assertThat(found.attribute("a")).isEqualTo(text);
        assertThat(XmlText.escape("\u0000\u001b\uFFFF")).isEqualTo("\uFFFD\uFFFD\uFFFD");
    }

    @Test
    void childrenComeOneByOneWithTheirLines() throws Exception {
        var found =
                read("<r>\n<a>1</a>text<!-- no -->\n<b x='2'><c/><c>3</c></b><![CDATA[z]]></r>");
        assertThat(found).extracting(XmlElement::name).containsExactly("a", "b");
        assertThat(found).extracting(XmlElement::line).containsExactly(2, 3);
        assertThat(found.get(1).children("c").map(XmlElement::text)).containsExactly("", "3");
        assertThat(found.get(1).childText("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE r SYSTEM \"file:///etc/hostname\"><r><a/></r>",
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><r><a>&x;</a></r>",
                "<!DOCTYPE r [<!ENTITY % x SYSTEM \"http://example.org/\">%x;]><r><a/></r>",
                "<!DOCTYPE r [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><r><a>&b;</a></r>",
                "<r><a>&x;</a></r>",
                "<r><a>",
                "",
                "{}",
            })
    void documentTypesEntitiesAndDamageAreRefused(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(ProblemException.class);
    }

    @Test
    void depthIsBounded() throws Exception {
        assertThat(read("<r>" + "<a>".repeat(29) + "</a>".repeat(29) + "</r>")).hasSize(1);
        assertThatThrownBy(() -> read("<r>" + "<a>".repeat(50_000)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void longTextsAndManyEscapesAreRead() throws Exception {
        var found =
                read(
                        "<r><a b=\""
                                + "0, 1, ".repeat(300_000)
                                + "\">"
                                + "&lt;&#10;x".repeat(300_000)
                                + "</a></r>");
        assertThat(found.getFirst().text()).hasSize(900_000);
        assertThat(found.getFirst().attribute("b")).hasSize(1_800_000);
    }

    @Test
    void aPieceWithoutEndIsNotTakenIntoMemory() {
        assertThatThrownBy(() -> read("<r><a>" + "x".repeat((64 << 20) + 100_000) + "</a></r>"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is longer than");
    }
}
