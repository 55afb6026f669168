package org.palimpsest.runtime;

/// The device that was taken, and why.
///
/// @param device where models will compute
/// @param explanation one or two sentences for the person: what was taken, and why not the GPU
public record DeviceSelection(Device device, String explanation) {}
