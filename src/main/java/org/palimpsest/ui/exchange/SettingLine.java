package org.palimpsest.ui.exchange;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.palimpsest.format.FormatSetting;

/// A choice that the format offers, with what is chosen.
public record SettingLine(FormatSetting setting, StringProperty value) {
    SettingLine(FormatSetting setting) {
        this(setting, new SimpleStringProperty(setting.defaultValue()));
    }
}
