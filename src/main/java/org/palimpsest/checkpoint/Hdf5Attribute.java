package org.palimpsest.checkpoint;

import java.lang.foreign.MemorySegment;
import org.palimpsest.checkpoint.Hdf5File.Hdf5FormatException;

/// One attribute message (HDF5 File Format Specification 3.0, IV.A.2.m): a name, a data type and the value's bytes.
record Hdf5Attribute(String name, MemorySegment type, MemorySegment data) {
    private static final int STRING_CLASS = 3;
    private static final int VARIABLE_LENGTH_CLASS = 9;

    static Hdf5Attribute parse(MemorySegment body) throws Hdf5FormatException {
        int version = Hdf5File.unsignedByte(body, 0);
        if (version < 1 || version > 3) {
            throw new Hdf5FormatException("attribute version " + version);
        }
        int nameSize = Hdf5File.unsignedShort(body, 2);
        int typeSize = Hdf5File.unsignedShort(body, 4);
        int spaceSize = Hdf5File.unsignedShort(body, 6);
        long nameStart = version == 3 ? 9 : 8;
        // Only version 1 pads its parts.
        int padding = version == 1 ? 7 : 0;
        long typeStart = nameStart + (nameSize + padding & ~padding);
        long spaceStart = typeStart + (typeSize + padding & ~padding);
        long dataStart = spaceStart + (spaceSize + padding & ~padding);
        return new Hdf5Attribute(
                Hdf5File.terminated(body.asSlice(nameStart, nameSize), 0),
                body.asSlice(typeStart, typeSize),
                body.asSlice(dataStart));
    }

    boolean isFixedString() {
        return typeClass() == STRING_CLASS;
    }

    /// Variable-length types are sequences (0) or strings (1), as the lowest class bits say.
    boolean isVariableLengthString() {
        return typeClass() == VARIABLE_LENGTH_CLASS && (Hdf5File.unsignedByte(type, 1) & 0xF) == 1;
    }

    private int typeClass() {
        return Hdf5File.unsignedByte(type, 0) & 0xF;
    }
}
