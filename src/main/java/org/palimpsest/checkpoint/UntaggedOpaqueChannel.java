package org.palimpsest.checkpoint;

import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Lets jhdf read opaque data types without a tag, on which it fails up to 0.13.0 ("End of buffer reached before NULL").
///
/// HDF5 writes no tag at all where it is empty, and so does h5py for Keras' bfloat16. Such a type differs from a fixed-size
/// string type of the same size only in the class number, so that is what jhdf is shown. Only the headers pass through here:
/// the values are mapped from the file itself.
final class UntaggedOpaqueChannel extends FileChannelFromSeekableByteChannel {
    // A version 1 object header's message: type 3 (data type), 8 bytes, flags, three reserved
    // bytes; then the data type:
    // class and version, three bytes of class bits (all zero: no tag), four bytes with the size,
    // here 2
    // (HDF5 File Format Specification 3.0, IV.A.1.a and IV.A.2.d).
    private static final int MESSAGE_BYTES = 16;
    private static final int MESSAGE_START = 0x0008_0003;
    private static final int FLAGS_MASK = 0xFF;
    private static final int TYPE_VERSION_1_OPAQUE = 0x15;
    private static final int TYPE_VERSION_1_STRING = 0x13;
    private static final int VALUE_BYTES = 2;

    UntaggedOpaqueChannel(FileChannel file) {
        super(file);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = super.read(target);
        replaceOpaque(target);
        return count;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int count = super.read(target, position);
        replaceOpaque(target);
        return count;
    }

    private static void replaceOpaque(ByteBuffer buffer) {
        for (int i = 0; i <= buffer.position() - MESSAGE_BYTES; i++) {
            if (buffer.get(i + 8) == TYPE_VERSION_1_OPAQUE && isUntaggedOpaque(buffer, i)) {
                buffer.put(i + 8, (byte) TYPE_VERSION_1_STRING);
            }
        }
    }

    private static boolean isUntaggedOpaque(ByteBuffer buffer, int at) {
        return littleEndian(buffer, at) == MESSAGE_START
                && (littleEndian(buffer, at + 4) & ~FLAGS_MASK) == 0
                && littleEndian(buffer, at + 8) == TYPE_VERSION_1_OPAQUE
                && littleEndian(buffer, at + 12) == VALUE_BYTES;
    }

    private static int littleEndian(ByteBuffer buffer, int at) {
        return buffer.get(at) & 0xFF
                | (buffer.get(at + 1) & 0xFF) << 8
                | (buffer.get(at + 2) & 0xFF) << 16
                | (buffer.get(at + 3) & 0xFF) << 24;
    }
}
