package org.palimpsest.evaluation.caption;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often each sequence of one to four words occurs in a caption.
///
/// @param wordCount the caption's length
/// @param byLength the sequences of one word first
record NGrams(int wordCount, List<Map<List<String>, Integer>> byLength) {
    static final int LONGEST = 4;

    static NGrams of(List<String> words) {
        var byLength = new ArrayList<Map<List<String>, Integer>>();
        for (int length = 1; length <= LONGEST; length++) {
            var counts = new LinkedHashMap<List<String>, Integer>();
            for (int start = 0; start + length <= words.size(); start++) {
                counts.merge(List.copyOf(words.subList(start, start + length)), 1, Integer::sum);
            }
            byLength.add(counts);
        }
        return new NGrams(words.size(), byLength);
    }

    /// How many sequences of so many words there are, each as often as it occurs.
    int total(int length) {
        return Math.max(0, wordCount - length + 1);
    }

    Map<List<String>, Integer> ofLength(int length) {
        return byLength.get(length - 1);
    }
}
