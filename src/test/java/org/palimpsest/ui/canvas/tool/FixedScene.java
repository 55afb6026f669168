package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.PixelColors;
import org.palimpsest.geometry.Region;
import org.palimpsest.ui.support.Samples;

/// An image of 200 × 100 pixels with some objects, seen at full size: eight pixels of reach.
final class FixedScene implements ToolScene {
    private final ImageEntry entry = Samples.entries(1).getFirst();
    private final List<ObjectAnnotation> objects = new ArrayList<>();
    private final Set<AnnotationId> locked = new HashSet<>();
    private final Set<AnnotationId> hidden = new HashSet<>();
    private Set<AnnotationId> selection = Set.of();
    private ToolSettings settings = ToolSettings.DEFAULT;
    private Optional<PixelColors> colors = Optional.empty();

    ObjectAnnotation add(String label, Region region) {
        return add(Samples.drawn(label, region));
    }

    ObjectAnnotation add(ObjectAnnotation object) {
        objects.add(object);
        return object;
    }

    void select(ObjectAnnotation... selected) {
        selection = Arrays.stream(selected).map(ObjectAnnotation::id).collect(Collectors.toSet());
    }

    /// Does what a canvas does with a selection.
    ToolEffect follow(ToolEffect effect) {
        if (effect instanceof ToolEffect.Select(var ids)) {
            selection = ids;
        }
        return effect;
    }

    @Override
    public AnnotatedImage image() {
        return new AnnotatedImage(entry, List.copyOf(objects));
    }

    @Override
    public Set<AnnotationId> selection() {
        return selection;
    }

    @Override
    public double reach() {
        return 8;
    }

    @Override
    public List<ObjectAnnotation> objectsIn(Box area) {
        return objects.reversed().stream()
                .filter(object -> {
                    var bounds = object.region().bounds();
                    return bounds.xMin() <= area.xMax()
                            && bounds.xMax() >= area.xMin()
                            && bounds.yMin() <= area.yMax()
                            && bounds.yMax() >= area.yMin();
                })
                .toList();
    }

    void lock(ObjectAnnotation object) {
        locked.add(object.id());
    }

    void hide(ObjectAnnotation object) {
        hidden.add(object.id());
    }

    void set(ToolSettings changed) {
        settings = changed;
    }

    void paint(PixelColors painted) {
        colors = Optional.of(painted);
    }

    /// Does what a canvas does with an effect: applies the edit, follows the selection.
    ToolEffect carryOut(ToolEffect effect) {
        if (effect instanceof ToolEffect.Commit(var edit, var ids, _)) {
            var after = edit.applyTo(image());
            objects.clear();
            objects.addAll(after.objects());
            selection = ids;
        }
        return follow(effect);
    }

    @Override
    public boolean isLocked(ObjectAnnotation object) {
        return locked.contains(object.id());
    }

    @Override
    public boolean isHidden(ObjectAnnotation object) {
        return hidden.contains(object.id());
    }

    @Override
    public ToolSettings settings() {
        return settings;
    }

    @Override
    public Optional<PixelColors> colors() {
        return colors;
    }

    @Override
    public ObjectAnnotation draw(Region region) {
        return Samples.drawn("new", region);
    }

    @Override
    public ObjectAnnotation reshape(ObjectAnnotation object, Region region) {
        return object.correctRegion(region, "ada", Samples.NOW);
    }
}
