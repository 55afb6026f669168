package org.palimpsest.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// transformers.js in a process of its own, which answers one question each time it is asked.
///
/// The script and its packages are in `src/benchmark/js`. Not thread-safe.
public final class JavaScriptProgram implements AutoCloseable {
    private static final String REMEDY =
            "It needs Node.js 20 or newer and npm; see src/benchmark/js/run.js";

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedReader replies;
    private final Writer requests;
    private final Path errors;
    private final double load;
    private long peakMemory;

    private JavaScriptProgram(Process process, Path errors) throws ProblemException {
        this.process = process;
        this.errors = errors;
        this.replies = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        try {
            this.load = reply().get("load_ms").asDouble();
        } catch (ProblemException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    /// What the program runs.
    ///
    /// @param dtypes one name, or three separated by commas: embed_tokens, vision_encoder, decoder_model_merged
    /// @param threads 0 for the engine's own choice
    public record Settings(
            Path model, Path image, String prompt, String dtypes, int threads, int newTokens) {}

    /// The description of an ONNX folder's dtypes (`q4`, or `embed_tokens fp16, vision_encoder fp16, …`) as the script
    /// takes it: one name, or three in the order of the parts.
    public static String dtypes(String description) {
        if (!description.contains(" ")) {
            return description;
        }
        var names = new ArrayList<String>();
        for (String part : List.of("embed_tokens", "vision_encoder", "decoder_model_merged")) {
            for (String entry : description.split(", ", -1)) {
                if (entry.startsWith(part + " ")) {
                    names.add(entry.substring(part.length() + 1));
                }
            }
        }
        return String.join(",", names);
    }

    /// Installs the packages where they are missing, starts the program, and waits until it has answered once.
    ///
    /// @param folder the folder `src/benchmark/js`
    public static JavaScriptProgram start(Path folder, Settings settings, Progress progress)
            throws ProblemException {
        Path script = folder.resolve("run.js");
        if (!Files.isRegularFile(script)) {
            throw new ProblemException(
                    "The JavaScript side of the benchmark is missing",
                    script.toString(),
                    "Run it in a checkout of the project");
        }
        try {
            if (!Files.isDirectory(folder.resolve("node_modules"))) {
                progress.message("Installing transformers.js with npm");
                install(folder);
            }
            progress.message("Starting transformers.js");
            Path errors = Files.createTempFile("palimpsest-benchmark", ".log");
            var command =
                    List.of(
                            "node",
                            script.toAbsolutePath().toString(),
                            "--lines",
                            "--model",
                            settings.model().toAbsolutePath().toString(),
                            "--image",
                            settings.image().toAbsolutePath().toString(),
                            "--prompt",
                            settings.prompt(),
                            "--dtype",
                            settings.dtypes(),
                            "--threads",
                            Integer.toString(settings.threads()),
                            "--new-tokens",
                            Integer.toString(settings.newTokens()));
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectError(errors.toFile())
                            .start();
            return new JavaScriptProgram(process, errors);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "transformers.js could not be started",
                            String.valueOf(e.getMessage()),
                            REMEDY),
                    e);
        }
    }

    // The install scripts would fetch CUDA libraries, which nobody needs here.
    private static void install(Path folder) throws IOException, ProblemException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Process npm =
                new ProcessBuilder(
                                windows ? "npm.cmd" : "npm",
                                "ci",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (npm.waitFor() != 0) {
                throw new ProblemException(
                        "npm could not install transformers.js", lastLine(output), REMEDY);
            }
        } catch (InterruptedException e) {
            npm.destroy();
            Thread.currentThread().interrupt();
            throw new ProblemException("The measurement was cancelled", "", "");
        }
    }

    /// Milliseconds from the files to a model that is ready.
    public double load() {
        return load;
    }

    /// The most memory of the process so far, in bytes.
    public long peakMemory() {
        return peakMemory;
    }

    /// Answers the question once more.
    public TimedAnswer answer() throws ProblemException {
        try {
            requests.write("run\n");
            requests.flush();
        } catch (IOException e) {
            throw failed(e);
        }
        JsonNode reply = reply();
        var decode = new ArrayList<Double>();
        reply.get("decode_ms").forEach(value -> decode.add(value.asDouble()));
        var ids = new ArrayList<Integer>();
        reply.get("token_ids").forEach(value -> ids.add(value.asInt()));
        return new TimedAnswer(
                reply.get("vision_ms").asDouble(),
                reply.get("prefill_ms").asDouble(),
                decode,
                reply.get("total_ms").asDouble(),
                reply.get("sessions_ms").asDouble(),
                reply.get("cpu_ms").asDouble(),
                ids);
    }

    private JsonNode reply() throws ProblemException {
        try {
            String line = replies.readLine();
            if (line == null) {
                throw failed(null);
            }
            JsonNode reply = json.readTree(line);
            peakMemory = Math.max(peakMemory, reply.path("peak_memory_bytes").asLong());
            return reply;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ProblemException failed(@Nullable IOException cause) {
        String said;
        try {
            said = lastLine(Files.readString(errors));
        } catch (IOException e) {
            said = "";
        }
        return new ProblemException(
                new Problem("transformers.js stopped before it had answered", said, REMEDY), cause);
    }

    private static String lastLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.contains("rror"))
                .findFirst()
                .orElseGet(() -> text.strip().lines().reduce("", (_, last) -> last));
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroy();
            }
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
