/// What this computer can do and what it lacks, as a page. Start at [org.palimpsest.ui.doctor.DoctorViewModel].
@NullMarked
package org.palimpsest.ui.doctor;

import org.jspecify.annotations.NullMarked;
