package org.palimpsest.format;

import java.util.Map;
import java.util.Optional;
import org.palimpsest.paligemma.token.Tokenizer;

/// What can be chosen for an export.
///
/// @param images what happens to the image files
/// @param acceptedOnly whether annotations that nobody has accepted, drawn or corrected are left out; rejected ones
///     always are
/// @param seed where everything random starts
/// @param settings the format's own settings by name; those not named have their default values
/// @param maskEncoder turns masks into PaliGemma's segmentation codes, for formats that hold them
/// @param maskDecoder the way back, to tell how much of a mask the codes keep
/// @param tokenizer counts tokens, to tell what a trainer would cut
/// @param notes further facts for the manifest, such as how the images were divided
public record ExportOptions(
        ImagesMode images,
        boolean acceptedOnly,
        long seed,
        Map<String, String> settings,
        Optional<MaskEncoder> maskEncoder,
        Optional<MaskDecoder> maskDecoder,
        Optional<Tokenizer> tokenizer,
        Map<String, String> notes) {
    public static final ExportOptions DEFAULT =
            new ExportOptions(
                    ImagesMode.COPY,
                    false,
                    0,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());

    public ExportOptions {
        settings = Map.copyOf(settings);
        notes = Map.copyOf(notes);
    }

    public ExportOptions withSettings(Map<String, String> changed) {
        return new ExportOptions(
                images, acceptedOnly, seed, changed, maskEncoder, maskDecoder, tokenizer, notes);
    }

    public ExportOptions withImages(ImagesMode changed) {
        return new ExportOptions(
                changed, acceptedOnly, seed, settings, maskEncoder, maskDecoder, tokenizer, notes);
    }

    public ExportOptions withSeed(long changed) {
        return new ExportOptions(
                images,
                acceptedOnly,
                changed,
                settings,
                maskEncoder,
                maskDecoder,
                tokenizer,
                notes);
    }

    public ExportOptions withMasks(MaskEncoder encoder, MaskDecoder decoder) {
        return new ExportOptions(
                images,
                acceptedOnly,
                seed,
                settings,
                Optional.of(encoder),
                Optional.of(decoder),
                tokenizer,
                notes);
    }

    public ExportOptions withTokenizer(Tokenizer counter) {
        return new ExportOptions(
                images,
                acceptedOnly,
                seed,
                settings,
                maskEncoder,
                maskDecoder,
                Optional.of(counter),
                notes);
    }
}
