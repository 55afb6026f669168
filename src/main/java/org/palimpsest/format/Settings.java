package org.palimpsest.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.palimpsest.problem.ProblemException;

/// Holds chosen settings against those that a format has.
final class Settings {
    private Settings() {}

    /// Every setting of the format with its chosen or default value.
    ///
    /// @throws ProblemException if a chosen one does not exist or cannot have that value
    static Map<String, String> resolve(DatasetFormat format, Map<String, String> chosen)
            throws ProblemException {
        var resolved = new LinkedHashMap<String, String>();
        for (var setting : format.settings()) {
            String value = chosen.getOrDefault(setting.name(), setting.defaultValue());
            if (!setting.values().isEmpty() && !setting.values().contains(value)) {
                throw new ProblemException(
                        "The setting " + setting.name() + " cannot be '" + value + "'",
                        format.title(),
                        "Choose " + String.join(", ", setting.values()));
            }
            resolved.put(setting.name(), value);
        }
        for (var name : chosen.keySet()) {
            if (!resolved.containsKey(name)) {
                throw new ProblemException(
                        format.title() + " has no setting called '" + name + "'",
                        "",
                        format.settings().isEmpty()
                                ? "Leave it away"
                                : "Choose among "
                                        + format.settings().stream()
                                                .map(FormatSetting::name)
                                                .collect(Collectors.joining(", ")));
            }
        }
        return resolved;
    }
}
