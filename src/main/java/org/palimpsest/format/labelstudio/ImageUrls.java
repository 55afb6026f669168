package org.palimpsest.format.labelstudio;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import org.palimpsest.format.DatasetImport;

/// Addresses of images as Label Studio has them, and the paths in them.
final class ImageUrls {
    private static final String LOCAL = "?d=";
    private static final String UNRESERVED = "-._~/";

    private ImageUrls() {}

    /// The path in the form that may stand in an address.
    static String encode(String path) {
        var encoded = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }

    /// Where an image may lie here: the path of a local file, the name of one on a server. The server puts eight digits
    /// before the names of uploaded files, which the file here may have or not.
    static String path(DatasetImport data, String address) {
        int local = address.indexOf(LOCAL);
        if (local >= 0) {
            return decode(address.substring(local + LOCAL.length()));
        }
        boolean remote = address.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+://.*");
        String path = remote ? address.replaceFirst("(?s)[?#].*", "") : address;
        boolean uploaded = path.contains("data/upload/");
        if (!remote && !uploaded) {
            return path;
        }
        String name = decode(path.substring(path.lastIndexOf('/') + 1));
        boolean here =
                name.indexOf('\0') < 0
                        && !name.contains("..")
                        && (Files.isRegularFile(data.folder().resolve("images/" + name))
                                || Files.isRegularFile(data.folder().resolve("./" + name)));
        return here ? name : name.replaceFirst("^[0-9a-f]{8}-", "");
    }

    /// Percent signs with two digits become bytes of UTF-8; others stay.
    static String decode(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            String digits =
                    text.substring(Math.min(i + 1, text.length()), Math.min(i + 3, text.length()));
            if (text.charAt(i) == '%' && digits.toLowerCase(Locale.ROOT).matches("[0-9a-f]{2}")) {
                bytes.write(Integer.parseInt(digits, 16));
                i += 3;
            } else {
                int end = text.offsetByCodePoints(i, 1);
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
