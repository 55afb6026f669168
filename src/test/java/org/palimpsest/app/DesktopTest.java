package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DesktopTest {
    @Test
    void withoutADisplayOnLinuxTheNextCommandIsNamed() {
        var problem = Desktop.displayProblem(Map.of("DISPLAY", " "), "Linux").orElseThrow();
        assertThat(problem.remedy()).contains("./palimpsest demo");
    }

    @Test
    void anyDisplayWillDo() {
        assertThat(Desktop.displayProblem(Map.of("DISPLAY", ":0"), "Linux")).isEmpty();
        assertThat(Desktop.displayProblem(Map.of("WAYLAND_DISPLAY", "wayland-0"), "Linux"))
                .isEmpty();
        assertThat(Desktop.displayProblem(Map.of(), "Windows 11")).isEmpty();
        assertThat(Desktop.displayProblem(Map.of(), "Mac OS X")).isEmpty();
    }
}
