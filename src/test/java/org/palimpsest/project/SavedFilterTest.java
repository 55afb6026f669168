package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;

class SavedFilterTest {
    @TempDir private Path folder;

    @Test
    void savedFiltersAreThereWhenTheProjectIsOpenedAgain() throws ProblemException {
        Path file = folder.resolve("p.palimpsest");
        var clock = InstantSource.fixed(RandomEdits.NOW);
        try (var project = Project.create(file, clock)) {
            assertThat(SavedFilter.of(project)).isEmpty();
            SavedFilter.save(project, new SavedFilter("to check", "score<0.5"));
            SavedFilter.save(project, new SavedFilter("night", "tag:night"));
            SavedFilter.save(project, new SavedFilter("to check", "score<0.4 \"a\""));
        }
        try (var project = Project.open(file, clock)) {
            assertThat(SavedFilter.of(project))
                    .containsExactly(
                            new SavedFilter("night", "tag:night"),
                            new SavedFilter("to check", "score<0.4 \"a\""));
            assertThat(SavedFilter.remove(project, "night")).hasSize(1);
            assertThat(project.nextUndo()).isEmpty();
        }
        assertThatThrownBy(() -> new SavedFilter(" ", "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void facetsNameTheTagsModelsAndPromptsThatAreThere() throws ProblemException {
        var edits = new RandomEdits(1, folder.resolve("images"));
        try (var project =
                Project.create(
                        folder.resolve("p.palimpsest"), InstantSource.fixed(RandomEdits.NOW))) {
            for (int i = 0; i < 150; i++) {
                project.apply(edits.next());
            }
            Map<ImageId, List<String>> tagged =
                    new TreeMap<>(java.util.Comparator.comparing(ImageId::toString));
            var tags = new TreeMap<String, Integer>();
            project.dataset(ImageFilter.ALL)
                    .forEach((AnnotatedImage image) -> {
                        if (!image.details().tags().isEmpty()) {
                            tagged.put(image.image().id(), List.copyOf(image.details().tags()));
                            image.details().tags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
                        }
                    });

            var facets = ProjectFacets.of(project);

            assertThat(tagged).isNotEmpty();
            assertThat(facets.images()).isEqualTo(project.count(ImageFilter.ALL));
            assertThat(facets.tagged()).containsExactlyInAnyOrderEntriesOf(tagged);
            assertThat(facets.tags()).isEqualTo(tags);
            assertThat(facets.models()).contains("toy");
            assertThat(facets.prompts()).contains("detect cat", "caption en");
        }
    }
}
