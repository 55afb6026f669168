package org.palimpsest.format.prompts;

import java.util.Optional;
import org.palimpsest.format.MaskEncoder;

/// How examples are made.
///
/// @param seed where everything random starts; each example has a random number source of its own, made of the seed,
///     the image and the example, so that adding or removing images changes nothing for the others
/// @param order the objects of an answer
/// @param empty what becomes of `detect` and `segment` examples that name nothing
/// @param allTexts whether several texts with the same prompt give one example each, or one of them drawn by lot
/// @param letterCase what becomes of capital letters
/// @param separator stands between labels and between objects: ` ; ` in the grammar of PaliGemma
/// @param countWording the prompt of counting examples: `{label}` becomes the label, `{labels}` its English plural
/// @param oneClassList whether the prompt that asks for all labels must be the same for every image
/// @param masks turns masks into codes, for `segment` examples; without it there are none
public record ExampleOptions(
        ExampleMix mix,
        long seed,
        ObjectOrder order,
        EmptyAnswer empty,
        boolean allTexts,
        LetterCase letterCase,
        String separator,
        String countWording,
        boolean oneClassList,
        Optional<MaskEncoder> masks) {

    public ExampleOptions withMix(ExampleMix changed) {
        return new ExampleOptions(
                changed,
                seed,
                order,
                empty,
                allTexts,
                letterCase,
                separator,
                countWording,
                oneClassList,
                masks);
    }

    public ExampleOptions withSeed(long changed) {
        return new ExampleOptions(
                mix,
                changed,
                order,
                empty,
                allTexts,
                letterCase,
                separator,
                countWording,
                oneClassList,
                masks);
    }

    public ExampleOptions withEmpty(EmptyAnswer changed) {
        return new ExampleOptions(
                mix,
                seed,
                order,
                changed,
                allTexts,
                letterCase,
                separator,
                countWording,
                oneClassList,
                masks);
    }

    public ExampleOptions withOneClassList(boolean changed) {
        return new ExampleOptions(
                mix,
                seed,
                order,
                empty,
                allTexts,
                letterCase,
                separator,
                countWording,
                changed,
                masks);
    }

    public ExampleOptions withMasks(MaskEncoder encoder) {
        return new ExampleOptions(
                mix,
                seed,
                order,
                empty,
                allTexts,
                letterCase,
                separator,
                countWording,
                oneClassList,
                Optional.of(encoder));
    }
}
