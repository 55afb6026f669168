import java.util.Locale;

/// The systems that there are packages for, and how the libraries name them.
enum Target {
    LINUX("linux-x64", "linux-x86_64", "Linux/x86_64"),
    LINUX_ARM("linux-aarch64", "linux-aarch64", "Linux/aarch64"),
    MACOS("osx-aarch64", "osx-aarch64", "Mac/aarch64"),
    WINDOWS("win-x64", "win-x86_64", "Windows/x86_64");

    private final String onnxRuntime;
    private final String djl;
    private final String xerial;

    Target(String onnxRuntime, String djl, String xerial) {
        this.onnxRuntime = onnxRuntime;
        this.djl = djl;
        this.xerial = xerial;
    }

    /// The system that this runs on: jpackage makes packages for no other.
    static Target current() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arm = System.getProperty("os.arch").equals("aarch64");
        if (system.contains("win")) {
            return WINDOWS;
        }
        if (system.contains("mac")) {
            if (!arm) {
                throw new IllegalStateException(
                        "ONNX Runtime has no library for Macs with Intel processors");
            }
            return MACOS;
        }
        return arm ? LINUX_ARM : LINUX;
    }

    String libraryFile(String name) {
        return switch (this) {
            case LINUX, LINUX_ARM -> "lib" + name + ".so";
            case MACOS -> "lib" + name + ".dylib";
            case WINDOWS -> name + ".dll";
        };
    }

    String onnxRuntime() {
        return onnxRuntime;
    }

    String djl() {
        return djl;
    }

    String xerial() {
        return xerial;
    }
}
