package org.palimpsest.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;

class AdapterParametersTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "TORT", "\0\0\0\0TORT\0\0\0\0", "this is no flatbuffer at all"})
    void bytesThatAreNoAdapterAreAProblem(String content) throws Exception {
        try (var runtime = OnnxRuntime.start()) {
            assertThatThrownBy(() ->
                            AdapterParameters.of(content.getBytes(StandardCharsets.US_ASCII))
                                    .close())
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("The adapter cannot be loaded");
        }
    }
}
