package org.palimpsest.imaging;

import java.nio.file.Path;
import java.util.Comparator;

/// The order in which people sort names with numbers in them.
public final class NaturalOrder {
    /// By file name; files of equal names by their whole path.
    public static final Comparator<Path> OF_FILE_NAMES =
            Comparator.comparing(
                            (Path file) -> file.getFileName().toString(), NaturalOrder::compare)
                    .thenComparing(Path::toString);

    private NaturalOrder() {}

    /// Compares runs of digits by their value and all else by character, without regard to case.
    public static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endOfA = endOfDigits(a, i);
                int endOfB = endOfDigits(b, j);
                int order = compareNumbers(a, i, endOfA, b, j, endOfB);
                if (order != 0) {
                    return order;
                }
                i = endOfA;
                j = endOfB;
            } else {
                int order = Character.compare(folded(a.charAt(i)), folded(b.charAt(j)));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int compareNumbers(
            String a, int startOfA, int endOfA, String b, int startOfB, int endOfB) {
        int i = firstOfValue(a, startOfA, endOfA);
        int j = firstOfValue(b, startOfB, endOfB);
        int order = Integer.compare(endOfA - i, endOfB - j);
        for (; order == 0 && i < endOfA; i++, j++) {
            order = Character.compare(a.charAt(i), b.charAt(j));
        }
        return order;
    }

    /// Behind the zeros that say nothing.
    private static int firstOfValue(String text, int start, int end) {
        int at = start;
        while (at < end - 1 && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static char folded(char character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }
}
