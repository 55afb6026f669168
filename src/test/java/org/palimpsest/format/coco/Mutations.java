package org.palimpsest.format.coco;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Small changes to JSON text, most of which keep it JSON.
final class Mutations {
    private static final byte[] SIGNS =
            "0123456789-.eE[]{}\",: ntfN".getBytes(StandardCharsets.US_ASCII);

    private Mutations() {}

    /// Changes one place.
    static void mutate(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) random.nextInt();
            case 1 -> bytes[at] = SIGNS[random.nextInt(SIGNS.length)];
            case 2 -> {
                // A digit, which keeps the file JSON.
                for (int i = 0; i < bytes.length; i++) {
                    int place = (at + i) % bytes.length;
                    if (bytes[place] >= '0' && bytes[place] <= '9') {
                        bytes[place] = (byte) ('0' + random.nextInt(10));
                        break;
                    }
                }
            }
            default -> {
                int length = Math.min(random.nextInt(8), bytes.length - at);
                int from = random.nextInt(bytes.length - length + 1);
                System.arraycopy(bytes.clone(), from, bytes, at, length);
            }
        }
    }
}
