package org.palimpsest.format.shape;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads an XML file of any length, one child of the root at a time.
///
/// A document type is refused, so no entity is ever declared or resolved; depth, the number of elements of one child and
/// the length of one piece of text are bounded.
///
/// Belongs to one thread.
public final class XmlElements implements AutoCloseable {
    private static final int DEEPEST = 30;
    private static final int MOST_ELEMENTS = 1_000_000;
    private static final int LONGEST_PIECE = 64 << 20;
    private static final int LONGEST_DECLARATION = 200;
    private static final List<String> COUNTED_ESCAPES =
            List.of(
                    "jdk.xml.maxGeneralEntitySizeLimit",
                    "jdk.xml.totalEntitySizeLimit",
                    "jdk.xml.entityExpansionLimit");
    private static final Pattern DECLARED =
            Pattern.compile("<\\?xml[^>]*encoding=[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

    private final Path file;
    private final InputStream stream;
    private final XMLStreamReader reader;
    private final String root;
    private int elements;

    private XmlElements(Path file, InputStream stream, XMLStreamReader reader, String root) {
        this.file = file;
        this.stream = stream;
        this.reader = reader;
        this.root = root;
    }

    /// Opens a file and reads to its first element.
    ///
    /// @throws ProblemException if it is no XML file, or has a document type
    public static XmlElements open(Path file) throws ProblemException {
        InputStream stream = null;
        try {
            stream =
                    new BoundedPieces(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            var reader = factory().createXMLStreamReader(decoded(stream));
            skipToRoot(reader);
            var opened = new XmlElements(file, stream, reader, reader.getLocalName());
            stream = null;
            return opened;
        } catch (IOException | XMLStreamException | RuntimeException e) {
            throw unreadable(file, e);
        } finally {
            close(stream);
        }
    }

    /// In the encoding of the byte order mark or the XML declaration, else UTF-8. Not left to the parser, which ends at
    /// the first byte that is wrong.
    private static Reader decoded(InputStream stream) throws IOException {
        stream.mark(LONGEST_DECLARATION);
        byte[] first = stream.readNBytes(LONGEST_DECLARATION);
        stream.reset();
        String start = new String(first, StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00FE\u00FF") || start.startsWith("\u00FF\u00FE")) {
            return new InputStreamReader(stream, StandardCharsets.UTF_16);
        }
        if (start.startsWith("\u00EF\u00BB\u00BF")) {
            stream.skipNBytes(3);
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
        }
        var declared = DECLARED.matcher(start);
        return new InputStreamReader(
                stream,
                declared.lookingAt() && Charset.isSupported(declared.group(1))
                        ? Charset.forName(declared.group(1))
                        : StandardCharsets.UTF_8);
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        // These count every &amp; and &#10; of the file as well; entities that could grow are
        // refused.
        for (var limit : COUNTED_ESCAPES) {
            factory.setProperty(limit, "0");
        }
        factory.setXMLResolver((_, system, _, _) -> {
            throw new XMLStreamException("external entities are not read: " + system);
        });
        return factory;
    }

    private static void skipToRoot(XMLStreamReader reader) throws XMLStreamException {
        while (!reader.isStartElement()) {
            refuseDocumentType(reader);
            reader.next();
        }
    }

    private static void refuseDocumentType(XMLStreamReader reader) throws XMLStreamException {
        int event = reader.getEventType();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new XMLStreamException(
                    "it has a document type or entities of its own, which are not read",
                    reader.getLocation());
        }
    }

    /// The name of the root element.
    public String root() {
        return root;
    }

    /// The next child of the root with all that is in it; empty at the end.
    ///
    /// @throws ProblemException if the file is damaged here; nothing more can be read then
    public Optional<XmlElement> next() throws ProblemException {
        try {
            elements = 0;
            while (reader.hasNext()) {
                reader.next();
                refuseDocumentType(reader);
                if (reader.isStartElement()) {
                    return Optional.of(element(1));
                }
            }
            return Optional.empty();
        } catch (XMLStreamException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private XmlElement element(int depth) throws XMLStreamException {
        if (depth > DEEPEST || ++elements > MOST_ELEMENTS) {
            throw new XMLStreamException("it has too many elements", reader.getLocation());
        }
        String name = reader.getLocalName();
        int line = reader.getLocation().getLineNumber();
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        var text = new StringBuilder();
        var children = new ArrayList<XmlElement>();
        while (true) {
            reader.next();
            refuseDocumentType(reader);
            if (reader.isStartElement()) {
                children.add(element(depth + 1));
            } else if (reader.isEndElement()) {
                return new XmlElement(name, attributes, text.toString(), children, line);
            } else if (reader.hasText()
                    && reader.getEventType() != XMLStreamConstants.COMMENT
                    && text.length() < LONGEST_PIECE) {
                text.append(reader.getText());
            }
        }
    }

    @Override
    public void close() {
        close(stream);
    }

    private static void close(@Nullable InputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // It was only read.
        }
    }

    private static ProblemException unreadable(Path file, Exception cause) {
        String reason = String.valueOf(cause.getMessage()).replace('\n', ' ');
        return new ProblemException(
                new Problem(
                        "The XML file cannot be read",
                        file + ": " + reason,
                        "Export it again from the program it comes from"),
                cause);
    }

    /// Ends where no tag begins for too long: a parser takes a piece of text or an attribute whole into memory.
    private static final class BoundedPieces extends FilterInputStream {
        private int length;

        BoundedPieces(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int wanted) throws IOException {
            int count = super.read(buffer, offset, wanted);
            for (int i = 0; i < count; i++) {
                count(buffer[offset + i]);
            }
            return count;
        }

        private void count(int octet) throws IOException {
            length = octet == '<' ? 0 : length + 1;
            if (length > LONGEST_PIECE) {
                throw new IOException("a tag or text is longer than " + LONGEST_PIECE + " bytes");
            }
        }
    }
}
