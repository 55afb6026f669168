package org.palimpsest.format.maskpng;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Names of folders for labels: possible on every system, and different also where case does not count.
final class FolderNames {
    /// Names of devices on Windows.
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");

    private FolderNames() {}

    /// The folder of each label.
    static Map<String, String> of(List<String> labels) {
        var folders = new LinkedHashMap<String, String>();
        var taken = new HashSet<String>();
        for (var label : labels) {
            String wanted = possible(label);
            String folder = wanted;
            for (int number = 2; !taken.add(folder.toLowerCase(Locale.ROOT)); number++) {
                folder = wanted + "-" + number;
            }
            folders.put(label, folder);
        }
        return folders;
    }

    private static String possible(String label) {
        String name = label.replaceAll("[<>:\"/\\\\|?*\\p{Cntrl}]", "_");
        name = name.replaceAll("[. ]+$", "_").replaceFirst("^\\.", "_");
        name = name.substring(0, Math.min(80, name.length()));
        String lower = name.toLowerCase(Locale.ROOT);
        boolean device = RESERVED.contains(lower) || lower.matches("(com|lpt)[0-9].*");
        return device ? "_" + name : name;
    }
}
