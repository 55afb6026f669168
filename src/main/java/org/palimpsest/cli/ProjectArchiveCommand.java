package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The commands that put a project with its images into one file and take it out again.
final class ProjectArchiveCommand {
    private ProjectArchiveCommand() {}

    /// Writes an archive.
    @Command(
            name = "export-archive",
            description = "Put a project with its images and its whole history into one ZIP file.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(index = "0", paramLabel = "PROJECT", description = "The project file.")
        private Path file;

        @Parameters(index = "1", paramLabel = "ARCHIVE", description = "The ZIP file to write.")
        private Path archive;

        Export(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws ProblemException {
            return LongWork.run(
                    context,
                    progress -> {
                        try (var project = Project.openForReading(file)) {
                            ProjectArchive.export(project, archive, progress);
                        }
                        progress.close();
                        context.output().println(archive + " is written");
                        return ExitCode.SUCCESS;
                    });
        }
    }

    /// Unpacks an archive.
    @Command(
            name = "import-archive",
            description = "Unpack a project that 'export-archive' packed, into a new folder.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(index = "0", paramLabel = "ARCHIVE", description = "The ZIP file.")
        private Path archive;

        @Parameters(index = "1", paramLabel = "FOLDER", description = "The folder to make.")
        private Path folder;

        Import(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws ProblemException {
            return LongWork.run(
                    context,
                    progress -> {
                        Path project = ProjectArchive.unpack(archive, folder, progress);
                        progress.close();
                        context.output().println(project + " is ready");
                        return ExitCode.SUCCESS;
                    });
        }
    }
}
