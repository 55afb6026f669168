package org.palimpsest.inference;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.FoundObject;
import org.palimpsest.paligemma.ModelInfo;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceSelection;

/// A [PaliGemma] as the service uses it: greedy answers.
final class PaliGemmaModel implements AnsweringModel {
    private static final double MILLION = 1e6;

    private final PaliGemma model;
    private final ModelCard card;

    PaliGemmaModel(PaliGemma model, DeviceSelection device, boolean toy) {
        this.model = model;
        this.card = card(model.info(), device, toy);
    }

    private static ModelCard card(ModelInfo info, DeviceSelection device, boolean toy) {
        return new ModelCard(
                toy ? "Toy model" + adapter(info) : info.name(),
                info.folder(),
                details(info),
                toy,
                info.masks(),
                describe(device.device()),
                device.explanation());
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
        Answer answer =
                model.answer(
                        new Question(picture, imageKey, prompt),
                        GenerationOptions.greedy(maxNewTokens),
                        (_, textSoFar, _) -> listener.token(textSoFar, ++tokens[0]),
                        Optional.empty(),
                        progress);
        return convert(answer);
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
                end,
                new AnswerSpeed(tokens, generation.timings().total() / 1000, tokensPerSecond));
    }

    private static ModelAnswer.FoundShape convert(FoundObject object) {
        return new ModelAnswer.FoundShape(
                object.label(), object.box(), object.score(), object.mask());
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
