package org.palimpsest.ui.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageAdder;
import org.palimpsest.project.MissingFacts;
import org.palimpsest.project.Project;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens projects and folders of images in the workspace, and adds images to what is open.
///
/// A folder of images has its project in itself, under its own name; where nothing may be written there, in the person's
/// folder of projects.
///
/// Confined to the interface's thread.
public final class ProjectOpener {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectOpener.class);

    private final Workspace workspace;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final SettingsStore settings;
    private final InstantSource clock;
    private final Places places;
    private boolean opening;

    /// Where things lie.
    ///
    /// @param projects the person's folder of projects, which need not be there yet
    /// @param samples the folder of sample images
    public record Places(Path projects, Path samples) {}

    /// What was opened, and which images are to be added to it.
    private record Opened(OpenProject project, List<Path> images) {}

    public ProjectOpener(
            Workspace workspace,
            DialogService dialogs,
            TaskRunner tasks,
            SettingsStore settings,
            InstantSource clock,
            Places places) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
        this.places = places;
    }

    /// Asks for a folder of images and opens it.
    public void askForFolder() {
        dialogs.chooseFolder(Texts.get("support.choose.folder"), currentFolder())
                .ifPresent(folder -> open(List.of(folder)));
    }

    /// Asks for images and adds them to the project, or to a new one in their folder.
    public void askForImages() {
        var files = dialogs.chooseImages(currentFolder());
        if (!files.isEmpty()) {
            add(files);
        }
    }

    public void askForProject() {
        dialogs.chooseProject(currentFolder()).ifPresent(file -> open(List.of(file)));
    }

    /// Asks for the name of a new project and opens it, without images.
    public void askForNewProject() {
        dialogs.chooseTarget(
                        Texts.get("support.choose.newProject"),
                        currentFolder(),
                        "project" + Project.EXTENSION,
                        Project.EXTENSION)
                .ifPresent(file -> begin(() -> new Opened(openOrCreate(file), List.of()), file));
    }

    public void openSamples() {
        begin(
                () -> {
                    var file = places.projects().resolve("samples" + Project.EXTENSION);
                    Files.createDirectories(places.projects());
                    return new Opened(openOrCreate(file), ImageFiles.list(places.samples()));
                },
                places.samples());
    }

    /// Opens a project file, or a folder of images with its project. Image files are added to what is open, or to a new
    /// project in their folder.
    public void open(List<Path> chosen) {
        var first = chosen.getFirst();
        if (isProject(first)) {
            begin(() -> new Opened(OpenProject.open(first, false, clock), List.of()), first);
        } else if (Files.isDirectory(first)) {
            begin(() -> openFolder(chosen), first);
        } else {
            add(chosen);
        }
    }

    /// Adds images, and those in folders, to the project; where none is open, to one in their folder.
    public void add(List<Path> chosen) {
        if (workspace.project().isEmpty()) {
            begin(
                    () -> {
                        var images = images(chosen);
                        if (images.isEmpty()) {
                            throw noImages(chosen.getFirst());
                        }
                        return new Opened(
                                openOrCreate(projectFor(parent(chosen.getFirst()))), images);
                    },
                    chosen.getFirst());
            return;
        }
        tasks.run(
                Texts.get("support.job.add"),
                _ -> images(chosen),
                images -> {
                    if (images.isEmpty()) {
                        dialogs.show(noImages(chosen.getFirst()).problem());
                    } else {
                        addNow(images, true);
                    }
                },
                dialogs::show);
    }

    /// Closes the project; it is not opened again at the next start.
    public void close() {
        if (mayLeave()) {
            workspace.use(null);
            save(kept -> kept.withReopen(false));
        }
    }

    /// Whether what is open may be left: asks where changes could not be written.
    public boolean mayLeave() {
        return !(workspace.saveStateProperty().get()
                        instanceof SaveState.Failing(int count, Problem problem))
                || dialogs.confirm(
                        Texts.get("support.close"),
                        Texts.get("support.close.unsaved", count, problem.oneLine()),
                        Texts.get("support.close.action"));
    }

    /// Opens something, which may read and write files.
    @FunctionalInterface
    private interface Opening {
        Opened open() throws ProblemException, IOException;
    }

    private void begin(Opening opening, Path place) {
        if (this.opening || !mayLeave()) {
            return;
        }
        this.opening = true;
        tasks.run(
                Texts.get("support.job.open", String.valueOf(place.getFileName())),
                _ -> {
                    try {
                        return opening.open();
                    } catch (IOException e) {
                        throw new ProblemException(
                                new Problem(
                                        Texts.get("support.noFolder"),
                                        place + ": " + e.getMessage(),
                                        Texts.get("support.noFolder.remedy")),
                                e);
                    }
                },
                opened -> {
                    this.opening = false;
                    opened(opened);
                },
                problem -> {
                    this.opening = false;
                    if (problem.detail().startsWith(place.toString())) {
                        save(kept -> Files.exists(place) ? kept : kept.withoutProject(place));
                    }
                    dialogs.show(problem);
                });
    }

    private void opened(Opened opened) {
        var file = opened.project().project().file().toAbsolutePath().normalize();
        workspace.use(opened.project());
        save(kept -> kept.withProject(file));
        if (opened.images().isEmpty()) {
            findFacts();
        } else {
            addNow(opened.images(), false);
        }
    }

    private void addNow(List<Path> images, boolean say) {
        var open = workspace.openProjectProperty().get();
        if (open.isEmpty()) {
            return;
        }
        var project = open.get().project();
        tasks.<ImageAdder.Report>runShown(
                Texts.get("support.job.add"),
                progress ->
                        ImageAdder.addByHeaders(
                                project,
                                images,
                                progress,
                                ids -> tasks.onInterface(() -> workspace.images().changed(ids))),
                report -> added(report, say),
                dialogs::show);
    }

    private void added(ImageAdder.Report report, boolean say) {
        workspace.refreshTitles();
        if (!report.failures().isEmpty()) {
            dialogs.show(
                    new Problem(
                            Texts.get("support.notAdded", report.failures().size()),
                            report.failures().getFirst().reason(),
                            Texts.get("support.notAdded.remedy")));
        } else if (say) {
            dialogs.notify(Texts.get("support.added", report.added()));
        }
        findFacts();
    }

    /// Fills in what adding by headers left open, as long as that project is open.
    private void findFacts() {
        var open = workspace.openProjectProperty().get();
        if (open.isEmpty()) {
            return;
        }
        var project = open.get();
        workspace.read(
                Texts.get("support.job.facts"),
                (reader, _) -> MissingFacts.count(reader),
                count -> {
                    if (count > 0) {
                        findFacts(project);
                    }
                },
                dialogs::show);
    }

    private void findFacts(OpenProject project) {
        tasks.<Boolean>runShown(
                Texts.get("support.job.facts"),
                progress -> {
                    MissingFacts.find(
                            project.project(),
                            progress,
                            ids ->
                                    tasks.onInterface(() -> {
                                        if (workspace.isOpen(project)) {
                                            workspace.images().changed(ids);
                                        }
                                    }));
                    return true;
                },
                _ -> {},
                problem -> LOG.info("Facts of images: {}", problem.oneLine()));
    }

    private Opened openFolder(List<Path> folders) throws ProblemException, IOException {
        var images = images(folders);
        var file = projectIn(folders.getFirst());
        if (file.isEmpty() && images.isEmpty()) {
            throw noImages(folders.getFirst());
        }
        return new Opened(
                openOrCreate(file.isPresent() ? file.get() : projectFor(folders.getFirst())),
                images);
    }

    private OpenProject openOrCreate(Path file) throws ProblemException {
        return OpenProject.open(file, !Files.exists(file), clock);
    }

    /// The project that lies in a folder of images, if there is one alone.
    private static Optional<Path> projectIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var projects = files.filter(ProjectOpener::isProject).limit(2).toList();
            return projects.size() == 1 ? Optional.of(projects.getFirst()) : Optional.empty();
        }
    }

    private Path projectFor(Path folder) throws IOException {
        var absolute = folder.toAbsolutePath().normalize();
        var name = Objects.requireNonNullElse(absolute.getFileName(), Path.of("images"));
        var file = absolute.resolve(name + Project.EXTENSION);
        if (Files.isWritable(absolute)) {
            return file;
        }
        Files.createDirectories(places.projects());
        return places.projects().resolve(name + Project.EXTENSION);
    }

    private static boolean isProject(Path file) {
        return String.valueOf(file.getFileName()).endsWith(Project.EXTENSION);
    }

    private static Path parent(Path file) {
        return Objects.requireNonNullElse(
                file.toAbsolutePath().normalize().getParent(), file.toAbsolutePath());
    }

    private static List<Path> images(List<Path> chosen) throws ProblemException {
        var files = new ArrayList<Path>();
        for (var place : chosen) {
            if (Files.isDirectory(place)) {
                files.addAll(ImageFiles.listDeep(place));
            } else {
                files.add(place);
            }
        }
        return files;
    }

    private static ProblemException noImages(Path place) {
        return new ProblemException(
                new Problem(
                        Texts.get("support.noImages"),
                        place.toString(),
                        Texts.get("support.noImages.remedy")));
    }

    private Optional<Path> currentFolder() {
        return Optional.ofNullable(workspace.currentImage())
                .map(image -> parent(image.file()))
                .or(() ->
                        settings.settings().recentProjects().stream()
                                .findFirst()
                                .map(ProjectOpener::parent));
    }

    private void save(UnaryOperator<Settings> change) {
        tasks.<Boolean>run(
                Texts.get("support.job.settings"),
                _ -> {
                    settings.update(change);
                    return true;
                },
                _ -> {},
                problem -> LOG.warn("{}", problem.oneLine()));
    }
}
