package org.palimpsest.training.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Words that say where in a picture something is: such a text is no longer true of a mirrored or cropped picture.
///
/// The list errs on the safe side: an example that is left as it is teaches nothing wrong.
final class SideWords {
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{M}]+");

    private static final Set<String> WORDS =
            Set.of(
                    // English
                    ("left right leftmost rightmost lefthand righthand top bottom upper lower"
                                    + " topmost bottommost uppermost lowermost corner middle center"
                                    + " centre central east west eastern western clockwise"
                                    // German
                                    + " links rechts linke linker linken linkes rechte rechter"
                                    + " rechten rechtes oben unten obere untere mitte ecke"
                                    // French
                                    + " gauche droite droit haut bas coin milieu"
                                    // Spanish, Portuguese, Italian
                                    + " izquierda izquierdo derecha derecho arriba abajo esquerda"
                                    + " esquerdo direita direito sinistra sinistro destra destro"
                                    // Dutch, Swedish, Danish, Norwegian
                                    + " linkse rechtse vänster höger vänstra högra venstre højre"
                                    + " høyre"
                                    // Polish, Russian, Turkish
                                    + " lewo prawo lewy prawy lewa prawa слева справа левый правый"
                                    + " левая правая левое правое лево право sol sağ solda sağda"
                                    // Arabic, Hindi
                                    + " يسار يمين اليسار اليمين बाएं दाएं बाएँ दाएँ बायां दायां")
                            .split(" "));

    /// For languages that are written without blanks, or that bend their words at the end.
    private static final List<String> ANYWHERE = List.of("左", "右", "왼쪽", "오른쪽");

    private SideWords() {}

    static boolean occurIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return NO_LETTERS.splitAsStream(lower).anyMatch(WORDS::contains)
                || ANYWHERE.stream().anyMatch(lower::contains);
    }
}
