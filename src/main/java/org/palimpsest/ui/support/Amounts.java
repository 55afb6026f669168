package org.palimpsest.ui.support;

import java.util.Set;

/// Amounts of bytes and of numbers in words, in the person's language. Thread-safe.
public final class Amounts {
    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;
    private static final double MYRIAD = 1e4;
    private static final Set<String> MYRIADS = Set.of("ja", "zh");

    private Amounts() {}

    /// `6.2 GB`, `4.9 MB`, `12 kB`.
    public static String bytes(long bytes) {
        if (bytes >= GIGA / 10) {
            return Texts.get("support.amount.GB", bytes / GIGA);
        }
        return bytes >= MEGA / 10
                ? Texts.get("support.amount.MB", bytes / MEGA)
                : Texts.get("support.amount.kB", Math.ceil(bytes / KILO));
    }

    /// `2.4 million`, `2.9 billion`; in Japanese and Chinese `243 万`, `29.2 億`, as these count in ten thousands.
    public static String count(long number) {
        boolean myriads = MYRIADS.contains(Texts.locale().getLanguage());
        if (number >= GIGA) {
            return Texts.get("support.amount.billions", number / (myriads ? GIGA / 10 : GIGA));
        }
        return number >= MEGA / 10
                ? Texts.get("support.amount.millions", number / (myriads ? MYRIAD : MEGA))
                : Texts.get("support.amount.number", number);
    }

    /// `0.8 s`, `340 ms`.
    public static String time(double milliseconds) {
        return milliseconds >= KILO
                ? Texts.get("support.amount.seconds", milliseconds / KILO)
                : Texts.get("support.amount.milliseconds", milliseconds);
    }
}
