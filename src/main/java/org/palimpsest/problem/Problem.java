package org.palimpsest.problem;

/// One thing that went wrong, in words for the person.
///
/// @param summary what happened, one sentence without a full stop
/// @param detail where, with what was expected and what was found; may be empty
/// @param remedy what the person can do next; may be empty
public record Problem(String summary, String detail, String remedy) {

    /// The problem in one line, as the command line prints it.
    public String oneLine() {
        var line = new StringBuilder(summary);
        if (!detail.isEmpty()) {
            line.append(": ").append(detail);
        }
        if (!remedy.isEmpty()) {
            line.append(". ").append(remedy);
        }
        return line.toString().replace('\n', ' ');
    }
}
