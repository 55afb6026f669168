package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.proto.Attribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.Attribute.TensorAttribute;
import org.palimpsest.tensor.ElementType;

/// Number and element types of an operator's inputs and outputs, written as `"F F F? -> F"`.
///
/// A lower-case word is a type of its own (`f32 i64 i32 u8 i8 bool`). A word with a capital is a variable, the same in
/// all its places: `A` any type, `N` numbers, `F` floating point, `I` the index types int32 and int64, `Q` 8-bit
/// integers, `M` what masks are made of; digits tell variables of one kind apart. `?` marks what may be left out, `*`
/// what may be repeated, `@name` a type that the attribute `name` decides.
public final class Signature {
    private static final Set<ElementType> FLOATS =
            EnumSet.of(
                    ElementType.FLOAT32,
                    ElementType.FLOAT16,
                    ElementType.BFLOAT16,
                    ElementType.FLOAT64);
    private static final Set<ElementType> ANY = EnumSet.allOf(ElementType.class);
    private static final Set<ElementType> NUMBERS =
            EnumSet.complementOf(EnumSet.of(ElementType.BOOL));
    private static final Set<ElementType> INDICES =
            EnumSet.of(ElementType.INT32, ElementType.INT64);
    private static final Set<ElementType> BYTES = EnumSet.of(ElementType.INT8, ElementType.UINT8);
    private static final Set<ElementType> MASKS =
            EnumSet.of(
                    ElementType.BOOL,
                    ElementType.FLOAT32,
                    ElementType.FLOAT16,
                    ElementType.BFLOAT16,
                    ElementType.FLOAT64);

    private record Place(String type, boolean optional, boolean repeated) {}

    private final String text;
    private final List<Place> inputs;
    private final List<Place> outputs;

    private Signature(String text, List<Place> inputs, List<Place> outputs) {
        this.text = text;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    static Signature parse(String text) {
        int arrow = text.indexOf("->");
        return new Signature(
                text, places(text.substring(0, arrow)), places(text.substring(arrow + 2)));
    }

    private static List<Place> places(String words) {
        return words.isBlank()
                ? List.of()
                : Arrays.stream(words.strip().split(" ")).map(Signature::place).toList();
    }

    private static Place place(String word) {
        boolean optional = word.endsWith("?");
        boolean repeated = word.endsWith("*");
        return new Place(
                optional || repeated ? word.substring(0, word.length() - 1) : word,
                optional,
                repeated);
    }

    /// Checks the inputs and gives the type of each output.
    ///
    /// @throws IllegalArgumentException saying what was expected and what was given
    List<ElementType> outputTypes(
            List<@Nullable Value> given, int wantedOutputs, Map<String, Attribute> attributes) {
        var variables = new HashMap<String, ElementType>();
        for (int i = 0; i < Math.max(given.size(), inputs.size()); i++) {
            var value = i < given.size() ? given.get(i) : null;
            bind(i, inputPlace(i), value, variables);
        }
        int most =
                !outputs.isEmpty() && outputs.getLast().repeated()
                        ? Integer.MAX_VALUE
                        : outputs.size();
        if (wantedOutputs > most) {
            throw new IllegalArgumentException(
                    wantedOutputs + " outputs of " + text + ", which has " + most);
        }
        var types = new ArrayList<ElementType>();
        for (int i = 0; i < wantedOutputs; i++) {
            var place = outputs.get(Math.min(i, outputs.size() - 1));
            types.add(outputType(place.type(), variables, attributes));
        }
        return types;
    }

    private @Nullable Place inputPlace(int index) {
        if (index < inputs.size()) {
            return inputs.get(index);
        }
        return !inputs.isEmpty() && inputs.getLast().repeated() ? inputs.getLast() : null;
    }

    private void bind(
            int index,
            @Nullable Place place,
            @Nullable Value value,
            Map<String, ElementType> variables) {
        if (place == null) {
            throw new IllegalArgumentException(
                    "Input " + index + " is one too many for " + text + ": " + value);
        }
        if (value == null) {
            if (!place.optional()) {
                throw new IllegalArgumentException(
                        "Input " + index + " of " + text + " is missing");
            }
            return;
        }
        var allowed = allowed(place.type());
        if (!allowed.contains(value.type())) {
            throw new IllegalArgumentException(
                    "Input " + index + " of " + text + " takes " + allowed + ", not " + value);
        }
        if (Character.isUpperCase(place.type().charAt(0))) {
            var bound = variables.putIfAbsent(place.type(), value.type());
            if (bound != null && bound != value.type()) {
                throw new IllegalArgumentException(
                        "Input " + index + " of " + text + " must be " + bound + " here: " + value);
            }
        }
    }

    private ElementType outputType(
            String type, Map<String, ElementType> variables, Map<String, Attribute> attributes) {
        if (type.startsWith("@")) {
            return switch (attributes.get(type.substring(1))) {
                case IntAttribute(long number) -> elementType((int) number);
                case TensorAttribute(var tensor) -> elementType(tensor.dataType());
                case null -> ElementType.FLOAT32;
                default -> throw new IllegalArgumentException("No type in " + attributes);
            };
        }
        if (!Character.isUpperCase(type.charAt(0))) {
            return allowed(type).iterator().next();
        }
        var bound = variables.get(type);
        if (bound == null) {
            throw new IllegalArgumentException("Nothing decides the type " + type + " of " + text);
        }
        return bound;
    }

    static ElementType elementType(int onnxNumber) {
        for (var type : ElementType.values()) {
            if (type.onnxNumber() == onnxNumber) {
                return type;
            }
        }
        throw new IllegalArgumentException("Unknown element type number " + onnxNumber);
    }

    private static Set<ElementType> allowed(String type) {
        return switch (type.charAt(0)) {
            case 'A' -> ANY;
            case 'N' -> NUMBERS;
            case 'F' -> FLOATS;
            case 'I' -> INDICES;
            case 'Q' -> BYTES;
            case 'M' -> MASKS;
            default ->
                    EnumSet.of(
                            switch (type) {
                                case "f32" -> ElementType.FLOAT32;
                                case "i64" -> ElementType.INT64;
                                case "i32" -> ElementType.INT32;
                                case "u8" -> ElementType.UINT8;
                                case "i8" -> ElementType.INT8;
                                case "bool" -> ElementType.BOOL;
                                default -> throw new IllegalArgumentException("No type " + type);
                            });
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
