package org.palimpsest.runtime;

import java.util.Locale;
import org.palimpsest.problem.ProblemException;

/// What a person asked for: a device by name, or the best one there is.
public sealed interface DeviceChoice {

    /// A GPU where one can be used, the processor otherwise.
    record Automatic() implements DeviceChoice {}

    /// This device and no other.
    record Exactly(Device device) implements DeviceChoice {}

    DeviceChoice AUTO = new Automatic();

    /// Reads `auto`, `cpu`, `cuda` or `cuda:N`.
    static DeviceChoice parse(String text) throws ProblemException {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.equals("auto")) {
            return AUTO;
        }
        if (name.equals("cpu")) {
            return new Exactly(new Device.Cpu(0));
        }
        if (name.equals("cuda")) {
            return new Exactly(new Device.Cuda(0));
        }
        if (name.matches("cuda:\\d{1,3}")) {
            return new Exactly(
                    new Device.Cuda(Integer.parseInt(name, "cuda:".length(), name.length(), 10)));
        }
        throw new ProblemException(
                "There is no device called '" + text + "'", "", "Choose auto, cpu or cuda:0");
    }
}
