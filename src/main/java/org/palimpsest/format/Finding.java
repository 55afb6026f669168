package org.palimpsest.format;

/// One thing that was noticed while a data set was read or written.
///
/// @param place where: a line of a file, an image
/// @param message what, in words for the person
public record Finding(Severity severity, String place, String message) {

    /// What it meant for the data.
    public enum Severity {
        /// Taken over, though some other program may stumble over it.
        WARNING,
        /// Left out.
        ERROR
    }

    /// The form in which the command line prints it.
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
