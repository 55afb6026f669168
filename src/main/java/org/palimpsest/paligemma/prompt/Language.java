package org.palimpsest.paligemma.prompt;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The languages PaliGemma was pretrained on: English and 34 others.
///
/// The codes are those of COCO-35L (big_vision configs/proj/paligemma/transfers/coco35l.py,
/// `LANGUAGES`, 11eea57), which are also the ones of the translated pretraining data CC3M-35L.
public enum Language {
    ARABIC("ar", "Arabic"),
    BENGALI("bn", "Bengali"),
    CZECH("cs", "Czech"),
    DANISH("da", "Danish"),
    GERMAN("de", "German"),
    GREEK("el", "Greek"),
    ENGLISH("en", "English"),
    SPANISH("es", "Spanish"),
    PERSIAN("fa", "Persian"),
    FINNISH("fi", "Finnish"),
    FILIPINO("fil", "Filipino"),
    FRENCH("fr", "French"),
    HEBREW("he", "Hebrew"),
    HINDI("hi", "Hindi"),
    CROATIAN("hr", "Croatian"),
    HUNGARIAN("hu", "Hungarian"),
    INDONESIAN("id", "Indonesian"),
    ITALIAN("it", "Italian"),
    JAPANESE("ja", "Japanese"),
    KOREAN("ko", "Korean"),
    MAORI("mi", "Māori"),
    DUTCH("nl", "Dutch"),
    NORWEGIAN("no", "Norwegian"),
    POLISH("pl", "Polish"),
    PORTUGUESE("pt", "Portuguese"),
    ROMANIAN("ro", "Romanian"),
    RUSSIAN("ru", "Russian"),
    SWEDISH("sv", "Swedish"),
    SWAHILI("sw", "Swahili"),
    TELUGU("te", "Telugu"),
    THAI("th", "Thai"),
    TURKISH("tr", "Turkish"),
    UKRAINIAN("uk", "Ukrainian"),
    VIETNAMESE("vi", "Vietnamese"),
    CHINESE("zh", "Chinese");

    private static final Map<String, Language> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(Language::code, Function.identity()));

    private final String code;
    private final String englishName;

    Language(String code, String englishName) {
        this.code = code;
        this.englishName = englishName;
    }

    /// The code as it stands in a prompt, such as `en`.
    public String code() {
        return code;
    }

    /// The name of the language in English.
    public String englishName() {
        return englishName;
    }

    /// The language of this code, exactly as a prompt has it.
    public static Optional<Language> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
