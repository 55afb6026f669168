package org.palimpsest.ui.browser;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectStatistics;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Charts of the images in the list. Choosing a bar filters by what it stands for, choosing it again takes that back.
///
/// Counts only while it is shown. Confined to the interface's thread.
public final class StatisticsViewModel implements ViewModel {
    private final Workspace workspace;
    private final TaskRunner tasks;
    private final FilterViewModel filter;
    private final BooleanProperty showing = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<List<Chart>> charts =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper counting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private TaskRunner.@Nullable Job job;
    private boolean old;

    StatisticsViewModel(Workspace workspace, TaskRunner tasks, FilterViewModel filter) {
        this.workspace = workspace;
        this.tasks = tasks;
        this.filter = filter;
        workspace.images().queryProperty().addListener(_ -> count());
        workspace.openProjectProperty().addListener(_ -> count());
        workspace.onChange(_ -> old = true);
        showing.addListener(_ -> count());
    }

    private void count() {
        var before = job;
        if (before != null) {
            before.cancel();
        }
        old = false;
        counting.set(false);
        if (!showing.get()) {
            return;
        }
        if (workspace.project().isEmpty()) {
            charts.set(List.of());
            return;
        }
        var where = workspace.images().query().filter();
        counting.set(true);
        // After what is being written; the counting itself can be given up.
        workspace.read(
                Texts.get("browser.job.count"),
                (project, _) -> project,
                project -> {
                    if (where.equals(workspace.images().query().filter()) && showing.get()) {
                        count(project, where);
                    }
                },
                this::fail);
    }

    private void count(Project project, ImageFilter where) {
        var before = job;
        if (before != null) {
            before.cancel();
        }
        job =
                tasks.<ProjectStatistics>run(
                        Texts.get("browser.job.count"),
                        progress -> ProjectStatistics.of(project, where, progress),
                        numbers -> {
                            counting.set(false);
                            problem.set(Optional.empty());
                            charts.set(Charts.of(numbers, workspace::color));
                        },
                        this::fail);
    }

    private void fail(Problem reason) {
        counting.set(false);
        problem.set(Optional.of(reason));
        charts.set(List.of());
    }

    /// Counts anew where something has changed since.
    void refreshIfOld() {
        if (old && showing.get() && !counting.get()) {
            count();
        }
    }

    void choose(Chart.Bar bar) {
        bar.name()
                .ifPresentOrElse(
                        name -> filter.toggleOnly(name, bar.term()),
                        () -> filter.toggleTerm(bar.term()));
    }

    /// Whether the list is filtered by this bar.
    boolean isChosen(Chart.Bar bar) {
        return filter.hasTerm(bar.term());
    }

    public BooleanProperty showingProperty() {
        return showing;
    }

    public ReadOnlyObjectProperty<List<Chart>> chartsProperty() {
        return charts.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty countingProperty() {
        return counting.getReadOnlyProperty();
    }

    /// Why nothing could be counted.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
