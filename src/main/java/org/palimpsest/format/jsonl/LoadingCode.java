package org.palimpsest.format.jsonl;

/// The code that loads an export, one block for each trainer.
final class LoadingCode {
    private LoadingCode() {}

    /// @param base where the images' paths start, from the export's folder; empty for the folder itself
    static String of(JsonlFlavor flavor, String base) {
        return switch (flavor) {
            case BIG_VISION ->
                    BIG_VISION.replace("EXPORT/BASE", base.isEmpty() ? "EXPORT" : "EXPORT/" + base);
            case ROBOFLOW -> ROBOFLOW;
            case MAESTRO -> MAESTRO;
            case HUGGING_FACE -> HUGGING_FACE;
            case KERAS -> KERAS;
        };
    }

    /// After big_vision's configs/proj/paligemma/transfers/forkme.py (11eea57).
    private static final String BIG_VISION =
            """
            In `training_data` of a config like `configs/proj/paligemma/transfers/forkme.py`, with the path of this
            folder for EXPORT:

            ```python
            c.data = dict(
                name='bv:jsonl',
                fname='EXPORT/train.jsonl',
                fopen_keys={'image': 'EXPORT/BASE'},
            )
            c.pp = '|'.join([
                f'decode|resize({res}, antialias=True)|value_range(-1, 1)',
                combine_and_keep_train(text_len),  # prefix and suffix are in the file: no strfmt
            ])
            ```

            Evaluators read `val.jsonl` and `test.jsonl` the same way.
            """;

    private static final String ROBOFLOW =
            """
            The notebooks take the folder `dataset` as it is:

            ```python
            train = JSONLDataset('dataset/_annotations.train.jsonl', 'dataset')
            valid = JSONLDataset('dataset/_annotations.valid.jsonl', 'dataset')
            classes = train[0][1]['prefix'].replace('detect ', '').split(' ; ')
            ```
            """;

    private static final String MAESTRO =
            """
            ```python
            from maestro.trainer.models.paligemma_2.core import train

            train({'dataset': 'EXPORT', 'epochs': 10, 'batch_size': 4})  # EXPORT: the path of this folder
            ```
            """;

    private static final String HUGGING_FACE =
            """
            With transformers 4.48 or newer; older ones leave out the end of the answer in some cases. Run it in this
            folder:

            ```python
            from datasets import load_dataset, Image

            data = load_dataset('json', data_files={'train': 'train.jsonl'})['train']
            data = data.cast_column('image', Image())

            def collate(examples):
                return processor(
                    text=['<image>' + e['prefix'] for e in examples],
                    suffix=[e['suffix'] for e in examples],
                    images=[e['image'].convert('RGB') for e in examples],
                    return_tensors='pt', padding='longest')

            trainer = Trainer(model=model, train_dataset=data, data_collator=collate,
                              args=TrainingArguments(remove_unused_columns=False, output_dir='out'))
            ```
            """;

    private static final String KERAS =
            """
            Prompts end in a line break already, because keras-hub adds none. Run it in this folder:

            ```python
            import json, numpy as np
            from PIL import Image

            rows = [json.loads(line) for line in open('train.jsonl', encoding='utf-8')]
            side = 224  # that of the preset

            def pixels(row):
                image = Image.open(row['images']).convert('RGB').resize((side, side), Image.BILINEAR)
                return np.asarray(image, 'float32')

            model.fit({'images': np.stack([pixels(row) for row in rows]),
                       'prompts': [row['prompts'] for row in rows],
                       'responses': [row['responses'] for row in rows]}, batch_size=4)
            ```
            """;
}
