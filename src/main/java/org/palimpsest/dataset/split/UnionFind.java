package org.palimpsest.dataset.split;

/// Sets of numbers that grow together.
final class UnionFind {
    private final int[] parent;

    UnionFind(int size) {
        parent = new int[size];
        for (int i = 0; i < size; i++) {
            parent[i] = i;
        }
    }

    /// The smallest number of the set.
    int find(int number) {
        int at = number;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /// Whether the two were apart.
    boolean union(int one, int other) {
        int first = find(one);
        int second = find(other);
        if (first == second) {
            return false;
        }
        parent[Math.max(first, second)] = Math.min(first, second);
        return true;
    }
}
