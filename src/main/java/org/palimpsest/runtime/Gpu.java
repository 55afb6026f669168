package org.palimpsest.runtime;

/// An NVIDIA GPU.
///
/// @param index the number of the GPU, from 0
/// @param driver the version of the driver; empty where it does not say
/// @param memoryBytes the GPU's own memory; 0 where that is not known
/// @param freeBytes what of it nobody has taken; 0 where that is not known
public record Gpu(int index, String name, String driver, long memoryBytes, long freeBytes) {}
