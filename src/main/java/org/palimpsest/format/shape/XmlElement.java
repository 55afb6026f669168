package org.palimpsest.format.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An element of an XML file with all that is in it.
///
/// @param text all its own text in a row, as it stands
/// @param line where it begins
public record XmlElement(
        String name,
        Map<String, String> attributes,
        String text,
        List<XmlElement> children,
        int line) {
    public XmlElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /// The value of an attribute; empty where there is none.
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /// The first child of that name.
    public Optional<XmlElement> child(String child) {
        return children(child).findFirst();
    }

    public Stream<XmlElement> children(String child) {
        return children.stream().filter(one -> one.name.equals(child));
    }

    /// The text of the first child of that name, without space around it; empty where there is none.
    public String childText(String child) {
        return child(child).map(one -> one.text.strip()).orElse("");
    }
}
