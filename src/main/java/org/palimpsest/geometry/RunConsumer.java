package org.palimpsest.geometry;

/// Takes one horizontal run of mask pixels: row `y`, columns `xStart` to `xEnd` exclusive.
@FunctionalInterface
public interface RunConsumer {
    void accept(int y, int xStart, int xEnd);
}
