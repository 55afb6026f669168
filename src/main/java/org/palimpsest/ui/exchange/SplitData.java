package org.palimpsest.ui.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.split.SplitItem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectSplits;

/// The images of a project as far as a division needs to know them. Rejected images take no part in it.
record SplitData(List<Image> images) {
    SplitData {
        images = List.copyOf(images);
    }

    /// @param objects how many objects are in it that nobody rejected
    record Image(SplitItem item, String folder, int objects) {}

    /// Reads the project once.
    static SplitData of(Project project) throws ProblemException {
        var images = new ArrayList<Image>();
        project.dataset(ImageFilter.ALL)
                .forEach(image -> {
                    if (image.details().state() != ImageState.REJECTED) {
                        int objects =
                                (int)
                                        image.objects().stream()
                                                .filter(object ->
                                                        object.review() != ReviewState.REJECTED)
                                                .count();
                        images.add(
                                new Image(
                                        ProjectSplits.item(image, Optional.empty()),
                                        String.valueOf(image.image().file().getParent()),
                                        objects));
                    }
                });
        return new SplitData(images);
    }

    /// The images for a division.
    ///
    /// @param foldersTogether whether the images of a folder stay together
    List<SplitItem> items(boolean foldersTogether) {
        return images.stream()
                .map(image -> foldersTogether ? inFolder(image) : image.item())
                .toList();
    }

    private static SplitItem inFolder(Image image) {
        var item = image.item();
        return new SplitItem(
                item.id(),
                item.contentHash(),
                item.perceptualHash(),
                item.labels(),
                item.tags(),
                Optional.of(image.folder()),
                item.current());
    }

    /// How many images nobody compared with others yet: whether they look alike is not known.
    long unseen() {
        return images.stream().filter(image -> image.item().perceptualHash().isEmpty()).count();
    }
}
