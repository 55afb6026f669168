package org.palimpsest.format.coco;

import java.util.Arrays;

/// Which numbers came already; eight bytes and a little for each, so that millions of ids fit.
final class IdSet {
    /// Beyond these, none is remembered: 64 MiB are enough for a warning.
    private static final int MOST = 1 << 22;

    private static final long EMPTY = Long.MIN_VALUE;

    private long[] slots = new long[1 << 10];
    private int used;

    IdSet() {
        Arrays.fill(slots, EMPTY);
    }

    /// Whether the number was not there, or is no more remembered because there are too many.
    boolean add(long id) {
        if (used >= MOST) {
            return true;
        }
        if (2 * used >= slots.length) {
            grow();
        }
        int slot = find(id);
        boolean isNew = slots[slot] == EMPTY;
        if (isNew) {
            slots[slot] = id;
            used++;
        }
        return isNew;
    }

    private int find(long id) {
        int mask = slots.length - 1;
        int slot = Long.hashCode(id * 0x9E3779B97F4A7C15L) & mask;
        while (slots[slot] != EMPTY && slots[slot] != id) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        Arrays.fill(slots, EMPTY);
        for (long id : before) {
            if (id != EMPTY) {
                slots[find(id)] = id;
            }
        }
    }
}
