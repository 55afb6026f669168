/// Writes files so that a crash leaves the old or the new one, never a torn one, and removes folders. Start at
/// [org.palimpsest.storage.AtomicFiles].
@NullMarked
package org.palimpsest.storage;

import org.jspecify.annotations.NullMarked;
