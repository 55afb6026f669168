package org.palimpsest.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads whether the person agrees to what was just asked.
final class Confirmation {
    private Confirmation() {}

    /// Whether the next line of standard input is a yes; its end is a no.
    static boolean isGiven(CommandContext context) throws ProblemException {
        var lines =
                new BufferedReader(new InputStreamReader(context.input(), StandardCharsets.UTF_8));
        try {
            String answer = lines.readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The answer cannot be read", String.valueOf(e.getMessage()), ""),
                    e);
        }
    }
}
