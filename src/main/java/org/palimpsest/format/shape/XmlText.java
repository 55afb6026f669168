package org.palimpsest.format.shape;

/// Text made fit to stand in an XML file.
public final class XmlText {
    private XmlText() {}

    /// The text for an element or an attribute in double quotes; line breaks and tabs come back as they are, characters
    /// that XML 1.0 cannot hold become `U+FFFD`.
    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(point -> {
                    switch (point) {
                        case '&' -> escaped.append("&amp;");
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '"' -> escaped.append("&quot;");
                        case '\n' -> escaped.append("&#10;");
                        case '\r' -> escaped.append("&#13;");
                        case '\t' -> escaped.append("&#9;");
                        default -> escaped.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
                    }
                });
        return escaped.toString();
    }

    /// Production 2 of XML 1.0, less what is escaped.
    private static boolean isAllowed(int point) {
        return point >= 0x20 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000;
    }
}
