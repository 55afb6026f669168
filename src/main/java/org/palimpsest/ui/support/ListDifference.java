package org.palimpsest.ui.support;

import java.util.List;
import javafx.collections.ObservableList;

/// Brings an observable list up to date with as few changes as an edit makes, so that a view of ten thousand rows draws
/// anew only those that differ.
public final class ListDifference {
    private static final int FEW = 100;

    private ListDifference() {}

    /// Makes the first list equal to the second one.
    public static <T> void update(ObservableList<T> shown, List<? extends T> now) {
        int shorter = Math.min(shown.size(), now.size());
        int head = 0;
        while (head < shorter && shown.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && shown.get(shown.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        int oldEnd = shown.size() - tail;
        int newEnd = now.size() - tail;
        if (oldEnd == newEnd && newEnd - head <= FEW) {
            for (int i = head; i < newEnd; i++) {
                if (!shown.get(i).equals(now.get(i))) {
                    shown.set(i, now.get(i));
                }
            }
        } else if (head == 0 && tail == 0) {
            shown.setAll(now);
        } else {
            shown.remove(head, oldEnd);
            shown.addAll(head, now.subList(head, newEnd));
        }
    }
}
