package org.palimpsest.ui.settings;

import de.saxsys.mvvmfx.ViewModel;

/// What the pages of settings show and change.
///
/// Confined to the interface's thread.
public final class SettingsViewModel implements ViewModel {
    private final Preferences preferences;

    public SettingsViewModel(Preferences preferences) {
        this.preferences = preferences;
    }

    Preferences preferences() {
        return preferences;
    }
}
