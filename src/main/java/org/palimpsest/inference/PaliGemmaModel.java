package org.palimpsest.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.CheckpointHash;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.FoundObject;
import org.palimpsest.paligemma.ModelInfo;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.adapter.NamedAdapter;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [PaliGemma] as the service uses it: greedy answers.
final class PaliGemmaModel implements AnsweringModel {
    private static final double MILLION = 1e6;

    /// Those of the last runs; reading one of the largest takes a second.
    private static final int KEPT_ADAPTERS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PaliGemmaModel.class);

    private final PaliGemma model;
    private final DeviceSelection device;
    private final boolean toy;
    private final Map<Path, NamedAdapter> adapters = new LinkedHashMap<>();
    private Optional<Path> adapter;
    private ModelCard card;

    /// @param adapter the one that the model was opened with
    PaliGemmaModel(PaliGemma model, DeviceSelection device, boolean toy, Optional<Path> adapter) {
        this.model = model;
        this.device = device;
        this.toy = toy;
        this.adapter = adapter;
        this.card = card(model.info(), device, toy, adapter);
    }

    @Override
    public boolean useAdapter(Optional<Path> wanted) throws ProblemException {
        if (wanted.equals(adapter)) {
            return true;
        }
        if (!model.isAdaptable()) {
            return false;
        }
        if (wanted.isPresent()) {
            model.useAdapter(adapter(wanted.get()));
        } else {
            model.useAdapter(Optional.empty());
        }
        adapter = wanted;
        card = card(model.info(), device, toy, adapter);
        return true;
    }

    private NamedAdapter adapter(Path folder) throws ProblemException {
        var known = adapters.remove(folder);
        var used = known == null ? NamedAdapter.read(folder, model.config()) : known;
        if (adapters.size() >= KEPT_ADAPTERS) {
            adapters.remove(adapters.keySet().iterator().next());
        }
        adapters.put(folder, used);
        return used;
    }

    private static ModelCard card(
            ModelInfo info, DeviceSelection device, boolean toy, Optional<Path> adapter) {
        return new ModelCard(
                toy ? "Toy model" + adapter(info) : info.name(),
                info.folder(),
                details(info),
                toy,
                info.masks(),
                describe(device.device()),
                device.explanation(),
                checkpoint(info),
                adapter);
    }

    private static String checkpoint(ModelInfo info) {
        try {
            return CheckpointHash.of(info);
        } catch (ProblemException e) {
            LOG.warn("The weights have no hash: {}", e.getMessage());
            return "";
        }
    }

    private static String adapter(ModelInfo info) {
        return info.adapter().map(adapter -> "+" + adapter.name()).orElse("");
    }

    private static String details(ModelInfo info) {
        int side = info.config().vision().imageSize();
        var details = new StringBuilder();
        if (info.parameters() > 0) {
            details.append(count(info.parameters())).append(" parameters, ");
        }
        return details.append(info.dtype())
                .append(", ")
                .append(side)
                .append(" × ")
                .append(side)
                .append(" pixels")
                .toString();
    }

    private static String count(long parameters) {
        return parameters >= 1000 * MILLION
                ? String.format(Locale.ROOT, "%.1f billion", parameters / (1000 * MILLION))
                : String.format(Locale.ROOT, "%.1f million", parameters / MILLION);
    }

    private static String describe(Device device) {
        return switch (device) {
            case Device.Cpu(int threads) -> threads == 0 ? "CPU" : "CPU, " + threads + " threads";
            case Device.Cuda(int index) -> "GPU " + index;
        };
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public ModelAnswer answer(
            Picture picture,
            String imageKey,
            String prompt,
            int maxNewTokens,
            Listener listener,
            Progress progress)
            throws ProblemException {
        var tokens = new int[1];
        var question = new Question(picture, imageKey, prompt);
        Answer answer =
                model.answer(
                        question,
                        GenerationOptions.greedy(maxNewTokens),
                        (_, textSoFar, _) ->
                                listener.token(
                                        textSoFar, ++tokens[0], complete(question, textSoFar)),
                        Optional.empty(),
                        progress);
        return convert(answer);
    }

    private List<ArrivingObject> complete(Question question, String textSoFar) {
        return model.complete(question, textSoFar).stream()
                .map(object -> new ArrivingObject(object.label(), object.box()))
                .toList();
    }

    @Override
    public ModelAnswer read(Picture picture, String prompt, String text) throws ProblemException {
        return convert(model.read(Question.of(picture, prompt), text));
    }

    private static List<AnswerToken> tokens(Generation generation) {
        var tokens = new ArrayList<AnswerToken>();
        int start = 0;
        for (int i = 0; i < generation.tokenIds().length; i++) {
            int end = generation.textEnds()[i];
            tokens.add(new AnswerToken(start, end, generation.confidences()[i]));
            start = end;
        }
        return tokens;
    }

    private static ModelAnswer convert(Answer answer) {
        var generation = answer.generation();
        List<ModelAnswer.FoundShape> shapes =
                answer.objects().stream().map(PaliGemmaModel::convert).toList();
        var end =
                switch (generation.finishReason()) {
                    case END_OF_SEQUENCE -> ModelAnswer.End.COMPLETE;
                    case LENGTH -> ModelAnswer.End.LIMIT;
                    case CANCELLED -> ModelAnswer.End.CANCELLED;
                };
        int tokens = generation.tokenIds().length;
        double decodeSeconds = generation.timings().decode() / 1000;
        double tokensPerSecond = tokens > 1 && decodeSeconds > 0 ? (tokens - 1) / decodeSeconds : 0;
        return new ModelAnswer(
                generation.text(),
                answer.output(),
                shapes,
                tokens(generation),
                end,
                new AnswerSpeed(tokens, generation.timings().total() / 1000, tokensPerSecond));
    }

    private static ModelAnswer.FoundShape convert(FoundObject object) {
        return new ModelAnswer.FoundShape(
                object.label(), object.box(), object.score(), object.edges(), object.mask());
    }

    @Override
    public int[] encodeMask(Mask mask, Box box) throws ProblemException {
        var codec = model.masks();
        if (codec.isEmpty()) {
            throw new ProblemException(
                    "This model cannot write masks",
                    card.folder().toString(),
                    model.info().maskNote());
        }
        return codec.get().encode(mask, box);
    }

    @Override
    public void close() {
        model.close();
    }
}
