package org.palimpsest.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.proto.DimensionProto;
import org.palimpsest.onnx.proto.ValueInfoProto;
import org.palimpsest.tensor.ElementType;

/// An input or output as a model declares it.
///
/// @param type empty for an element type that we have no name for
/// @param shape empty where the model declares none; an axis of which it says nothing is a symbol of its own
public record ModelInput(String name, Optional<ElementType> type, Optional<List<Dimension>> shape) {

    static ModelInput of(ValueInfoProto info) {
        var declared = info.shape();
        return new ModelInput(
                info.name(),
                StoredWeight.elementType(info.dataType()),
                Optional.ofNullable(declared == null ? null : dimensions(info.name(), declared)));
    }

    private static @Nullable List<Dimension> dimensions(
            String name, List<DimensionProto> declared) {
        return IntStream.range(0, declared.size())
                .mapToObj(i -> dimension(name + "." + i, declared.get(i)))
                .toList();
    }

    private static Dimension dimension(String unnamed, DimensionProto axis) {
        var size = axis.size();
        if (size != null && size >= 0) {
            return new Dimension.Fixed(size);
        }
        return new Dimension.Symbolic(axis.symbol().isEmpty() ? unnamed : axis.symbol());
    }
}
