package org.palimpsest.format.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Point;

class JsonPartsTest {
    @TempDir Path folder;

    private JsonParts open(String json) throws IOException {
        return JsonParts.open(Files.writeString(folder.resolve("a.json"), json));
    }

    @Test
    void partsAreReadAndPassedOverOneByOne() throws Exception {
        try (var json = open("[{\"a\":[1,2]},[3,[4]],\"5\"]")) {
            assertThat(json.parser().nextToken()).isEqualTo(JsonToken.START_ARRAY);
            json.parser().nextToken();
            assertThat(json.tree().toString()).isEqualTo("{\"a\":[1,2]}");
            json.parser().nextToken();
            json.skip();
            json.parser().nextToken();
            assertThat(json.tree().textValue()).isEqualTo("5");
            assertThat(json.parser().nextToken()).isEqualTo(JsonToken.END_ARRAY);
        }
    }

    @Test
    void aPartIsBounded() throws Exception {
        char[] numbers = new char[2 * 8_000_001];
        Arrays.fill(numbers, '1');
        for (int i = 1; i < numbers.length; i += 2) {
            numbers[i] = ',';
        }
        numbers[numbers.length - 1] = ']';
        try (var json = open("[" + new String(numbers))) {
            json.parser().nextToken();
            assertThatThrownBy(json::tree).isInstanceOf(IOException.class);
        }
        try (var json = open("[".repeat(101) + "]".repeat(101))) {
            json.parser().nextToken();
            assertThatThrownBy(json::tree).isInstanceOf(IOException.class);
        }
    }

    @Test
    void pointsArePairsOfFiniteNumbers() throws Exception {
        try (var json = open("[[[1,2.5],[-3,1e3]],[[1]],[[1,\"2\"]],[[1,1e999]],[[1,2,3]],{}]")) {
            json.parser().nextToken();
            var all = json.tree();
            assertThat(JsonParts.points(all.get(0)))
                    .contains(List.of(new Point(1, 2.5), new Point(-3, 1000)));
            for (int i = 1; i < all.size(); i++) {
                assertThat(JsonParts.points(all.get(i))).isEmpty();
            }
        }
    }

    @Test
    void valuesAreKeptAsText() throws Exception {
        try (var json = open("{\"a\":\"x\",\"b\":[1],\"c\":null,\"d\":\"\",\"e\":{},\"f\":1.5}")) {
            json.parser().nextToken();
            var attributes = new TreeMap<String, String>();
            json.tree()
                    .properties()
                    .forEach(one -> JsonParts.keep(attributes, one.getKey(), one.getValue()));
            assertThat(attributes).isEqualTo(Map.of("a", "x", "b", "[1]", "f", "1.5"));
        }
    }
}
