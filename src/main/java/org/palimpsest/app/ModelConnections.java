package org.palimpsest.app;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.inference.ArrivingObject;
import org.palimpsest.ui.browser.BrowserViewModel;
import org.palimpsest.ui.canvas.CanvasDisplay;
import org.palimpsest.ui.canvas.EdgeSpread;
import org.palimpsest.ui.canvas.ToolBench;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.support.Asking;

/// Joins what the model says to the canvas, and what a person points at to the questions: the features do not know each
/// other.
final class ModelConnections {
    private static final String NAMELESS = "object";

    private ModelConnections() {}

    static void connect(
            PromptViewModel prompt,
            CanvasDisplay display,
            ToolBench bench,
            BrowserViewModel browser,
            Asking asking) {
        asking.taskProperty().bind(prompt.taskProperty());
        asking.selectedImagesProperty().bind(browser.selectedProperty());
        bench.onAskRegion(prompt::askRegion);
        prompt.arrivingProperty()
                .addListener((_, _, objects) -> display.arrivingProperty().set(shown(objects)));
        prompt.edgesProperty()
                .addListener((_, _, edges) -> display.spreadsProperty().set(spreads(edges)));
    }

    private static List<ObjectAnnotation> shown(List<ArrivingObject> objects) {
        var provenance = new Provenance.Predicted("", "", OptionalDouble.empty(), Instant.EPOCH);
        return objects.stream()
                .filter(object -> !object.box().isEmpty())
                .map(object ->
                        ObjectAnnotation.of(
                                Label.isName(object.label()) ? object.label() : NAMELESS,
                                object.box(),
                                provenance))
                .toList();
    }

    private static Map<AnnotationId, EdgeSpread> spreads(Map<AnnotationId, EdgeRanges> edges) {
        var spreads = new HashMap<AnnotationId, EdgeSpread>();
        edges.forEach((id, ranges) ->
                spreads.put(
                        id,
                        new EdgeSpread(
                                range(ranges.left()),
                                range(ranges.top()),
                                range(ranges.right()),
                                range(ranges.bottom()))));
        return spreads;
    }

    private static EdgeSpread.Range range(EdgeRanges.Range range) {
        return new EdgeSpread.Range(range.low(), range.high());
    }
}
