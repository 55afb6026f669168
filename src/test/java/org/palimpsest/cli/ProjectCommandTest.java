package org.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project from the command line, on sample images with the bundled model.
class ProjectCommandTest {
    private static final Path SAMPLES = Path.of("assets/samples");
    private static final String PROMPT = "detect circle ; triangle ; cross ; star";

    @TempDir private Path folder;
    private Path images;
    private Path project;

    @BeforeEach
    void copyImages() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        for (int i = 1; i <= 4; i++) {
            String name = "scene-0" + i + ".png";
            Files.copy(SAMPLES.resolve(name), images.resolve(name));
        }
        project = folder.resolve("p.palimpsest");
    }

    /// Runs a command that must succeed, and gives what it printed.
    private static String palimpsest(Object... arguments) {
        var run = run(arguments);
        assertThat(run.exitCode()).as(run.error()).isZero();
        return run.output();
    }

    private static CommandRun run(Object... arguments) {
        return CommandRun.of(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    @Test
    void aFolderBecomesAProjectThatIsLabelledAndUndone() throws IOException {
        assertThat(palimpsest("project", "create", project, images)).contains("4 images added");
        var labelled = palimpsest("label", project, "--prompt", PROMPT);
        assertThat(labelled).contains("4 images labelled");
        assertThat(palimpsest("label", project, "--prompt", PROMPT)).contains("4 done before");
        JsonNode info =
                new ObjectMapper().readTree(palimpsest("project", "info", project, "--json"));
        assertThat(info.get("images").asInt()).isEqualTo(4);
        assertThat(info.get("objects").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(info.get("runs").get(0).get("prompt").asText()).isEqualTo(PROMPT);
        assertThat(palimpsest("project", "list", project, "--where", "state:predicted", "--count"))
                .isEqualTo("4\n");
        assertThat(palimpsest("project", "check", project)).contains("as it should be");
        assertThat(palimpsest("project", "undo", project)).startsWith("Undone: " + PROMPT);
        assertThat(palimpsest("project", "list", project, "--where", "objects>0", "--count"))
                .isEqualTo("0\n");
        assertThat(palimpsest("project", "redo", project)).startsWith("Done again: ");
        assertThat(palimpsest("project", "split", project, "--ratios", "0.5,0.25,0.25"))
                .contains("Changes 4 images");
        assertThat(palimpsest("queue", project, "--count", "2").lines()).hasSize(2);
    }

    @Test
    void theSamePictureIsAddedOnce() throws IOException {
        palimpsest("project", "create", project, images);
        Files.copy(images.resolve("scene-01.png"), images.resolve("copy.png"));
        var run = run("project", "add", project, images);
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("0 images added", "4 were there already", "1 are the same pictures");
        assertThat(run.error()).contains("copy.png: the same picture as ", "scene-01.png");
    }

    @Test
    void movedImagesAreFoundAgainByOneQuestion() throws IOException {
        palimpsest("project", "create", project, images);
        var moved = folder.resolve("elsewhere/deep");
        Files.createDirectories(moved.getParent());
        Files.move(images, moved);
        assertThat(run("project", "check", project).exitCode()).isEqualTo(ExitCode.PROBLEM);
        var no =
                CommandRun.withInput(
                        "n\n",
                        "project",
                        "relocate",
                        project.toString(),
                        folder.resolve("elsewhere").toString());
        assertThat(no.output()).contains("4 images were found", "Nothing was changed");
        var yes =
                CommandRun.withInput(
                        "y\n",
                        "project",
                        "relocate",
                        project.toString(),
                        folder.resolve("elsewhere").toString());
        assertThat(yes.exitCode()).isZero();
        assertThat(palimpsest("project", "check", project)).contains("as it should be");
    }

    @Test
    void anArchiveHoldsEverything() {
        palimpsest("project", "create", project, images);
        var archive = folder.resolve("a.zip");
        palimpsest("project", "export-archive", project, archive);
        palimpsest("project", "import-archive", archive, folder.resolve("new"));
        var unpacked = folder.resolve("new/project.palimpsest");
        assertThat(palimpsest("project", "check", unpacked)).contains("4 images checked");
        assertThat(run("project", "import-archive", archive, folder.resolve("new")).error())
                .contains("The folder exists already");
        assertThat(palimpsest("project", "compact", unpacked)).contains("MB now");
    }

    @Test
    void labelsAreChangedWithAPreview() {
        palimpsest("import", project, "assets/samples", "--format", "scenes");
        assertThat(palimpsest("project", "labels", project)).contains("circle  12 objects");
        var dry =
                palimpsest(
                        "project",
                        "labels",
                        project,
                        "--merge",
                        "ring",
                        "--to",
                        "circle",
                        "--dry-run");
        assertThat(dry).startsWith("Would change 8 objects in 6 images");
        palimpsest("project", "labels", project, "--merge", "ring", "--to", "circle");
        assertThat(palimpsest("project", "labels", project))
                .contains("circle  20 objects  also ring");
        palimpsest("project", "undo", project);
        assertThat(palimpsest("project", "labels", project))
                .contains("circle  12 objects", "ring  8 objects");
        assertThat(run("project", "labels", project, "--rename", "nothing", "--to", "x").error())
                .contains("There is no label 'nothing'");
    }

    @Test
    void whatIsNoProjectIsRefusedWithARemedyAndLeftAsItIs() throws IOException {
        Files.writeString(project, "not a database");
        var run = run("project", "info", project);
        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
        assertThat(run.error())
                .contains(
                        "This file is not a Palimpsest project",
                        project.toString(),
                        "project create");
        assertThat(run("project", "create", project).error())
                .contains("There is such a file already");
        assertThat(Files.readString(project)).isEqualTo("not a database");
        var filter = run("project", "list", project, "--where", "colour:red");
        assertThat(filter.error()).contains("at character 1", "there is no 'colour:'");
    }
}
