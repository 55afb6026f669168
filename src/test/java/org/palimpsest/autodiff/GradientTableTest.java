package org.palimpsest.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.autodiff.GradientRule.Vjp;
import org.palimpsest.onnx.Operator;
import org.palimpsest.onnx.OperatorTable;

class GradientTableTest {
    static List<Arguments> cases() {
        return IntStream.range(0, GradientCases.ALL.size())
                .mapToObj(i -> Arguments.of(GradientCases.ALL.get(i).operator(), i))
                .toList();
    }

    @ParameterizedTest(name = "{0} in case {1}")
    @MethodSource("cases")
    void gradientsAreWhatSmallStepsSay(String operator, int place) {
        NumericCheck.check(GradientCases.ALL.get(place));
    }

    @Test
    void everyOperatorHasARow() {
        assertThat(GradientTable.all().keySet())
                .isEqualTo(
                        OperatorTable.all().stream()
                                .map(Operator::key)
                                .collect(Collectors.toSet()));
    }

    @Test
    void everyProductHasACase() {
        var checked = GradientCases.ALL.stream().map(c -> c.operator()).collect(Collectors.toSet());
        assertThat(GradientTable.all())
                .allSatisfy((operator, rule) ->
                        assertThat(rule instanceof Vjp)
                                .as(operator)
                                .isEqualTo(checked.contains(operator)));
    }
}
