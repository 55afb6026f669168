package org.palimpsest.format.coco;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// VQAv2: questions about images in one file, up to any number of answers to each in another
/// (GT-Vision-Lab/VQA PythonHelperTools/vqaTools/vqa.py, a013f00; big_vision datasets/vqa/vqa.py).
///
/// The answers to one question are texts with the same prompt, `answer en …`. What the files say of a question and of an
/// answer beyond the text is kept as attributes: `question_id`, `question_type`, `answer_type`, `answer_confidence`. An
/// export takes question ids from there where every question has one of its own, and else numbers the questions of an
/// image from a thousand times the image's id, as VQAv2 does. `multiple_choice_answer` is the most frequent answer.
///
/// VQAv2 finds an image by a file name with its id. An export leaves images their names and has `image_names.json`, which
/// says for each id how its file is called. Reading looks there first, then for `COCO_train2014_000000000042.jpg` and the
/// like.
public final class VqaV2Format implements DatasetFormat {
    @Override
    public String id() {
        return "vqav2";
    }

    @Override
    public String title() {
        return "VQAv2";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(Content.QUESTIONS, Content.SPLITS)
                .replacing(
                        Content.ATTRIBUTES,
                        "are left out, but for question_id, question_type, answer_type and"
                                + " answer_confidence of answers");
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(VqaV2Writer.LANGUAGE);
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new VqaV2Reader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new VqaV2Writer());
    }
}
