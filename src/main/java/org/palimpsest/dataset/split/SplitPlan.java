package org.palimpsest.dataset.split;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;

/// What a division would change, and how the data set would be divided then.
///
/// @param changes the new part of every image that gets another
/// @param images how many images each part would have
/// @param labels for each label, in how many images of each part it would be
/// @param together images that were kept together, largest groups first
/// @param torn groups whose members sit in two parts and stay there
public record SplitPlan(
        Map<ImageId, Split> changes,
        Map<Split, Long> images,
        SortedMap<String, Map<Split, Long>> labels,
        List<Group> together,
        List<Group> torn) {

    /// Why images belong together.
    public enum Reason {
        /// Their files are the same.
        SAME_CONTENTS,
        /// They look alike.
        LOOK_ALIKE,
        /// The person says so.
        SAME_GROUP
    }

    /// Images that belong together.
    ///
    /// @param members two or more, in the order of their ids
    public record Group(List<ImageId> members, Set<Reason> reasons) {
        public Group {
            members = List.copyOf(members);
            reasons = Set.copyOf(reasons);
        }
    }
}
