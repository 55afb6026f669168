package org.palimpsest.format;

import java.util.List;

/// A choice that a format offers.
///
/// @param name as in `--set name=value`
/// @param description what it changes, one sentence
/// @param defaultValue what holds where nothing is chosen
/// @param values the possible values; empty where any text may stand
public record FormatSetting(
        String name, String description, String defaultValue, List<String> values) {
    public FormatSetting {
        values = List.copyOf(values);
    }
}
