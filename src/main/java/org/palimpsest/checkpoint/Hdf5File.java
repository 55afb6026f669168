package org.palimpsest.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Groups and object headers of an HDF5 file in the form that h5py writes by default: superblock version 0 or 1, old-style
/// groups, version 1 object headers ([HDF5 File Format Specification 3.0](https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html)).
///
/// Reads mapped memory in place and takes none of its own for what the file claims: a structure that lies outside the file
/// is an [IndexOutOfBoundsException], one that is not what it should be a [Hdf5FormatException], and the total work is
/// bounded, so that structures that point at each other end.
final class Hdf5File {
    /// The file is not what it should be. The one who knows the file's name puts it into words.
    static final class Hdf5FormatException extends Exception {
        private static final long serialVersionUID = 1;

        Hdf5FormatException(String message) {
            super(message);
        }
    }

    /// One message of an object header: its type and the bytes of its body.
    record Message(int type, boolean shared, MemorySegment body) {}

    static final int DATASPACE = 0x01;
    static final int DATATYPE = 0x03;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0B;
    static final int ATTRIBUTE = 0x0C;
    private static final int CONTINUATION = 0x10;
    private static final int SYMBOL_TABLE = 0x11;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
    private static final int SHARED_FLAG = 0x02;
    private static final int SOFT_LINK = 2;
    private static final int MAX_NAME_BYTES = 4_096;
    private static final int ADDRESS_BYTES = 8;
    private static final int ENTRY_BYTES = 40;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment file;
    private final long rootHeader;
    private final Set<Long> visitedNodes = new HashSet<>();

    /// Structures that may still be looked at. Real files have some ten thousand.
    private int budget = 2_000_000;

    /// @param file the whole file
    Hdf5File(MemorySegment file) throws Hdf5FormatException {
        this.file = file;
        if (file.byteSize() < SIGNATURE.length
                || !Arrays.equals(
                        file.asSlice(0, SIGNATURE.length).toArray(ValueLayout.JAVA_BYTE),
                        SIGNATURE)) {
            throw new Hdf5FormatException("it does not start as an HDF5 file does");
        }
        int version = unsignedByte(file, 8);
        if (version > 1) {
            throw new Hdf5FormatException(
                    "superblock version 0 or 1 expected, as Keras writes it, found " + version);
        }
        if (unsignedByte(file, 13) != ADDRESS_BYTES || unsignedByte(file, 14) != ADDRESS_BYTES) {
            throw new Hdf5FormatException("offsets and lengths of 8 bytes expected");
        }
        long addresses = version == 0 ? 24 : 28;
        if (file.get(LONG, addresses) != 0) {
            throw new Hdf5FormatException("a user block is in front of the contents");
        }
        long endOfFile = file.get(LONG, addresses + 16);
        if (endOfFile > file.byteSize()) {
            throw new Hdf5FormatException(
                    "it should have "
                            + Long.toUnsignedString(endOfFile)
                            + " bytes, but has "
                            + file.byteSize()
                            + "; the download may have stopped early");
        }
        rootHeader = file.get(LONG, addresses + 40);
    }

    long rootHeader() {
        return rootHeader;
    }

    /// The messages of the object at an address, those in continuation blocks included.
    List<Message> messages(long header) throws Hdf5FormatException {
        if (unsignedByte(file, header) != 1) {
            throw new Hdf5FormatException("no version 1 object header at byte " + header);
        }
        var blocks = new ArrayList<MemorySegment>();
        blocks.add(file.asSlice(header + 16, unsignedInt(file, header + 8)));
        var messages = new ArrayList<Message>();
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            for (long at = 0; at + 8 <= block.byteSize(); ) {
                spend();
                int type = unsignedShort(block, at);
                int size = unsignedShort(block, at + 2);
                boolean shared = (unsignedByte(block, at + 4) & SHARED_FLAG) != 0;
                var body = block.asSlice(at + 8, size);
                if (type == CONTINUATION) {
                    blocks.add(file.asSlice(body.get(LONG, 0), body.get(LONG, 8)));
                } else {
                    messages.add(new Message(type, shared, body));
                }
                at += 8 + size;
            }
        }
        return messages;
    }

    /// Whether an object is a group: it has a symbol table.
    static boolean isGroup(List<Message> messages) {
        return messages.stream().anyMatch(message -> message.type() == SYMBOL_TABLE);
    }

    /// Names of a group's members and the addresses of their object headers. Links to elsewhere are left out.
    Map<String, Long> members(List<Message> group) throws Hdf5FormatException {
        var members = new LinkedHashMap<String, Long>();
        for (var message : group) {
            if (message.type() == SYMBOL_TABLE) {
                var names = localHeap(message.body().get(LONG, 8));
                addMembers(message.body().get(LONG, 0), names, members);
            }
        }
        return members;
    }

    private MemorySegment localHeap(long address) throws Hdf5FormatException {
        requireSignature(address, "HEAP");
        return file.asSlice(file.get(LONG, address + 24), file.get(LONG, address + 8));
    }

    /// A version 1 B-tree node and everything below it.
    private void addMembers(long node, MemorySegment names, Map<String, Long> members)
            throws Hdf5FormatException {
        spend();
        if (!visitedNodes.add(node)) {
            throw new Hdf5FormatException("the index at byte " + node + " is used twice");
        }
        requireSignature(node, "TREE");
        int level = unsignedByte(file, node + 5);
        int children = unsignedShort(file, node + 6);
        for (int i = 0; i < children; i++) {
            long child = file.get(LONG, node + 32 + 16L * i);
            if (level > 0) {
                addMembers(child, names, members);
            } else {
                addSymbols(child, names, members);
            }
        }
    }

    private void addSymbols(long node, MemorySegment names, Map<String, Long> members)
            throws Hdf5FormatException {
        requireSignature(node, "SNOD");
        int count = unsignedShort(file, node + 6);
        for (int i = 0; i < count; i++) {
            spend();
            long entry = node + 8 + (long) ENTRY_BYTES * i;
            if (file.get(INT, entry + 16) != SOFT_LINK) {
                String name = terminated(names, file.get(LONG, entry));
                if (members.put(name, file.get(LONG, entry + 8)) != null) {
                    throw new Hdf5FormatException("the name " + name + " is there twice");
                }
            }
        }
    }

    /// The text of a string attribute, fixed or variable in length; empty where there is no such attribute or it is no string.
    String stringAttribute(List<Message> messages, String name) throws Hdf5FormatException {
        for (var message : messages) {
            if (message.type() == ATTRIBUTE && !message.shared()) {
                var attribute = Hdf5Attribute.parse(message.body());
                if (attribute.name().equals(name)) {
                    return text(attribute);
                }
            }
        }
        return "";
    }

    private String text(Hdf5Attribute attribute) throws Hdf5FormatException {
        var data = attribute.data();
        if (attribute.isFixedString()) {
            return terminated(data, 0);
        }
        if (!attribute.isVariableLengthString() || data.byteSize() < 16) {
            return "";
        }
        long length = unsignedInt(data, 0);
        var object = globalHeapObject(data.get(LONG, 4), data.get(INT, 12));
        long shown = Math.min(Math.min(length, object.byteSize()), MAX_NAME_BYTES);
        return new String(
                object.asSlice(0, shown).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private MemorySegment globalHeapObject(long collection, int index) throws Hdf5FormatException {
        requireSignature(collection, "GCOL");
        var heap = file.asSlice(collection, file.get(LONG, collection + 8));
        for (long at = 16; at + 16 <= heap.byteSize(); ) {
            spend();
            int found = unsignedShort(heap, at);
            long size = heap.get(LONG, at + 8);
            if (found == 0 || size < 0) {
                break;
            }
            if (found == index) {
                return heap.asSlice(at + 16, size);
            }
            at = Math.addExact(at, 16 + (size + 7 & ~7L));
        }
        throw new Hdf5FormatException("a text is missing in the heap at byte " + collection);
    }

    /// A text that ends with a zero byte or with its segment.
    static String terminated(MemorySegment segment, long start) throws Hdf5FormatException {
        for (long end = start; end <= segment.byteSize(); end++) {
            if (end - start > MAX_NAME_BYTES) {
                throw new Hdf5FormatException("a name has more than " + MAX_NAME_BYTES + " bytes");
            }
            if (end == segment.byteSize() || segment.get(ValueLayout.JAVA_BYTE, end) == 0) {
                byte[] bytes = segment.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        throw new Hdf5FormatException("a name lies outside its heap");
    }

    private void requireSignature(long address, String signature) throws Hdf5FormatException {
        for (int i = 0; i < signature.length(); i++) {
            if (unsignedByte(file, address + i) != signature.charAt(i)) {
                throw new Hdf5FormatException(
                        signature + " expected at byte " + Long.toUnsignedString(address));
            }
        }
    }

    private void spend() throws Hdf5FormatException {
        if (--budget < 0) {
            throw new Hdf5FormatException("its structures do not end");
        }
    }

    static int unsignedByte(MemorySegment segment, long at) {
        return segment.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    static int unsignedShort(MemorySegment segment, long at) {
        return segment.get(SHORT, at) & 0xFFFF;
    }

    static long unsignedInt(MemorySegment segment, long at) {
        return Integer.toUnsignedLong(segment.get(INT, at));
    }

    static long signedLong(MemorySegment segment, long at) {
        return segment.get(LONG, at);
    }
}
