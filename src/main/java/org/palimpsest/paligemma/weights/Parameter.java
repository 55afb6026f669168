package org.palimpsest.paligemma.weights;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.paligemma.config.PaliGemmaConfig;

/// One parameter of the model: what it does, and in which layer.
///
/// @param layer counted from 0; -1 for a parameter that the model has once
public record Parameter(Role role, int layer) {
    private static final int NO_LAYER = -1;

    public Parameter {
        if ((role.place() == Role.Place.MODEL) != (layer == NO_LAYER) || layer < NO_LAYER) {
            throw new IllegalArgumentException(role + " in layer " + layer);
        }
    }

    /// A parameter that the model has once.
    public static Parameter of(Role role) {
        return new Parameter(role, NO_LAYER);
    }

    /// A parameter of one layer of the decoder or the vision encoder.
    public static Parameter layer(int layer, Role role) {
        return new Parameter(role, layer);
    }

    /// Every parameter of a model, in a fixed order.
    public static List<Parameter> all(PaliGemmaConfig config) {
        var parameters = new ArrayList<Parameter>();
        for (var role : Role.values()) {
            if (!role.isIn(config.text().generation())) {
                continue;
            }
            switch (role.place()) {
                case MODEL -> parameters.add(of(role));
                case TEXT_LAYER -> addLayers(parameters, role, config.text().numLayers());
                case VISION_LAYER -> addLayers(parameters, role, config.vision().numLayers());
            }
        }
        return parameters;
    }

    private static void addLayers(List<Parameter> parameters, Role role, int layers) {
        for (int layer = 0; layer < layers; layer++) {
            parameters.add(layer(layer, role));
        }
    }

    /// `Q_PROJ of layer 3`.
    @Override
    public String toString() {
        return layer == NO_LAYER ? role.name() : role.name() + " of layer " + layer;
    }
}
