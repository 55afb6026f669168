package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.palimpsest.benchmark.MachineLimits;
import org.palimpsest.benchmark.ModelCost;
import org.palimpsest.benchmark.TimedAnswer;
import org.palimpsest.benchmark.TimedRun;
import org.palimpsest.paligemma.ModelInfo;

/// Collects what a benchmark measured and prints it, as a table or as one JSON object.
final class BenchmarkReport {
    private static final double GIBIBYTE = 1L << 30;

    private final PrintStream output;
    private final boolean asJson;
    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode root = json.createObjectNode();
    private final List<String> lines = new ArrayList<>();
    private @Nullable TimedRun first;
    private @Nullable TimedRun theirs;
    private String section = "default";
    private int runsInSection;

    BenchmarkReport(PrintStream output, boolean asJson) {
        this.output = output;
        this.asJson = asJson;
    }

    void model(ModelInfo info) {
        root.put("model", info.name()).put("device", info.device().label());
        root.put("dtype", info.dtype()).put("compute_type", info.computeType());
        lines.add(
                format(
                        "%s, %s, weights %s, computed %s, on %s",
                        info.name(),
                        info.layout().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        info.dtype(),
                        info.computeType().startsWith("as ")
                                ? info.computeType()
                                : "in " + info.computeType(),
                        info.device().label()));
        lines.add("");
        header();
    }

    private void header() {
        lines.add(
                format(
                        "%-16s %9s %9s %9s %9s %9s %9s %9s %8s",
                        "",
                        "vision",
                        "prefill",
                        "decode",
                        "(mean)",
                        "total",
                        "own work",
                        "CPU",
                        "tok/s"));
    }

    /// What follows ran on the graphs as they were published.
    void unedited() {
        section = "unedited";
        runsInSection = 0;
        lines.add("");
        lines.add("The decoder as it was published, unedited:");
        header();
    }

    /// A program's answers; the second one in a section is compared with the first.
    void run(TimedRun run) {
        TimedAnswer fastest = run.fastest();
        lines.add(
                format(
                        "%-16s %9.1f %9.1f %9.2f %9.2f %9.1f %9.2f %9.1f %8.1f",
                        run.program(),
                        run.best(TimedAnswer::vision),
                        run.best(TimedAnswer::prefill),
                        run.best(TimedAnswer::fastestDecode),
                        run.best(TimedAnswer::meanDecode),
                        fastest.total(),
                        run.best(TimedAnswer::overhead),
                        run.best(TimedAnswer::processor),
                        run.tokensPerSecond()));
        ObjectNode entry = section().putObject(run.program());
        entry.put("load_ms", run.load()).put("peak_memory_bytes", run.peakMemory());
        entry.put("vision_ms", run.best(TimedAnswer::vision));
        entry.put("prefill_ms", run.best(TimedAnswer::prefill));
        put(entry, "decode_ms", run.best(TimedAnswer::fastestDecode));
        put(entry, "decode_mean_ms", run.best(TimedAnswer::meanDecode));
        entry.put("total_ms", fastest.total());
        entry.put("overhead_ms", run.best(TimedAnswer::overhead));
        entry.put("processor_ms", run.best(TimedAnswer::processor));
        var ids = entry.putArray("token_ids");
        run.tokenIds().forEach(ids::add);
        runsInSection++;
        if (runsInSection == 1 || first == null) {
            first = run;
            memory(run, entry);
        } else {
            theirs = run;
            compare(first, run);
        }
    }

    private void memory(TimedRun run, ObjectNode entry) {
        double share = run.best(answer -> answer.overhead() / answer.total());
        entry.put("overhead_share", share);
        lines.add(
                format(
                        "%-16s loaded in %.0f ms, own work %.1f %% of an answer, peak memory %.2f GiB",
                        "", run.load(), 100 * share, run.peakMemory() / GIBIBYTE));
    }

    private void compare(TimedRun ours, TimedRun theirs) {
        ObjectNode ratios = section().putObject("ratios");
        lines.add(
                format(
                        "%-16s loaded in %.0f ms, peak memory %.2f GiB",
                        "", theirs.load(), theirs.peakMemory() / GIBIBYTE));
        double vision = ratio(ratios, "vision", ours, theirs, TimedAnswer::vision);
        double prefill = ratio(ratios, "prefill", ours, theirs, TimedAnswer::prefill);
        double decode = ratio(ratios, "decode", ours, theirs, TimedAnswer::fastestDecode);
        double mean = ratio(ratios, "decode_mean", ours, theirs, TimedAnswer::meanDecode);
        double total = ratio(ratios, "total", ours, theirs, TimedAnswer::total);
        double processor = ratio(ratios, "processor", ours, theirs, TimedAnswer::processor);
        lines.add(
                format(
                        "%-16s %9.2f %9.2f %9.2f %9.2f %9.2f %9s %9.2f",
                        "ratio", vision, prefill, decode, mean, total, "", processor));
        double memory = (double) ours.peakMemory() / theirs.peakMemory();
        double load = ours.load() / theirs.load();
        boolean same = ours.tokenIds().equals(theirs.tokenIds());
        ratios.put("peak_memory", memory).put("load", load).put("same_tokens", same);
        lines.add(
                format(
                        "%-16s peak memory %.2f, load %.2f, tokens %s",
                        "", memory, load, same ? "identical" : "DIFFERENT"));
    }

    private static double ratio(
            ObjectNode ratios,
            String name,
            TimedRun ours,
            TimedRun theirs,
            ToDoubleFunction<TimedAnswer> value) {
        double ratio = ours.best(value) / theirs.best(value);
        put(ratios, name, ratio);
        return ratio;
    }

    /// Further prompts on the image of the first: the vision encoder is skipped.
    void again(TimedRun run) {
        TimedAnswer fastest = run.fastest();
        lines.add(
                format(
                        "%-16s %9.1f %9.1f %9.2f %9.2f %9.1f",
                        run.program(),
                        fastest.vision(),
                        run.best(TimedAnswer::prefill),
                        run.best(TimedAnswer::fastestDecode),
                        run.best(TimedAnswer::meanDecode),
                        fastest.total()));
        ObjectNode entry = root.putObject("same_image_again");
        entry.put("vision_ms", fastest.vision()).put("prefill_ms", fastest.prefill());
        entry.put("total_ms", fastest.total());
        TimedRun other = theirs;
        if (other != null) {
            double ratio = fastest.total() / other.fastest().total();
            entry.put("ratio_to_their_answer", ratio);
            lines.add(format("%-16s %39s %9.2f of their whole answer", "", "", ratio));
        }
    }

    /// @param decodeBytes what one further token reads
    void limits(MachineLimits limits, int threads, ModelCost cost, long decodeBytes) {
        TimedRun run = first;
        if (run == null) {
            throw new IllegalStateException("The limits come after a run");
        }
        double vision = cost.visionOperations() / (run.best(TimedAnswer::vision) / 1e3);
        double prefill = cost.prefillOperations() / (run.best(TimedAnswer::prefill) / 1e3);
        double decode = decodeBytes / (run.best(TimedAnswer::fastestDecode) / 1e3);
        double peak = limits.floatOperationsPerSecond();
        double bandwidth = limits.bytesPerSecond();
        lines.add("");
        lines.add(
                format(
                        "This machine with %d threads, measured now: memory read %.1f GB/s, float32"
                                + " product %.0f GFLOP/s, 8-bit product %.0f GOP/s",
                        threads,
                        bandwidth / 1e9,
                        peak / 1e9,
                        limits.int8OperationsPerSecond() / 1e9));
        lines.add(
                format(
                        "Shares of them: vision %.0f %% of the float32 product, prefill %.0f %% of it"
                                + " (%.0f %% of the 8-bit product), decode %.0f %% of the memory"
                                + " (%.2f GB a token)",
                        100 * vision / peak,
                        100 * prefill / peak,
                        100 * prefill / limits.int8OperationsPerSecond(),
                        100 * decode / bandwidth,
                        decodeBytes / 1e9));
        root.putObject("machine")
                .put("threads", threads)
                .put("read_bytes_per_second", bandwidth)
                .put("float32_operations_per_second", peak)
                .put("int8_operations_per_second", limits.int8OperationsPerSecond());
        ObjectNode shares = root.putObject("shares");
        shares.put("vision_of_float32", vision / peak);
        shares.put("prefill_of_float32", prefill / peak);
        shares.put("prefill_of_int8", prefill / limits.int8OperationsPerSecond());
        put(shares, "decode_of_read", decode / bandwidth);
    }

    void print() {
        if (asJson) {
            try {
                output.println(json.writeValueAsString(root));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A report has no JSON form", e);
            }
        } else {
            lines.forEach(output::println);
        }
        output.flush();
    }

    private ObjectNode section() {
        return root.has(section) ? (ObjectNode) root.get(section) : root.putObject(section);
    }

    /// A dash stands where an answer ended with its first token, so that there is no decoding to speak of.
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace("NaN", "  –");
    }

    /// JSON has no NaN: what was not measured is null.
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
