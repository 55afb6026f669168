package org.palimpsest.ui.browser;

class BrowserViewModelTest {}
