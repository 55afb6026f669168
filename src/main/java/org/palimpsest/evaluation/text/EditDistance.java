package org.palimpsest.evaluation.text;

import java.util.HashMap;
import java.util.List;
import java.util.function.ToIntFunction;

/// Levenshtein distance: the fewest insertions, deletions and replacements that turn one sequence into another.
public final class EditDistance {
    private EditDistance() {}

    /// The distance in Unicode code points.
    public static int ofCharacters(String a, String b) {
        return of(a.codePoints().toArray(), b.codePoints().toArray());
    }

    /// The distance in words between blanks.
    public static int ofWords(String a, String b) {
        var numbers = new HashMap<String, Integer>();
        ToIntFunction<String> number = word -> numbers.computeIfAbsent(word, _ -> numbers.size());
        return of(numbers(PythonText.split(a), number), numbers(PythonText.split(b), number));
    }

    private static int[] numbers(List<String> words, ToIntFunction<String> number) {
        return words.stream().mapToInt(number).toArray();
    }

    /// Time and memory grow with what is left after the common beginning and end are cut off.
    static int of(int[] a, int[] b) {
        int start = 0;
        int aEnd = a.length;
        int bEnd = b.length;
        while (start < aEnd && start < bEnd && a[start] == b[start]) {
            start++;
        }
        while (aEnd > start && bEnd > start && a[aEnd - 1] == b[bEnd - 1]) {
            aEnd--;
            bEnd--;
        }
        var row = new int[bEnd - start + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = start; i < aEnd; i++) {
            int diagonal = row[0];
            row[0]++;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a[i] == b[start + j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[row.length - 1];
    }
}
