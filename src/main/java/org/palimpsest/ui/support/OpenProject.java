package org.palimpsest.ui.support;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A project that the window has open: one connection that writes, one that reads long lists beside it, and the lock that
/// keeps other windows off.
///
/// @param project for writing and for short readings
/// @param reader for readings that take a while
public record OpenProject(Project project, Project reader, ProjectLock lock) {
    private static final Logger LOG = LoggerFactory.getLogger(OpenProject.class);

    /// Opens a project, or makes it where the file is not there yet.
    ///
    /// @throws ProblemException also where another window has it open
    public static OpenProject open(Path file, boolean create, InstantSource clock)
            throws ProblemException {
        Optional<ProjectLock> lock = ProjectLock.take(file);
        if (lock.isEmpty()) {
            throw new ProblemException(
                    new Problem(
                            Texts.get("support.locked"),
                            file.toString(),
                            Texts.get("support.locked.remedy")));
        }
        Project project = null;
        try {
            project = create ? Project.create(file, clock) : Project.open(file, clock);
            return new OpenProject(project, Project.openForReading(file), lock.get());
        } catch (ProblemException e) {
            lock.get().close();
            if (project != null) {
                project.close();
            }
            throw e;
        }
    }

    /// What the window calls it: the file's name without its ending.
    public String name() {
        return name(project.file());
    }

    /// What a window calls the project of a file.
    public static String name(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.endsWith(Project.EXTENSION)
                ? name.substring(0, name.length() - Project.EXTENSION.length())
                : name;
    }

    void close() {
        for (var open : List.of(reader, project)) {
            try {
                open.close();
            } catch (ProblemException e) {
                LOG.warn("{} did not close well: {}", open.file(), e.getMessage());
            }
        }
        lock.close();
    }
}
