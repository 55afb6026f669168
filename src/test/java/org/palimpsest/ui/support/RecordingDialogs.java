package org.palimpsest.ui.support;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;

/// Answers with what the test says and remembers what was shown.
public final class RecordingDialogs implements DialogService {
    public Optional<Path> folder = Optional.empty();
    public List<Path> files = List.of();
    public Optional<Path> target = Optional.empty();
    public Optional<Path> project = Optional.empty();
    public Optional<Path> file = Optional.empty();
    public Optional<String> text = Optional.empty();
    public boolean confirms = true;
    public final List<String> questions = new ArrayList<>();
    public final List<Problem> problems = new ArrayList<>();
    public final List<String> messages = new ArrayList<>();
    public final List<Path> folders = new ArrayList<>();
    public final List<URI> pages = new ArrayList<>();
    public final List<Runnable> actions = new ArrayList<>();

    @Override
    public Optional<Path> chooseFolder(String title, Optional<Path> start) {
        return folder;
    }

    @Override
    public List<Path> chooseImages(Optional<Path> start) {
        return files;
    }

    @Override
    public Optional<Path> chooseTarget(
            String title, Optional<Path> start, String name, String extension) {
        return target;
    }

    @Override
    public Optional<Path> chooseProject(Optional<Path> start) {
        return project;
    }

    @Override
    public Optional<Path> chooseFile(String title, Optional<Path> start) {
        return file;
    }

    @Override
    public Optional<String> askForText(String title, String question, String text) {
        questions.add(question);
        return this.text;
    }

    @Override
    public boolean confirm(String title, String question, String action) {
        questions.add(question);
        return confirms;
    }

    @Override
    public void show(Problem problem) {
        problems.add(problem);
    }

    @Override
    public void showFolder(Path folder) {
        folders.add(folder);
    }

    @Override
    public void openPage(URI page) {
        pages.add(page);
    }

    @Override
    public void notify(String message) {
        messages.add(message);
    }

    @Override
    public void notify(String message, String action, Runnable run) {
        messages.add(message);
        actions.add(run);
    }
}
