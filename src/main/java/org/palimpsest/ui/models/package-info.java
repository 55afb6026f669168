/// Models and adapters: which there are, whether they fit this computer, and which one is used. Start at
/// [org.palimpsest.ui.models.ModelsViewModel].
@NullMarked
package org.palimpsest.ui.models;

import org.jspecify.annotations.NullMarked;
