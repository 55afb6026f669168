package org.palimpsest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.ContentHash;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;

/// Looks a project through: the database, what it refers to, the image files and the geometry.
public final class ProjectCheck {
    private static final int MAX_FINDINGS = 1000;
    private static final int PAGE = 500;

    private final Project project;
    private final boolean hashes;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private long moreFindings;
    private long images;

    private ProjectCheck(Project project, boolean hashes, Progress progress) {
        this.project = project;
        this.hashes = hashes;
        this.progress = progress;
    }

    /// One thing that is not as it should be.
    ///
    /// @param place the image or part of the file
    public record Finding(String place, String message) {
        @Override
        public String toString() {
            return place + ": " + message;
        }
    }

    /// What a check found.
    ///
    /// @param images how many images were looked at
    /// @param findings the first thousand
    /// @param moreFindings how many there are beyond
    public record Report(long images, List<Finding> findings, long moreFindings) {
        public Report {
            findings = List.copyOf(findings);
        }
    }

    /// Checks a project.
    ///
    /// @param hashes whether image files are read and held against their hashes; otherwise only whether they are there
    ///     and as long as they were
    public static Report check(Project project, boolean hashes, Progress progress)
            throws ProblemException {
        var check = new ProjectCheck(project, hashes, progress);
        check.checkDatabase();
        check.checkImages();
        return new Report(check.images, check.findings, check.moreFindings);
    }

    private void find(String place, String message) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(place, message));
        } else {
            moreFindings++;
        }
    }

    private void checkDatabase() throws ProblemException {
        project.reading(() -> {
            var database = project.database();
            database.forEach(
                    row -> {
                        if (!row.getString(1).equals("ok")) {
                            find("database", row.getString(1));
                        }
                    },
                    "PRAGMA integrity_check(100)");
            database.forEach(
                    row ->
                            find(
                                    "table " + row.getString(1),
                                    "row "
                                            + row.getLong(2)
                                            + " refers to a missing "
                                            + row.getString(3)),
                    "PRAGMA foreign_key_check");
            database.forEach(
                    row ->
                            find(
                                    "image row " + row.getLong(1),
                                    "the numbers of its annotations are kept wrongly"),
                    "SELECT image.id FROM image LEFT JOIN image_count ON image = image.id WHERE (objects, texts)"
                            + " IS NOT (SELECT count(label), count(*) - count(label) FROM annotation"
                            + " WHERE annotation.image = image.id)");
            return null;
        });
    }

    private void checkImages() throws ProblemException {
        long total = project.count(ImageFilter.ALL);
        var rows = rows(ImagePage.START);
        while (!rows.isEmpty()) {
            for (long row : rows) {
                progress.throwIfCancelled("The check was cancelled");
                checkImage(row);
                images++;
                progress.update(
                        new ProgressUpdate(
                                "Checking image " + images + " of " + total,
                                total == 0 ? 1 : (double) images / total));
            }
            rows = rows(rows.getLast());
        }
    }

    private List<Long> rows(long after) throws ProblemException {
        return project.reading(() ->
                project.reader(project.database(), project.names())
                        .rows(ImageFilter.ALL, after, PAGE));
    }

    private void checkImage(long row) throws ProblemException {
        AnnotatedImage image;
        try {
            image =
                    project.reading(
                            () -> project.reader(project.database(), project.names()).image(row));
        } catch (ProblemException e) {
            find("image row " + row, e.problem().detail());
            return;
        }
        String place = image.image().file().toString();
        checkFile(image.image(), place);
        for (var annotation : image.annotations()) {
            switch (annotation) {
                case ObjectAnnotation object -> checkObject(image, object, place);
                case TextAnnotation text -> checkText(image, text, place);
            }
        }
    }

    private void checkFile(ImageEntry image, String place) throws ProblemException {
        try {
            if (!Files.isRegularFile(image.file())) {
                find(place, "the image file is missing ('palimpsest project relocate' finds it)");
            } else if (image.facts().bytes() > 0
                    && Files.size(image.file()) != image.facts().bytes()) {
                find(place, "the image file has another length than when it was added");
            } else if (hashes
                    && !image.facts().contentHash().isEmpty()
                    && !ContentHash.of(image.file()).equals(image.facts().contentHash())) {
                find(place, "the image file has other contents than when it was added");
            }
        } catch (IOException e) {
            find(place, "the image file cannot be read: " + e.getMessage());
        }
    }

    private void checkObject(AnnotatedImage image, ObjectAnnotation object, String place) {
        var size = image.image().size();
        if (object.region() instanceof Mask mask && !mask.size().equals(size)) {
            find(place, "a mask of " + object.label() + " has " + mask.size() + ", not " + size);
        } else if (object.region().bounds().clampTo(size).isEmpty()) {
            find(place, "a " + object.label() + " covers nothing of the image");
        }
    }

    private void checkText(AnnotatedImage image, TextAnnotation text, String place) {
        for (var link : text.links()) {
            AnnotationId object = link.object();
            if (!(image.find(object).orElse(null) instanceof ObjectAnnotation)) {
                find(
                        place,
                        "the phrase “"
                                + text.text().substring(link.start(), link.end())
                                + "” is linked to an object that is not there");
            }
        }
    }
}
