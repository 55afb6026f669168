package org.palimpsest.paligemma.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.ProblemException;

/// The fields of one JSON object of a configuration, each checked against its bounds before it is given out.
///
/// A field that says `null` counts as absent unless a method says otherwise.
record Fields(Path file, String path, JsonNode object) {

    /// An object nested in this one; empty where it is absent.
    Fields child(String name) throws ProblemException {
        var node = find(name);
        if (node == null) {
            return new Fields(file, path + name + ".", JsonNodeFactory.instance.objectNode());
        }
        if (!node.isObject()) {
            throw wrong(name, "an object", node);
        }
        return new Fields(file, path + name + ".", node);
    }

    boolean has(String name) {
        return object.has(name);
    }

    int size(String name, int max) throws ProblemException {
        var found = optionalSize(name, max);
        if (found.isEmpty()) {
            throw missing(name);
        }
        return found.getAsInt();
    }

    int size(String name, int max, int absent) throws ProblemException {
        return optionalSize(name, max).orElse(absent);
    }

    /// A whole number from 1 to `max`.
    OptionalInt optionalSize(String name, int max) throws ProblemException {
        return optionalInteger(name, 1, max);
    }

    OptionalInt optionalInteger(String name, int min, int max) throws ProblemException {
        var node = find(name);
        if (node == null) {
            return OptionalInt.empty();
        }
        boolean whole =
                node.isIntegralNumber()
                        ? node.canConvertToInt()
                        : node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue());
        double value = node.doubleValue();
        if (!whole || value < min || value > max) {
            throw wrong(name, "a whole number from " + min + " to " + max, node);
        }
        return OptionalInt.of((int) value);
    }

    /// A finite number greater than 0 and at most 1e12.
    OptionalDouble optionalPositive(String name) throws ProblemException {
        var node = find(name);
        if (node == null) {
            return OptionalDouble.empty();
        }
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value > 0 && value <= 1e12)) {
            throw wrong(name, "a positive number", node);
        }
        return OptionalDouble.of(value);
    }

    double positive(String name, double absent) throws ProblemException {
        return optionalPositive(name).orElse(absent);
    }

    /// As [#optionalPositive], but absent and `null` differ: `null` means none, absent means the default.
    OptionalDouble positiveOrNone(String name, double absent) throws ProblemException {
        return has(name) ? optionalPositive(name) : OptionalDouble.of(absent);
    }

    boolean flag(String name, boolean absent) throws ProblemException {
        var node = find(name);
        if (node == null) {
            return absent;
        }
        if (!node.isBoolean()) {
            throw wrong(name, "true or false", node);
        }
        return node.booleanValue();
    }

    Optional<String> text(String name) throws ProblemException {
        var node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw wrong(name, "a text", node);
        }
        return Optional.of(node.textValue());
    }

    /// Three numbers: a list of three, or one number three times.
    Optional<List<Double>> channels(String name) throws ProblemException {
        var node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        var values = new ArrayList<Double>();
        for (int i = 0; i < 3; i++) {
            var element = node.isArray() && node.size() == 3 ? node.get(i) : node;
            if (!element.isNumber() || !(Math.abs(element.doubleValue()) <= 1e12)) {
                throw wrong(name, "a number or three numbers", node);
            }
            values.add(element.doubleValue());
        }
        return Optional.of(values);
    }

    @Nullable JsonNode find(String name) {
        var node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    ProblemException missing(String name) {
        return new ProblemException(
                file.getFileName() + " lacks a field",
                file + ": " + path + name + " is missing",
                "Choose a PaliGemma checkpoint, or download the file again");
    }

    ProblemException wrong(String name, String expected, JsonNode found) {
        String value = found.toString();
        String shown = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        return unsupported(path + name + " should be " + expected + ", found " + shown);
    }

    ProblemException unsupported(String detail) {
        return new ProblemException(
                file.getFileName() + " does not describe a PaliGemma that this program can run",
                file + ": " + detail,
                "Choose a PaliGemma or PaliGemma 2 checkpoint, or download the file again");
    }
}
