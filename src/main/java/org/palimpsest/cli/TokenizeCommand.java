package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.palimpsest.paligemma.token.Tokenizer;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Turns texts into token ids, for comparison with other programs.
@Command(
        name = "tokenize",
        description = {
            "Turn texts into token ids.",
            "Reads JSON strings from standard input, one per line, and prints a JSON array of ids for"
                    + " each. Nothing is added: no <bos>, no <eos>, no <image>."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:  echo '\"detect cat\"' | palimpsest model tokenize --tokenizer tokenizer.json"
        })
final class TokenizeCommand implements Callable<Integer> {
    private final CommandContext context;
    private final ObjectMapper json =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Option(
            names = "--tokenizer",
            required = true,
            paramLabel = "FILE",
            description = "A tokenizer.json, a SentencePiece .model or .spm, or a model folder.")
    private Path tokenizer;

    TokenizeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException, IOException {
        try (Tokenizer open = Tokenizers.open(tokenizer)) {
            var lines =
                    new BufferedReader(
                            new InputStreamReader(context.input(), StandardCharsets.UTF_8));
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String text = readString(line, number);
                    context.output().println(json.writeValueAsString(open.encode(text)));
                }
            }
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private String readString(String line, int number) throws ProblemException {
        String remedy =
                "Write one JSON string per line, such as \"detect cat\" with its quotation marks";
        try {
            JsonNode value = json.readTree(line);
            if (value.isTextual()) {
                return value.textValue();
            }
            throw new ProblemException(
                    "The input is not a JSON string",
                    "line " + number + " of standard input",
                    remedy);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    new Problem(
                            "The input is not a JSON string",
                            "line " + number + " of standard input: " + e.getOriginalMessage(),
                            remedy),
                    e);
        }
    }
}
