package org.palimpsest.ui.prompt;

import java.util.Optional;

/// The last answer about one image, or the one that is being written. Immutable.
///
/// @param prompt what was asked
/// @param text the answer as far as it is written
/// @param speed tokens and speed, in words; may be empty
/// @param activity what is being done; empty once it is done
/// @param notice what to know about it
record AnswerRun(
        String prompt, String text, String speed, String activity, Optional<Notice> notice) {
    static final AnswerRun NONE = new AnswerRun("", "", "", "", Optional.empty());

    static AnswerRun begun(String prompt, String activity) {
        return new AnswerRun(prompt, "", "", activity, Optional.empty());
    }

    boolean isRunning() {
        return !activity.isEmpty();
    }

    AnswerRun continued(String nextActivity, String nextText, String nextSpeed) {
        return new AnswerRun(prompt, nextText, nextSpeed, nextActivity, Optional.empty());
    }

    AnswerRun ended(String finalText, String finalSpeed, Optional<Notice> finalNotice) {
        return new AnswerRun(prompt, finalText, finalSpeed, "", finalNotice);
    }
}
