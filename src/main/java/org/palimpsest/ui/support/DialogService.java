package org.palimpsest.ui.support;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;

/// Asks and tells the person. An interface, because a headless platform has no file choosers and a test has no person.
///
/// Confined to the interface's thread.
public interface DialogService {

    /// A folder the person chose, or empty if they thought better of it.
    Optional<Path> chooseFolder(String title, Optional<Path> start);

    /// Image files the person chose; empty if none.
    List<Path> chooseImages(Optional<Path> start);

    /// Where to write a file; the extension is appended where it is missing.
    Optional<Path> chooseTarget(String title, Optional<Path> folder, String name, String extension);

    /// A project file the person chose, or empty if they thought better of it.
    Optional<Path> chooseProject(Optional<Path> start);

    /// A file of any kind that the person chose, or empty if they thought better of it.
    Optional<Path> chooseFile(String title, Optional<Path> start);

    /// A line of text, such as a name or a reason; empty if the person thought better of it.
    Optional<String> askForText(String title, String question, String text);

    /// Whether to go on; the action names what happens then.
    boolean confirm(String title, String question, String action);

    /// Shows a problem until the person has read it.
    void show(Problem problem);

    /// Shows a folder in the system's file manager.
    void showFolder(Path folder);

    /// Opens a page in the person's browser. Called when the person asks for it alone: the program itself stays off the network.
    void openPage(URI page);

    /// Says that something was done, without asking for attention.
    void notify(String message);

    /// Says that something was done, and offers something to do about it, such as to undo it.
    void notify(String message, String action, Runnable run);
}
