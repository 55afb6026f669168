package org.palimpsest.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command that installs NVIDIA's driver on a Linux system.
///
/// As the distributions' own pages give it: help.ubuntu.com (NVIDIA drivers), wiki.debian.org/NvidiaGraphicsDrivers,
/// rpmfusion.org/Howto/NVIDIA, wiki.archlinux.org/title/NVIDIA.
final class DriverCommand {
    private static final Path RELEASE = Path.of("/etc/os-release");
    private static final Map<String, String> BY_SYSTEM =
            Map.of(
                    "ubuntu", "sudo ubuntu-drivers install",
                    "debian", "sudo apt install nvidia-driver",
                    "fedora", "sudo dnf install akmod-nvidia",
                    "arch", "sudo pacman -S nvidia");

    private DriverCommand() {}

    static Optional<String> forThisSystem() {
        try {
            return Files.isReadable(RELEASE) ? in(Files.readAllLines(RELEASE)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// @param release lines of `os-release`: `ID=linuxmint`, `ID_LIKE="ubuntu debian"`
    static Optional<String> in(List<String> release) {
        for (String field : List.of("ID=", "ID_LIKE=")) {
            for (String line : release) {
                if (line.startsWith(field)) {
                    for (String name :
                            line.substring(field.length()).replace("\"", "").split(" ", -1)) {
                        if (BY_SYSTEM.containsKey(name)) {
                            return Optional.ofNullable(BY_SYSTEM.get(name));
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }
}
