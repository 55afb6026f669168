package org.palimpsest.imaging;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The image formats that are read, told apart by their first bytes.
enum ImageFormat {
    JPEG("jpeg", "jpg", "jpeg", "jpe", "jfif"),
    PNG("png", "png"),
    WEBP("webp", "webp"),
    TIFF("tiff", "tif", "tiff"),
    BMP("bmp", "bmp", "dib"),
    GIF("gif", "gif");

    /// How many bytes [#ofFirstBytes] wants to see.
    static final int FIRST_BYTES = 16;

    private final String imageIoName;
    private final List<String> extensions;

    ImageFormat(String imageIoName, String... extensions) {
        this.imageIoName = imageIoName;
        this.extensions = List.of(extensions);
    }

    /// The name under which ImageIO knows it.
    String imageIoName() {
        return imageIoName;
    }

    static Optional<ImageFormat> ofFirstBytes(byte[] bytes) {
        if (begins(bytes, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        }
        if (begins(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return Optional.of(PNG);
        }
        if (begins(bytes, 'R', 'I', 'F', 'F') && textAt(bytes, 8).equals("WEBP")) {
            return Optional.of(WEBP);
        }
        if (begins(bytes, 'I', 'I', 42, 0)
                || begins(bytes, 'M', 'M', 0, 42)
                || begins(bytes, 'I', 'I', 43, 0)
                || begins(bytes, 'M', 'M', 0, 43)) {
            return Optional.of(TIFF);
        }
        if (begins(bytes, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        }
        return begins(bytes, 'B', 'M') ? Optional.of(BMP) : Optional.empty();
    }

    /// Whether these are the first bytes of an HEIC or AVIF file, which phones write.
    static boolean isHeic(byte[] bytes) {
        return textAt(bytes, 4).equals("ftyp");
    }

    static boolean hasKnownExtension(Path file) {
        Path name = file.getFileName();
        if (name == null) {
            return false;
        }
        String text = name.toString().toLowerCase(Locale.ROOT);
        int dot = text.lastIndexOf('.');
        return dot > 0
                && Arrays.stream(values())
                        .anyMatch(format -> format.extensions.contains(text.substring(dot + 1)));
    }

    private static boolean begins(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static String textAt(byte[] bytes, int offset) {
        return bytes.length < offset + 4
                ? ""
                : new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
    }
}
