package org.palimpsest.format.yolo;

import java.util.List;
import java.util.Map;

/// What stands behind a key of a YAML file, no deeper than `data.yaml` goes.
sealed interface YamlValue {
    record Scalar(String text) implements YamlValue {}

    record Sequence(List<String> texts) implements YamlValue {}

    record Mapping(Map<String, String> entries) implements YamlValue {}
}
