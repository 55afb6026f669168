package org.palimpsest.training.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.TrainingEvent;

/// The events of a run, one JSON object a line, added to `events.jsonl` as they come. A run that goes on after it was
/// stopped adds to the same file.
///
/// Belongs to one thread.
public final class EventLog implements AutoCloseable {
    public static final String FILE = "events.jsonl";

    /// More than any run has.
    private static final int MAX_EVENTS = 10_000_000;

    private final Path file;
    private final OutputStream stream;

    private EventLog(Path file, OutputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /// Opens the log of a folder, which must be there, for adding to it; the caller closes it.
    public static EventLog open(Path folder) throws ProblemException {
        Path file = folder.resolve(FILE);
        try {
            boolean torn = endsWithinALine(file);
            var stream =
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (torn) {
                stream.write('\n');
            }
            return new EventLog(file, stream);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static boolean endsWithinALine(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (var channel = Files.newByteChannel(file)) {
            channel.position(channel.size() - 1);
            var last = ByteBuffer.allocate(1);
            channel.read(last);
            return last.get(0) != '\n';
        }
    }

    /// Adds one event; it is in the file when this returns.
    public void add(TrainingEvent event) throws ProblemException {
        try {
            stream.write((EventJson.line(event) + "\n").getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /// The events of a folder's run as if it had never been stopped: what a killed run did behind its last checkpoint is
    /// left out, because it was done again. Lines that are none are skipped. Empty where there is no log.
    public static List<TrainingEvent> read(Path folder) throws ProblemException {
        Path file = folder.resolve(FILE);
        var events = new ArrayList<TrainingEvent>();
        if (!Files.isRegularFile(file)) {
            return events;
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine();
                    line != null && events.size() < MAX_EVENTS;
                    line = reader.readLine()) {
                var event = EventJson.read(line);
                if (event.isPresent()) {
                    if (event.get() instanceof TrainingEvent.Started started) {
                        events.removeIf(earlier -> isBehind(earlier, started.firstStep()));
                    }
                    events.add(event.get());
                }
            }
        } catch (MalformedInputException e) {
            return events;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The events of the run cannot be read", file + ": " + e, ""), e);
        }
        return events;
    }

    private static boolean isBehind(TrainingEvent event, int step) {
        return switch (event) {
            case TrainingEvent.Started _ -> step == 0;
            case TrainingEvent.StepCompleted done -> done.step() > step;
            case TrainingEvent.Evaluated done -> step == 0 || done.step() > step;
            case TrainingEvent.CheckpointSaved done -> done.step() > step;
            case TrainingEvent.Finished _ -> true;
        };
    }

    private static ProblemException cannotWrite(Path file, IOException e) {
        return new ProblemException(
                new Problem(
                        "The events of the run cannot be written",
                        file + ": " + e.getMessage(),
                        "Check that the disk has room and is writable"),
                e);
    }

    @Override
    public void close() throws ProblemException {
        try {
            stream.close();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }
}
