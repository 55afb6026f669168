package org.palimpsest.format.jsonl;

/// A set of 64-bit numbers with one byte each, in little more memory than the numbers themselves.
///
/// Belongs to one thread.
public final class LongSet {
    private static final int START = 1 << 10;

    private long[] keys = new long[START];
    private byte[] values = new byte[START];
    private int size;

    /// Adds a number, or leaves it as it is.
    ///
    /// @param value above 0
    /// @return the value that the number has had before, 0 where it was not there
    public byte putIfAbsent(long key, byte value) {
        if (value <= 0) {
            throw new IllegalArgumentException("Not above 0: " + value);
        }
        int slot = slot(key);
        byte known = values[slot];
        if (known == 0) {
            keys[slot] = key;
            values[slot] = value;
            size++;
            if (size > keys.length / 2) {
                grow();
            }
        }
        return known;
    }

    /// Adds a number; false where it was there.
    public boolean add(long key) {
        return putIfAbsent(key, (byte) 1) == 0;
    }

    public boolean contains(long key) {
        return values[slot(key)] != 0;
    }

    private int slot(long key) {
        // Fibonacci hashing: the golden ratio spreads the keys, the upper bits are the best.
        long spread = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (spread >>> 33) & (keys.length - 1);
        while (values[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        byte[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new byte[2 * oldValues.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /// A hash of texts, with the places where one ends and the next begins; the chance that two of a million are equal
    /// by accident is below one in ten million.
    public static long hash(String... texts) {
        long hash = 0xcbf29ce484222325L;
        for (var text : texts) {
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
                hash ^= hash >>> 29;
            }
            hash = (hash ^ 0x1_0000) * 0x100000001b3L;
        }
        return hash;
    }
}
