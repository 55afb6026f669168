import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.ClassFileVersion;
import java.util.zip.ZipFile;

/// Writes classes of Java 5 as classes of Java 6: a virtual machine records no older ones, and picocli, through which every
/// command goes, is as old. The code stays the same; what the newer format wants besides is worked out from it.
final class OldClasses {
    private static final int JAVA_6 = 50;

    private final ClassFile format;

    /// @param zip the jar of the classes
    OldClasses(ZipFile zip) {
        var hierarchy =
                ClassHierarchyResolver.ofResourceParsing(type -> open(zip, type.descriptorString()))
                        .orElse(ClassHierarchyResolver.defaultResolver());
        format =
                ClassFile.of(
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    private static InputStream open(ZipFile zip, String descriptor) {
        try {
            var entry = zip.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
            return entry == null ? null : zip.getInputStream(entry);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    byte[] raised(byte[] bytes) {
        var parsed = format.parse(bytes);
        if (parsed.majorVersion() >= JAVA_6) {
            return bytes;
        }
        return format.transformClass(
                parsed,
                ClassTransform.dropping(ClassFileVersion.class::isInstance)
                        .andThen(
                                ClassTransform.endHandler(
                                        builder -> builder.withVersion(JAVA_6, 0))));
    }
}
