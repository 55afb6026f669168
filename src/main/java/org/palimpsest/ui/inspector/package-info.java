/// Annotation list and details: label, place, provenance, score. Start at [org.palimpsest.ui.inspector.InspectorView].
@NullMarked
package org.palimpsest.ui.inspector;

import org.jspecify.annotations.NullMarked;
