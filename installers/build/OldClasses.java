import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.util.zip.ZipFile;

/// Writes classes of Java 5 as classes of Java 7: a virtual machine records no older ones, and picocli, through which every
/// command goes, is as old. The code stays the same; what the newer format wants besides is worked out from it.
final class OldClasses {
    private static final int JAVA_7 = 51;

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
        if (parsed.majorVersion() >= JAVA_7) {
            return bytes;
        }
        return format.build(
                parsed.thisClass().asSymbol(),
                builder -> {
                    builder.withVersion(JAVA_7, 0);
                    for (var element : parsed) {
                        switch (element) {
                            case ClassFileVersion _ -> {}
                            case MethodModel method ->
                                    builder.transformMethod(
                                            method,
                                            MethodTransform.transformingCode(
                                                    CodeTransform.ACCEPT_ALL));
                            default -> builder.with(element);
                        }
                    }
                });
    }
}
