package org.palimpsest.ui.exchange;

import java.util.List;

/// What an export would write, before it does.
///
/// @param images how many images
/// @param summary numbers in one line
/// @param classes the labels in the order in which the files will name them
/// @param losses what the format cannot carry, in words
/// @param findings what its reader would stumble over
/// @param examples the first examples of a trainer's file, `prompt → answer`
/// @param files the first files, from their beginning
public record Preview(
        long images,
        String summary,
        List<String> classes,
        List<String> losses,
        List<String> findings,
        List<String> examples,
        List<PreviewFile> files) {
    public Preview {
        classes = List.copyOf(classes);
        losses = List.copyOf(losses);
        findings = List.copyOf(findings);
        examples = List.copyOf(examples);
        files = List.copyOf(files);
    }

    /// The beginning of a file.
    ///
    /// @param name from the folder of the export
    public record PreviewFile(String name, String beginning) {}
}
