"""Makes the tokenizer: a small SentencePiece BPE model with the layout of Gemma's, and the same as tokenizer.json.

    python tokenizer.py --out ../../assets/model

Ids: pad 0, eos 1, bos 2, unk 3, user-defined pieces (the newline among them), 256 bytes, BPE pieces, single
characters, <loc0000>..<loc1023>, <seg000>..<seg127>, and <image> (only in tokenizer.json).
"""

import argparse
import io
import json
import os

import numpy as np
import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, processors

import prompts
import scenes

USER_DEFINED = ["<mask>", "<2mass>", "[@BOS@]", "<unused0>", "<unused1>", "<unused2>", "<start_of_turn>", "<end_of_turn>",
                "\n", "\n\n", "\n\n\n", "<table>", "</table>", "<b>", "</b>"]
CONTROL = ["<pad>", "<eos>", "<bos>", "<unk>"]
IMAGE = "<image>"


def corpus():
    """Prompts and answers of drawn scenes without places: what the words of the vocabulary are learnt from."""
    rng = np.random.default_rng(0)
    codes = {s: [0] * 16 for s in scenes.SHAPES}
    colors = list(scenes.COLORS)
    for _ in range(4000):
        n = int(rng.integers(1, 5))
        facts = prompts.Facts([str(s) for s in rng.choice(scenes.SHAPES, n)], [str(c) for c in rng.choice(colors, n)],
                              [(0, 0, 1, 1)] * n, str(rng.choice(scenes.BACKGROUNDS)))
        for kind in ("detect", "cap", "caption", "describe", "how many", "how many shapes", "what color", "is there", "segment"):
            for text in (prompts.sample(rng, facts, codes, kind) or ())[:2]:
                yield from filter(None, text.replace("<", "\t").replace(">", "\t").split("\t"))
    for extra in ["ocr", "detect text", "a sign and a sign", "question en"] * 200:
        yield extra
    yield from map(chr, range(33, 127))  # every character of ASCII is a piece


def train_base():
    """Byte-fallback BPE without normalisation, as Gemma's."""
    model = io.BytesIO()
    lines = [line for line in corpus() if not line.startswith(("loc", "seg0"))]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, model_type="bpe", vocab_size=560,
        normalization_rule_name="identity", add_dummy_prefix=False, remove_extra_whitespaces=False, split_digits=True,
        byte_fallback=True, character_coverage=1.0, hard_vocab_limit=False, allow_whitespace_only_pieces=True,
        pad_id=0, eos_id=1, bos_id=2, unk_id=3, pad_piece="<pad>", eos_piece="<eos>", bos_piece="<bos>", unk_piece="<unk>",
        user_defined_symbols=USER_DEFINED, num_threads=1, minloglevel=2)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model.getvalue())
    return proto


def build():
    """The SentencePiece model and the equivalent fast tokenizer."""
    proto = train_base()
    kinds = sentencepiece_model_pb2.ModelProto.SentencePiece
    base = len(proto.pieces)
    for name in [f"<loc{i:04d}>" for i in range(1024)] + [f"<seg{i:03d}>" for i in range(128)]:
        proto.pieces.add(piece=name, score=0.0, type=kinds.USER_DEFINED)
    proto.trainer_spec.vocab_size = len(proto.pieces)
    proto.trainer_spec.ClearField("input")
    vocab = {p.piece: i for i, p in enumerate(proto.pieces)}
    merged = [p.piece for p in proto.pieces[:base] if p.type == kinds.NORMAL and len(p.piece) > 1]
    literal = {p.piece for p in proto.pieces if p.type in (kinds.NORMAL, kinds.USER_DEFINED)}
    merges = [(piece[:k], piece[k:]) for piece in merged
              for k in sorted(range(1, len(piece)), key=lambda k: (vocab.get(piece[:k], 1 << 30), vocab.get(piece[k:], 1 << 30)))
              if piece[:k] in literal and piece[k:] in literal]
    fast = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    fast.normalizer = normalizers.Replace(" ", "▁")
    fast.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    fast.add_special_tokens([AddedToken(t, normalized=False) for t in CONTROL])
    fast.add_tokens([AddedToken(t, normalized=False, special=t in ("<start_of_turn>", "<end_of_turn>")) for t in USER_DEFINED])
    fast.add_tokens([AddedToken(p.piece, normalized=True) for p in proto.pieces[base:]])
    fast.add_special_tokens([AddedToken(IMAGE, normalized=False)])
    fast.post_processor = processors.TemplateProcessing(single="<bos> $A", pair="<bos> $A <bos>:1 $B:1",
                                                        special_tokens=[("<bos>", vocab["<bos>"])])
    return proto, fast


def check(spm, fast):
    """Both must give the same ids, for what the model reads and for anything else."""
    rng = np.random.default_rng(1)
    texts = list(dict.fromkeys(corpus()))[:4000]
    texts += ["detect circle ; star\n", "a  b   c", "<loc0012><loc0512><loc0001><loc1023> red circle ; <seg001>x", "naïve 猫 😀", "a\n\nb", "\tx",
              "", " ", "1234", "<b>x</b>", "(men's) t-shirt_2", " circle", "circle ", "Circle", "EXIT"]
    letters = list("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 ;?!.,<>[]éß猫\n ")
    texts += ["".join(rng.choice(letters, int(rng.integers(1, 40)))) for _ in range(3000)]
    words = ["circle", "circles", "red", "how", "many", "are", " ", "there?", "cross", "es", " ; ", "star", "on", "a", "detectred"]
    texts += ["".join(rng.choice(words, int(rng.integers(1, 9)))) for _ in range(3000)]
    different = [t for t in texts if spm.encode(t) != fast.encode(t, add_special_tokens=False).ids]
    if different:
        raise SystemExit(f"{len(different)} of {len(texts)} texts differ, such as {different[:5]!r}: "
                         f"{spm.encode(different[0], out_type=str)} {fast.encode(different[0], add_special_tokens=False).tokens}")
    return len(texts)


def write(folder):
    os.makedirs(folder, exist_ok=True)
    proto, fast = build()
    with open(os.path.join(folder, "tokenizer.model"), "wb") as file:
        file.write(proto.SerializeToString())
    fast.save(os.path.join(folder, "tokenizer.json"))
    plain = {"lstrip": False, "normalized": False, "rstrip": False, "single_word": False}
    special = {f"{n}_token": {"content": f"<{n}>", **plain} for n in ("bos", "eos", "pad", "unk")}
    special["additional_special_tokens"] = [{"content": IMAGE, **plain}]
    config = {
        "add_bos_token": True, "add_eos_token": False, "additional_special_tokens": [IMAGE], "bos_token": "<bos>",
        "clean_up_tokenization_spaces": False, "eos_token": "<eos>", "legacy": None, "model_max_length": 10 ** 30,
        "pad_token": "<pad>", "processor_class": "PaliGemmaProcessor", "sp_model_kwargs": {},
        "spaces_between_special_tokens": False, "tokenizer_class": "GemmaTokenizer", "unk_token": "<unk>",
        "use_default_system_prompt": False,
    }
    for name, value in (("special_tokens_map.json", special), ("tokenizer_config.json", config)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(value, file, indent=2, sort_keys=True)
            file.write("\n")
    spm = sentencepiece.SentencePieceProcessor(model_proto=proto.SerializeToString())
    print(f"{len(proto.pieces)} pieces; identical ids for {check(spm, fast)} texts")
    for text in ("detect red circle ; star\n", "answer en how many circles are there?", "two orange crosses and a moon on a striped background",
                 "<loc0001><loc0002><loc0003><loc0004> red circle ; ", "STOP", "segment shape", "answer en what color is the triangle?"):
        print(spm.encode(text, out_type=str))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    write(parser.parse_args().out)
