package org.palimpsest.runtime;

/// Where a model computes.
public sealed interface Device permits Device.Cpu, Device.Cuda {

    /// The processor.
    ///
    /// @param threads how many threads compute one operator; 0 lets ONNX Runtime take one for each physical core
    record Cpu(int threads) implements Device {
        public Cpu {
            if (threads < 0) {
                throw new IllegalArgumentException("Negative number of threads: " + threads);
            }
        }

        @Override
        public String label() {
            return "cpu";
        }
    }

    /// One NVIDIA GPU.
    ///
    /// @param index the number of the GPU, from 0
    record Cuda(int index) implements Device {
        public Cuda {
            if (index < 0) {
                throw new IllegalArgumentException("Negative GPU number: " + index);
            }
        }

        @Override
        public String label() {
            return "cuda:" + index;
        }
    }

    /// The name as the command line takes it: `cpu` or `cuda:0`.
    String label();
}
