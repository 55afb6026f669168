package org.palimpsest.paligemma.token;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Settings that must stand before the first use of DJL's tokenizer library.
///
/// DJL reports its use to a server and looks for files on the network unless told not to; it
/// unpacks its native library (15 MB) once into a cache folder.
final class NativeTokenizerLibrary {
    private NativeTokenizerLibrary() {}

    /// Switches tracking and the network off, and names the cache folder. May be called often.
    static void prepare() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        if (System.getProperty("DJL_CACHE_DIR") == null && System.getenv("DJL_CACHE_DIR") == null) {
            System.setProperty("DJL_CACHE_DIR", cacheFolder().resolve("djl").toString());
        }
    }

    private static Path cacheFolder() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.contains("win")) {
            return folder(System.getenv("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve("Palimpsest/cache");
        }
        if (system.contains("mac")) {
            return home.resolve("Library/Caches/palimpsest");
        }
        return folder(System.getenv("XDG_CACHE_HOME"), home.resolve(".cache"))
                .resolve("palimpsest");
    }

    private static Path folder(@Nullable String configured, Path otherwise) {
        return configured == null || configured.isBlank() ? otherwise : Path.of(configured);
    }
}
