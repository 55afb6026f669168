package org.palimpsest.format;

import java.util.Optional;

/// One thing that was noticed while a data set was read or written.
///
/// @param place where: a line of a file, an image
/// @param message what, in words for the person
/// @param image the image that it is about, as the data set names it, where it is about one
public record Finding(Severity severity, String place, String message, Optional<String> image) {

    /// A finding that names no image but perhaps in its place.
    public Finding(Severity severity, String place, String message) {
        this(severity, place, message, Optional.empty());
    }

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
