/// Image browser: the opened images with thumbnails. Start at [org.palimpsest.ui.browser.BrowserView].
@NullMarked
package org.palimpsest.ui.browser;

import org.jspecify.annotations.NullMarked;
