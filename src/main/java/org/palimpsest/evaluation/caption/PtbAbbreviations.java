package org.palimpsest.evaluation.caption;

import java.util.Locale;

/// Words that keep the full stop behind them, as Stanford CoreNLP 3.4.1 answers for each of them.
final class PtbAbbreviations {
    private static final String IN_ANY_CASE =
            """
            adm al ala alex apr ariz assn assoc asst atty attys aug ave bancorp bhd bldg blvd
            brig bros calif capt cf cie cmdr co col colo comdr conn corp cos cpl ct dak dec dept
            det dr drs ed.d elec ens esq est etc ext feb fla fri ft ga gen gov govs hon inc ind
            insp intl invt jan jos jr jul jun kan kans ky lieut lt ltd maj mar md messrs mfg
            mich minn miss mlle mme mo mon mont mr mrs ms msgr mt mtg natl neb nev nov oct okla
            penn pfc ph.d plc pres prof profs pte pty pvt rd rep reps rev sen sens sep sept seq
            sgt spc sq sr st ste supt supts sys tel tenn thu thurs treas tue tues univ va vs vt
            wed wis wisc wm wyo
            """;

    /// These are other words in lower case.
    private static final String WITH_A_CAPITAL =
            """
            Ark Del Ill La Mass Ore Pa Tex Wash
            """;

    private static final String BEFORE_A_NUMBER = "no nos fig op art pp ca";

    static final String PATTERN =
            "(?:(?i:%s)|%s)\\.|(?i:%s)\\.(?=\\s?\\p{Nd})"
                    .formatted(
                            alternatives(IN_ANY_CASE),
                            alternatives(WITH_A_CAPITAL)
                                    + "|"
                                    + alternatives(WITH_A_CAPITAL).toUpperCase(Locale.ROOT),
                            alternatives(BEFORE_A_NUMBER));

    private PtbAbbreviations() {}

    private static String alternatives(String words) {
        return String.join("|", words.strip().replace(".", "\\.").split("\\s+"));
    }
}
