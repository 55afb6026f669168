package org.palimpsest.batch.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.paligemma.token.PromptTokens;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.storage.Folders;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.Trainer;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.TrainingRun;
import org.palimpsest.training.data.EncodedExample;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.data.ExampleEncoder;
import org.palimpsest.training.report.DataFacts;
import org.palimpsest.training.report.EventLog;
import org.palimpsest.training.report.RunRecord;

/// A fine-tuning with its data read and checked: says what it would learn and how much memory that takes, and trains.
///
/// The command line and the window do the same with it. Belongs to one thread; cancellation through the progress may come
/// from any.
public final class FittingSession {
    private static final String MASK_FILE = "vae-oid.npz";
    private static final int ASKED_BETWEEN_STEPS = 50;
    private static final int ASKED_TOGETHER = 4;

    /// The bundled model and others of a few million parameters are below.
    private static final int SMALL_HIDDEN_DIM = 512;

    private final Request request;
    private final Place place;
    private final FittingData data;
    private final TrainingRun run;

    /// What is wanted.
    ///
    /// @param model a Hugging Face folder or a Keras preset
    /// @param folder of the adapter, and of everything else that the run leaves
    /// @param baseModel what the adapter calls its model; empty for the model's folder
    /// @param asks whether the model is asked before, while and after it is trained, where something is held out
    /// @param options how the model that is asked is opened
    public record Request(
            Path model,
            Path folder,
            FittingSettings settings,
            String baseModel,
            boolean asks,
            OpenOptions options) {

        /// The model is asked before, while and after, and is called by its folder.
        public static Request of(Path model, Path folder, FittingSettings settings) {
            return new Request(model, folder, settings, "", true, OpenOptions.standard());
        }
    }

    /// Where it is computed; the runtime stays the caller's.
    public record Place(OnnxRuntime runtime, Device device) {}

    /// Reads what is to be learnt.
    @FunctionalInterface
    public interface Source {
        /// @param masks turns masks into codes, where the model has such
        FittingData read(Optional<MaskEncoder> masks, Progress progress) throws ProblemException;
    }

    private FittingSession(Request request, Place place, FittingData data, TrainingRun run) {
        this.request = request;
        this.place = place;
        this.data = data;
        this.run = run;
    }

    /// Reads the data and leaves out what cannot be trained on, which becomes a finding.
    ///
    /// @throws ProblemException if the model cannot be trained, there is nothing to learn, or a setting is out of its range
    public static FittingSession prepare(
            Request request, Place place, Source source, Progress progress)
            throws ProblemException {
        var config = requireTrainable(request.model());
        var data = usable(request, config, read(request, place, source, progress), progress);
        boolean small = config.text().hiddenDim() <= SMALL_HIDDEN_DIM;
        return new FittingSession(request, place, data, run(request, data, small));
    }

    /// What the model is, if it can be trained.
    ///
    /// @throws ProblemException if it cannot
    public static PaliGemmaConfig requireTrainable(Path model) throws ProblemException {
        var config = ConfigReader.read(model);
        if (config.conventions().layout() == CheckpointLayout.ONNX) {
            throw new ProblemException(
                    "An ONNX folder cannot be trained",
                    model.toString(),
                    "Name the Hugging Face folder or the Keras preset that it was made of");
        }
        return config;
    }

    /// Makes sure that nothing but an earlier run lies in a folder.
    public static void requireFreeFolder(Path folder) throws ProblemException {
        try {
            if (Files.isDirectory(folder)
                    && !Folders.isEmpty(folder)
                    && !Files.exists(folder.resolve(EventLog.FILE))
                    && !Files.exists(folder.resolve(RunRecord.FILE))) {
                throw new ProblemException(
                        "There is something else in the folder already",
                        folder.toString(),
                        "Name a new folder, or one of an earlier run to go on with it");
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The folder cannot be read", folder + ": " + e, ""), e);
        }
    }

    private static FittingData read(Request request, Place place, Source source, Progress progress)
            throws ProblemException {
        Path file = request.options().maskFile().orElse(request.model().resolve(MASK_FILE));
        if (!Files.isRegularFile(file)) {
            return source.read(Optional.empty(), progress);
        }
        try (var codec = MaskCodec.open(file, place.runtime(), new Device.Cpu(0))) {
            MaskEncoder encoder = codec::encode;
            return source.read(Optional.of(encoder), progress);
        }
    }

    private static FittingData usable(
            Request request, PaliGemmaConfig config, FittingData read, Progress progress)
            throws ProblemException {
        try (var tokenizer = Tokenizers.open(request.model())) {
            var encoder =
                    new ExampleEncoder(
                            new PromptTokens(tokenizer, config), request.settings().maxTokens());
            var findings = new ArrayList<>(read.findings());
            var training = encoder.encode(read.training(), progress);
            findings.addAll(training.report().sentences());
            List<Example> validation = List.of();
            if (!read.validation().isEmpty()) {
                var encoded = encoder.encode(read.validation(), progress);
                encoded.report().sentences().forEach(one -> findings.add("validation: " + one));
                validation = encoded.examples().stream().map(EncodedExample::example).toList();
            }
            return new FittingData(
                    read.source(),
                    read.division(),
                    training.examples().stream().map(EncodedExample::example).toList(),
                    validation,
                    read.validationImages(),
                    read.kinds(),
                    findings);
        }
    }

    private static TrainingRun run(Request request, FittingData data, boolean small)
            throws ProblemException {
        try {
            return new TrainingRun(
                    request.model(),
                    request.folder(),
                    data.training(),
                    data.validation(),
                    request.settings().config(data.training().size(), small));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            "A setting is out of its range",
                            String.valueOf(e.getMessage()),
                            "Choose another value"),
                    e);
        }
    }

    /// What is learnt and held out, with what was noticed about it.
    public FittingData data() {
        return data;
    }

    /// What is computed.
    public TrainingRun run() {
        return run;
    }

    /// How much is trained and how much memory that takes; nothing is written.
    ///
    /// @throws ProblemException if it does not fit into the memory there is
    public TrainingEvent.Started estimate(Progress progress) throws ProblemException {
        try (var trainer = Trainer.open(run, place.runtime(), place.device(), progress)) {
            return new TrainingEvent.Started(
                    0,
                    run.config().steps(),
                    run.training().size(),
                    run.validation().size(),
                    trainer.trainedValues(),
                    trainer.estimatedBytes(),
                    trainer.recomputes());
        }
    }

    /// Trains, with figures before, while and after, and writes the adapter. What is there is kept when it is cancelled; the
    /// same call goes on from there.
    ///
    /// @param listener hears every event after it was written to the log
    public Fitting.Outcome train(Consumer<TrainingEvent> listener, Progress progress)
            throws ProblemException {
        return train(listener, () -> false, progress);
    }

    /// As [#train(Consumer, Progress)], with another way to end it.
    ///
    /// @param enough whether training is to end with the best there is, which is then judged as after the last step
    public Fitting.Outcome train(
            Consumer<TrainingEvent> listener, BooleanSupplier enough, Progress progress)
            throws ProblemException {
        requireFreeFolder(request.folder());
        var origin =
                new DataFacts.Origin(data.source(), data.division(), data.kinds(), data.findings());
        progress.message("Hashing the images");
        var facts = DataFacts.of(origin, run.training(), run.validation(), progress);
        boolean asks = request.asks() && !run.validation().isEmpty();
        try (var open = asks ? open(request.model(), progress) : null) {
            Optional<AdaptableModel> asked =
                    open == null ? Optional.empty() : Optional.of(adaptable(open, progress));
            String base =
                    request.baseModel().isEmpty()
                            ? request.model().toString()
                            : request.baseModel();
            return Fitting.run(
                    new Fitting.Plan(run, facts, base, asked, enough),
                    (what, validation, heard, watched) ->
                            Trainer.fit(
                                    what,
                                    place.runtime(),
                                    place.device(),
                                    validation,
                                    heard,
                                    watched),
                    LearntFiles::write,
                    listener,
                    progress);
        }
    }

    private PaliGemma open(Path folder, Progress progress) throws ProblemException {
        return PaliGemma.open(
                folder,
                place.runtime(),
                place.device(),
                request.options().withAdaptable(true),
                progress);
    }

    private AdaptableModel adaptable(PaliGemma open, Progress progress) throws ProblemException {
        int tokens = request.settings().maxTokens();
        AdaptableModel.ModelFolders others = other -> open(other, progress);
        if (data.validationImages().isPresent()) {
            var tasks = ProjectJudge.tasksOf(data.training());
            var judge =
                    ProjectJudge.of(data.validationImages().get(), tasks, tokens, ASKED_TOGETHER);
            return new AdaptableModel(
                    open, open::useAdapter, others, judge.limited(ASKED_BETWEEN_STEPS), judge);
        }
        var judge = new ExampleJudge(data.validation(), tokens, ASKED_TOGETHER);
        return new AdaptableModel(
                open, open::useAdapter, others, judge.limited(ASKED_BETWEEN_STEPS), judge);
    }
}
