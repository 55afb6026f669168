package org.palimpsest.dataset.split;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;

/// What a division needs to know of an image.
///
/// @param contentHash of the file; empty where unknown
/// @param perceptualHash 64 bits that differ little between pictures that look alike, where known
/// @param labels of its objects
/// @param group images of one group stay together, such as those of one video; empty where it stands alone
/// @param current where it is now
public record SplitItem(
        ImageId id,
        String contentHash,
        OptionalLong perceptualHash,
        Set<String> labels,
        Set<String> tags,
        Optional<String> group,
        Split current) {
    public SplitItem {
        labels = Set.copyOf(labels);
        tags = Set.copyOf(tags);
    }

    /// What tells the image from others: its contents, or its id where these are unknown.
    String key() {
        return contentHash.isEmpty() ? id.toString() : contentHash;
    }
}
