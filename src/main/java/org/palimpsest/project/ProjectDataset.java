package org.palimpsest.project;

import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.problem.ProblemException;

/// The images of a project that a filter means. Each reading has a connection of its own and sees one state of the
/// project, however long it takes.
final class ProjectDataset implements Dataset {
    private static final int PAGE = 500;

    private final Project project;
    private final ImageFilter filter;
    private final LabelSet labels;
    private final long imageCount;

    ProjectDataset(Project project, ImageFilter filter, LabelSet labels, long imageCount) {
        this.project = project;
        this.filter = filter;
        this.labels = labels;
        this.imageCount = imageCount;
    }

    @Override
    public LabelSet labels() {
        return labels;
    }

    @Override
    public long imageCount() {
        return imageCount;
    }

    @Override
    public void forEach(ImageVisitor visitor) throws ProblemException {
        try (var database = Database.open(project.file(), false)) {
            database.snapshot(() -> {
                var reader = project.reader(database, new Names(database));
                var rows = reader.rows(filter, ImagePage.START, PAGE);
                while (!rows.isEmpty()) {
                    for (long row : rows) {
                        visitor.visit(reader.image(row));
                    }
                    rows = reader.rows(filter, rows.getLast(), PAGE);
                }
                return null;
            });
        }
    }
}
