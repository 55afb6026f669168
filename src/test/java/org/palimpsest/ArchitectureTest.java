package org.palimpsest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The lines of the house. The table of who may use whom is [Components]; the other rules are below, each with its
/// reason.
class ArchitectureTest {
    private static final JavaClasses PROGRAM =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.palimpsest");

    /// Packages of `ui` that every feature may use.
    private static final Set<String> SHARED_BY_FEATURES = Set.of("support", "control", "command");

    static List<Components.Component> components() {
        return Components.TABLE;
    }

    @ParameterizedTest
    @MethodSource("components")
    void aComponentUsesOnlyWhatTheTableAllows(Components.Component component) {
        hold(
                classes()
                        .that()
                        .resideInAPackage(component.packages())
                        .should()
                        .onlyDependOnClassesThat(
                                resideOutsideOfPackage("org.palimpsest..")
                                        .or(resideInAPackage(component.packages()))
                                        .or(resideInAnyPackage(component.allowedPackages())))
                        .because(
                                "the table in docs/architecture.md says what a component may use,"
                                        + " so that each can be understood and tested alone"));
    }

    @Test
    void everyClassBelongsToAComponent() {
        var components =
                Stream.concat(
                                Components.TABLE.stream().map(Components.Component::packages),
                                Stream.of(Components.packagesOf(Components.TOP)))
                        .toArray(String[]::new);
        hold(
                classes()
                        .should()
                        .resideInAnyPackage(components)
                        .because("a package that is not in the table is bound by no rule"));
    }

    @Test
    void theDocumentHasTheSameTable() throws IOException {
        var documented = new TreeMap<String, List<String>>();
        for (var line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 4 && cells[1].strip().matches("`[a-z]+`")) {
                var uses =
                        Arrays.stream(cells[2].split(","))
                                .map(name -> name.replace("`", "").strip())
                                .filter(name -> !name.isEmpty() && !name.equals("–"))
                                .sorted()
                                .toList();
                documented.put(cells[1].replace("`", "").strip(), uses);
            }
        }
        assertThat(documented.remove(Components.TOP)).containsExactly("everything");
        assertThat(documented).isEqualTo(Components.asMap());
    }

    @Test
    void packagesFormNoCycle() {
        hold(
                slices().matching("org.palimpsest.(**)")
                        .should()
                        .beFreeOfCycles()
                        .because("two packages that need each other are one"));
    }

    @Test
    void featuresOfTheWindowStandAlone() {
        var features =
                PROGRAM.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("org.palimpsest.ui."))
                        .map(name -> name.split("\\.")[3])
                        .filter(name -> !name.equals("shell") && !SHARED_BY_FEATURES.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new));
        for (var feature : features) {
            var allowed =
                    Stream.concat(Stream.of(feature), SHARED_BY_FEATURES.stream())
                            .map(name -> Components.packagesOf("ui." + name))
                            .toArray(String[]::new);
            hold(
                    classes()
                            .that()
                            .resideInAPackage(Components.packagesOf("ui." + feature))
                            .should()
                            .onlyDependOnClassesThat(
                                    resideOutsideOfPackage("org.palimpsest.ui..")
                                            .or(resideInAnyPackage(allowed)))
                            .because(
                                    "only the shell knows the features; they meet in the workspace"));
        }
        hold(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "org.palimpsest.ui.support..", "org.palimpsest.ui.control..")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("org.palimpsest.ui..")
                                        .and(
                                                DescribedPredicate.not(
                                                        resideInAnyPackage(
                                                                "org.palimpsest.ui.support..",
                                                                "org.palimpsest.ui.control.."))))
                        .because("what all features share knows none of them"));
    }

    @Test
    void toolsAreTestedWithoutAWindow() {
        hold(
                noClasses()
                        .that()
                        .resideInAPackage("org.palimpsest.ui.canvas.tool..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("javafx..", "com.sun.javafx..")
                        .because(
                                "a tool is a state machine over image points, driven by lists in tests"));
    }

    @Test
    void theToolkitStaysInTheWindow() {
        hold(
                onlyIn(
                                "the toolkit of the window",
                                Set.of("ui", "app"),
                                "javafx..",
                                "de.saxsys.mvvmfx..",
                                "org.controlsfx..")
                        .because("everything else runs without a display"));
    }

    @Test
    void viewModelsKnowNoControls() {
        hold(
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("ViewModel")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "javafx.scene..",
                                "javafx.stage..",
                                "javafx.fxml..",
                                "org.controlsfx..")
                        .because("a view model decides and is tested without a toolkit"));
    }

    @Test
    void viewsTalkToTheirViewModel() {
        hold(
                noClasses()
                        .that()
                        .resideInAPackage("org.palimpsest.ui..")
                        .and()
                        .haveSimpleNameEndingWith("View")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                                "org.palimpsest.inference..",
                                                "org.palimpsest.format..",
                                                "org.palimpsest.modelstore..",
                                                "org.palimpsest.runtime..")
                                        .and(
                                                DescribedPredicate.describe(
                                                        "are more than values",
                                                        type ->
                                                                !type.isRecord()
                                                                        && !type.isEnum()
                                                                        && !type.isInterface())))
                        .because("a view binds; work is started by its view model"));
    }

    @Test
    void viewsAndViewModelsLiveInTheWindow() {
        hold(
                classes()
                        .that()
                        .areAssignableTo(nameMatching("de\\.saxsys\\.mvvmfx\\.FxmlView"))
                        .should()
                        .haveSimpleNameEndingWith("View")
                        .andShould()
                        .resideInAPackage("org.palimpsest.ui..")
                        .because("the name tells the role"));
        hold(
                classes()
                        .that()
                        .areAssignableTo(nameMatching("de\\.saxsys\\.mvvmfx\\.ViewModel"))
                        .should()
                        .haveSimpleNameEndingWith("ViewModel")
                        .andShould()
                        .resideInAPackage("org.palimpsest.ui..")
                        .because("the name tells the role"));
    }

    @Test
    void theModelsPartsDoNotKnowTheWhole() {
        hold(
                noClasses()
                        .that()
                        .resideInAPackage("org.palimpsest.paligemma.*..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.palimpsest.paligemma")
                        .because("the root of paligemma puts its parts together"));
    }

    @Test
    void librariesAreWrappedOnce() {
        hold(
                onlyIn("ONNX Runtime", Set.of("runtime"), "ai.onnxruntime..")
                        .because("sessions, devices and native memory have one owner"));
        hold(
                onlyIn("SQL", Set.of("project"), "java.sql..", "javax.sql..", "org.sqlite..")
                        .because("one store, one writer"));
        hold(
                onlyIn("AWT and ImageIO", Set.of("imaging"), "java.awt..", "javax.imageio..")
                        .because("image files are decoded in one place, with one set of bounds"));
        hold(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("javax.swing..")
                        .because("the window is JavaFX"));
        hold(
                onlyIn(
                                "libraries of archives and tables",
                                Set.of("format"),
                                "dev.hardwood..",
                                "org.apache.commons.compress..",
                                "org.xerial.snappy..")
                        .because("foreign files are opened in one place, within bounds"));
        hold(
                onlyIn("commonmark", Set.of("ui.guide"), "org.commonmark..")
                        .because("the guide alone is written in Markdown"));
        hold(
                onlyIn("JTS", Set.of("geometry"), "org.locationtech..")
                        .because("regions have one set of rules"));
        hold(
                onlyIn("picocli", Set.of("cli"), "picocli..")
                        .because("commands are thin; what they do is called without them, too"));
        hold(
                onlyIn("tokenizer libraries", Set.of("paligemma.token"), "ai.djl..")
                        .because("their native parts are loaded in one place, with tracking off"));
        hold(
                onlyIn("flatbuffers", Set.of("paligemma.adapter"), "com.google.flatbuffers..")
                        .because("one file format is made of them"));
        hold(
                onlyIn("HDF5", Set.of("checkpoint"), "io.jhdf..")
                        .because("file formats of weights are read in one place"));
        hold(
                onlyIn(
                                "Jackson",
                                Set.of(
                                        "benchmark",
                                        "checkpoint",
                                        "cli",
                                        "format",
                                        "modelstore",
                                        "paligemma.adapter",
                                        "paligemma.config",
                                        "paligemma.image",
                                        "paligemma.token",
                                        "paligemma.weights",
                                        "project",
                                        "settings",
                                        "training.report"),
                                "com.fasterxml..")
                        .because("outside shapes stop at the door"));
    }

    @Test
    void theNetworkIsForFetchingWhatThePersonAskedFor() {
        hold(
                onlyIn("the network", Set.of("modelstore", "diagnosis"), "java.net.http..")
                        .because("images and prompts stay on this machine"));
    }

    @Test
    void domainValuesDoNotChange() {
        hold(
                fields().that()
                        .areDeclaredInClassesThat(
                                resideInAnyPackage(
                                                "org.palimpsest.dataset..",
                                                "org.palimpsest.geometry..")
                                        .and(
                                                DescribedPredicate.describe(
                                                        "are public",
                                                        type ->
                                                                type.getModifiers()
                                                                        .contains(
                                                                                JavaModifier
                                                                                        .PUBLIC))))
                        .should()
                        .beFinal()
                        .because(
                                "the window, the model and an export hold the same objects at the same time"));
    }

    @Test
    void theToolkitsThreadIsReachedThroughTheTaskRunner() {
        hold(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "org.palimpsest.ui.support..", "org.palimpsest.app..")
                        .should()
                        .callMethodWhere(calls("javafx.application.Platform", "runLater"))
                        .because("view models run inline in tests"));
    }

    @Test
    void threadsAreStartedByTheirOwners() {
        hold(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "org.palimpsest.inference..",
                                "org.palimpsest.runtime..",
                                "org.palimpsest.benchmark..",
                                // Images are decoded while the model is busy.
                                "org.palimpsest.training..",
                                "org.palimpsest.app..",
                                "org.palimpsest.cli..")
                        .should()
                        .callMethodWhere(
                                calls(
                                        "java.lang.Thread",
                                        "ofPlatform|ofVirtual|startVirtualThread"))
                        .orShould()
                        .callConstructor(Thread.class, Runnable.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Executors.class)
                        .because("the thread table in docs/architecture.md is complete"));
    }

    @Test
    void onlyTheCommandLinePrints() {
        var rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackages("org.palimpsest.cli..", "org.palimpsest.app..")
                        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                        .because("elsewhere it is a report, a problem or a line in the log");
        hold(rule);
    }

    @Test
    void exceptionsHaveNames() {
        hold(
                noClasses()
                        .should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS)
                        .because(
                                "what the world did is a ProblemException, a mistake of ours says what kind"));
    }

    @Test
    void loggingGoesThroughOneApi() {
        hold(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.logging..")
                        .because("SLF4J is what we log with"));
    }

    @Test
    void collaboratorsComeByConstructor() {
        hold(GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
    }

    @Test
    void deprecatedCodeIsLeftBehind() {
        hold(GeneralCodingRules.DEPRECATED_API_SHOULD_NOT_BE_USED);
    }

    @Test
    void everyPackageIsIntroduced() {
        var missing =
                PROGRAM.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName);
        assertThat(missing).as("packages without a package-info that says @NullMarked").isEmpty();
    }

    @Test
    void everyIntroductionNamesItsMainType() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var introductions =
                    files.filter(file -> file.endsWith("package-info.java")).sorted().toList();
            assertThat(introductions).isNotEmpty();
            for (var file : introductions) {
                assertThat(Files.readString(file).replace("\n///", ""))
                        .as(file.toString())
                        .startsWith("/// ")
                        .containsPattern("Start at \\[");
            }
        }
    }

    private static DescribedPredicate<JavaMethodCall> calls(String owner, String method) {
        return DescribedPredicate.describe(
                "calls " + owner + "." + method,
                call ->
                        call.getTargetOwner().getFullName().equals(owner)
                                && call.getName().matches(method));
    }

    /// Classes of some libraries, used inside of these components only.
    private static ArchRule onlyIn(String what, Set<String> components, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        components.stream().map(Components::packagesOf).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .as(what + " is used only in " + new TreeSet<>(components));
    }

    private static void hold(ArchRule rule) {
        // Rules about packages that are not there yet hold.
        rule.allowEmptyShould(true).check(PROGRAM);
    }
}
