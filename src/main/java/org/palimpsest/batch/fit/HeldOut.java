package org.palimpsest.batch.fit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Chooses which images are held out: those whose hash with the seed is smallest, so that the choice does not hang on the
/// order of the images, and few change sides when some are added.
final class HeldOut {
    private HeldOut() {}

    /// The keys that are held out. Equal keys, such as the contents of the same picture under two names, are one.
    static Set<String> of(Collection<String> keys, FittingData.HoldOut holdOut) {
        var ordered = new TreeMap<String, String>();
        keys.forEach(key -> ordered.put(hash(holdOut.seed() + "\n" + key), key));
        int count = (int) Math.rint(ordered.size() * holdOut.share());
        if (holdOut.share() > 0 && ordered.size() > 1) {
            count = Math.clamp(count, 1, ordered.size() - 1);
        }
        return new HashSet<>(List.copyOf(ordered.values()).subList(0, count));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
