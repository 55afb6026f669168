package org.palimpsest.training.lora;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.Role;

/// Parts of a model that have a name of their own; the name is the constant's in small letters.
public enum ModelPart {
    /// Attention and MLP projections of the decoder.
    TEXT(
            EnumSet.of(
                    Role.Q_PROJ,
                    Role.K_PROJ,
                    Role.V_PROJ,
                    Role.O_PROJ,
                    Role.GATE_PROJ,
                    Role.UP_PROJ,
                    Role.DOWN_PROJ)),
    /// From the vision encoder's width to the decoder's.
    PROJECTOR(EnumSet.of(Role.PROJECTOR_WEIGHT, Role.PROJECTOR_BIAS)),
    /// The vision encoder without the projector.
    VISION(EnumSet.range(Role.PATCH_WEIGHT, Role.VISION_POST_NORM_BIAS)),
    /// Rows of the vocabulary, which are the output head as well.
    EMBEDDING(EnumSet.of(Role.TOKEN_EMBEDDING)),
    /// Scales of the decoder's norms.
    NORMS(
            EnumSet.of(
                    Role.FINAL_NORM,
                    Role.INPUT_NORM,
                    Role.POST_ATTENTION_NORM,
                    Role.PRE_FEEDFORWARD_NORM,
                    Role.POST_FEEDFORWARD_NORM)),
    ALL(EnumSet.allOf(Role.class));

    private final List<Role> roles;

    ModelPart(Set<Role> roles) {
        this.roles = List.copyOf(roles);
    }

    /// Whether a parameter of this role belongs to the part.
    public boolean has(Role role) {
        return roles.contains(role);
    }

    /// Whether the part has a matrix beside which a term can stand.
    boolean hasMatrices() {
        return roles.stream().anyMatch(HuggingFaceNames::isLinear);
    }

    /// As people write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
