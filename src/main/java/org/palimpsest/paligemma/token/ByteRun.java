package org.palimpsest.paligemma.token;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Byte pieces that follow each other and together may spell characters.
final class ByteRun {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(int value) {
        bytes.write(value);
    }

    /// Appends the characters; U+FFFD for every single byte that belongs to none, as SentencePiece
    /// does it (src/sentencepiece_processor.cc, v0.2.0, `ProcessBytePieces`).
    void flushInto(StringBuilder text) {
        if (bytes.size() == 0) {
            return;
        }
        var input = ByteBuffer.wrap(bytes.toByteArray());
        bytes.reset();
        var output = CharBuffer.allocate(input.remaining());
        var decoder =
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        while (input.hasRemaining()) {
            CoderResult result = decoder.decode(input, output, true);
            if (result.isError()) {
                input.get();
                output.put('\uFFFD');
                decoder.reset();
            }
        }
        text.append(output.flip());
    }
}
