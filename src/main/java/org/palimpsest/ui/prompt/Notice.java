package org.palimpsest.ui.prompt;

/// Something to know about an answer, shown beneath it.
///
/// @param severity how much attention it deserves
/// @param title what it is, in one line
/// @param text what it means and what to do
public record Notice(Severity severity, String title, String text) {

    /// How much attention a notice deserves.
    public enum Severity {
        INFORMATION,
        WARNING,
        ERROR
    }
}
