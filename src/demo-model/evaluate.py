"""Measures a model folder on drawn scenes: float32, greedy, exact mask.

    python evaluate.py --model ../../assets/model --count 500 --seed 3 [--json FILE]
    python evaluate.py --model ../../assets/model --check-transformers 12

Seed 2 is for choices while training, seed 3 for the final figures.
"""

import argparse
import json
import os
import re
from collections import defaultdict

import numpy as np
import torch
from PIL import Image
from tokenizers import Tokenizer

import prompts
import scenes
from mask_vqvae import MaskVqVae
from model import load, pixels

EOS = 1
OBJECT = re.compile(r"((?:<loc\d{4}>){4})((?:<seg\d{3}>){16})?\s*([^;<>]*)")


class Answerer:
    """Answers prompts for many pictures at once; a prompt is run for all its pictures together."""

    def __init__(self, folder, batch=50):
        self.model, self.batch = load(folder), batch
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))

    def features(self, images):
        with torch.no_grad():
            return torch.cat([self.model.image_features(pixels(np.stack(images[i:i + self.batch]))) for i in range(0, len(images), self.batch)])

    def prompt_ids(self, prompt):
        return self.tokenizer.encode(prompt + "\n").ids  # with <bos>

    def text(self, ids):
        return "".join(self.tokenizer.id_to_token(i) for i in ids).replace("▁", " ")

    def answers(self, features, asked):
        """asked: (scene index, prompt) pairs -> {pair: answer}"""
        by_prompt = defaultdict(list)
        for i, prompt in dict.fromkeys(asked):
            by_prompt[prompt].append(i)
        found = {}
        for prompt, indices in by_prompt.items():
            ids = torch.tensor([self.prompt_ids(prompt)])
            for at in range(0, len(indices), self.batch):
                part = indices[at:at + self.batch]
                for i, tokens in zip(part, self.model.generate(features[part], ids, EOS)):
                    found[i, prompt] = self.text(tokens)
        return found


def parse(answer):
    """Objects of an answer: (box in 0..1 as y1 x1 y2 x2, codes or None, label)"""
    return [(np.array([int(v) for v in re.findall(r"\d{4}", locs)]) / 1023, [int(v) for v in re.findall(r"\d{3}", segs)] if segs else None,
             label.strip()) for locs, segs, label in OBJECT.findall(answer)]


def box_iou(a, b):
    h, w = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    common = max(h, 0) * max(w, 0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common
    return common / union if union > 0 else 0.0


def match(found, truth):
    """Best pairs first, labels equal: list of (found index, truth index, IoU)"""
    pairs = sorted(((box_iou(f[0], t[0]), i, j) for i, f in enumerate(found) for j, t in enumerate(truth) if f[-1] == t[-1]), reverse=True)
    used_f, used_t, out = set(), set(), []
    for iou, i, j in pairs:
        if i not in used_f and j not in used_t and iou > 0:
            used_f.add(i)
            used_t.add(j)
            out.append((i, j, iou))
    return out


def place_mask(decoded, box, size):
    """The 64 x 64 decoder output in the picture, as big_vision's evaluator does it."""
    width, height = size
    y1, x1, y2, x2 = (int(v) for v in box * [height, width, height, width])
    mask = np.zeros((height, width), bool)
    if y2 > y1 and x2 > x1:
        resized = Image.fromarray(decoded).resize((x2 - x1, y2 - y1), Image.Resampling.BILINEAR)
        mask[y1:y2, x1:x2] = np.asarray(resized) > 0
    return mask


class Detection:
    """F1 at an IoU of 0.5 and 0.75 over all objects, and the mean IoU of matched boxes."""

    def __init__(self):
        self.found = self.true = 0
        self.ious = []

    def add(self, found, truth):
        self.found += len(found)
        self.true += len(truth)
        self.ious += [iou for _, _, iou in match(found, truth)]

    def f1(self, bound):
        return 2 * sum(i >= bound for i in self.ious) / max(1, self.found + self.true)

    def result(self):
        return {"F1@0.5": self.f1(0.5), "F1@0.75": self.f1(0.75), "mean IoU": float(np.mean([i for i in self.ious if i >= 0.5] or [0]))}


def truth_objects(facts, names):
    return [(np.array(facts.boxes[i]), None, name) for i, name in prompts._found(facts, names)]


def evaluate(folder, drawn):
    answerer, vae = Answerer(folder), MaskVqVae.load(os.path.join(folder, "vae-oid.npz"))
    features = answerer.features([scenes.to_input(s.image) for s in drawn])
    truth = [scenes.facts(s) for s in drawn]
    rng = np.random.default_rng(0)
    detect_all = "detect " + " ; ".join(scenes.SHAPES)
    detections, masks, texts = defaultdict(list), [], []   # (scene, prompt, names), (scene, prompt, object), (task, scene, prompt, answer)
    for i, f in enumerate(truth):
        one = int(rng.integers(len(f.labels)))
        name = f"{f.colors[one]} {f.labels[one]}"
        absent = str(rng.choice([s for s in scenes.SHAPES if s not in f.labels]))
        detections["`detect` all eight classes"].append((i, detect_all, scenes.SHAPES))
        detections["`detect red circle` (one that is there)"].append((i, f"detect {name}", [name]))
        detections["`detect shape`"].append((i, "detect shape", ["shape"]))
        texts.append(("`detect` an absent class: empty", i, f"detect {absent}", ""))
        masks += [("`segment circle`", i, f"segment {s}", s) for s in dict.fromkeys(f.labels)]
        masks.append(("`segment red circle`", i, f"segment {name}", name))
        for task, prompt, answer in (
                ("`caption en`", "caption en", prompts.caption(f)), ("`cap en`", "cap en", prompts.cap(f)),
                ("`describe en`", "describe en", prompts.describe(f)),
                ("how many shapes", prompts.how_many_prompt("shape"), prompts.how_many(f, "shape")),
                ("how many circles (there)", prompts.how_many_prompt(f.labels[one]), prompts.how_many(f, f.labels[one])),
                ("how many circles (absent)", prompts.how_many_prompt(absent), "0"),
                ("is there a red circle (yes)", prompts.is_there_prompt(name), "yes")):
            texts.append((task, i, prompt, answer))
        near = f"{rng.choice([c for c in scenes.COLORS if c not in f.colors])} {f.labels[one]}"
        texts.append(("is there a red circle (no)", i, prompts.is_there_prompt(near), "no"))
        for shape in prompts.unique_shapes(f)[:1]:
            texts.append(("what color is the circle", i, prompts.what_color_prompt(shape), prompts.what_color(f, shape)))
        texts.append(("`ocr`" if f.text else "`ocr` without a sign: empty", i, "ocr", f.text))
        if f.text:
            detections["`detect text`"].append((i, "detect text", None))
    asked = [(i, p) for rows in detections.values() for i, p, _ in rows] + [(i, p) for _, i, p, _ in masks] + [(i, p) for _, i, p, _ in texts]
    answers = answerer.answers(features, asked)

    results, by_count = {}, defaultdict(Detection)
    for task, rows in detections.items():
        total = Detection()
        for i, prompt, names in rows:
            f = truth[i]
            expected = truth_objects(f, names) if names else [(np.array(f.text_box), None, "text")]
            found = parse(answers[i, prompt])
            total.add(found, expected)
            if prompt == detect_all:
                by_count[len(f.labels)].add(found, expected)
        results[task] = total.result() | {"n": len(rows)}
    for n, d in sorted(by_count.items()):
        results[f"`detect` all eight classes, {n} objects"] = d.result()

    ious = defaultdict(list)
    for task, i, prompt, name in masks:
        found, expected = parse(answers[i, prompt]), truth_objects(truth[i], [name])
        objects = [drawn[i].objects[k] for k, _ in prompts._found(truth[i], [name])]
        pairs = {j: found[k] for k, j, _ in match(found, expected)}
        for j, thing in enumerate(objects):
            score = 0.0
            if j in pairs and pairs[j][1] and max(pairs[j][1]) < 128:
                box, codes, _ = pairs[j]
                mask = place_mask(vae.decode(torch.tensor([codes]))[0].numpy(), box, drawn[i].image.size)
                score = float((mask & thing.mask).sum() / (mask | thing.mask).sum())
            ious[task].append(score)
            ious[f"{task}, {thing.label}"].append(score)
    for task, values in sorted(ious.items(), key=lambda kv: ("," in kv[0], kv[0])):
        if "," not in task or "red" not in task:
            results[task] = {"mean mask IoU": float(np.mean(values)), "n": len(values)}

    right, wrong = defaultdict(list), defaultdict(list)
    for task, i, prompt, answer in texts:
        ok = answers[i, prompt] == answer
        right[task].append(ok)
        if task == "`caption en`":
            right[f"`caption en`, {len(truth[i].labels)} objects"].append(ok)
        if task == "`ocr`":
            right["`ocr`, words" if answer in scenes.WORDS else "`ocr`, random letters"].append(ok)
        if not ok:
            wrong[task].append((i, prompt, answer, answers[i, prompt]))
    for task, values in sorted(right.items(), key=lambda kv: ("," in kv[0], kv[0])):
        results[task] = {"exact": float(np.mean(values)), "n": len(values)}
    return results, wrong


def check_transformers(folder, count):
    """Greedy tokens of this code and of Hugging Face's library must be the same."""
    from transformers import PaliGemmaForConditionalGeneration
    reference = PaliGemmaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    answerer = Answerer(folder)
    n, image_token = answerer.model.config.image_tokens, answerer.model.config.image_token
    compared = 0
    for i in range(count):
        scene = scenes.draw_scene(3, i)
        x = pixels(scenes.to_input(scene.image)[None])
        for prompt in ("detect " + " ; ".join(scenes.SHAPES), "segment shape", "caption en", "describe en", "ocr",
                       prompts.how_many_prompt("shape"), f"segment {scene.objects[0].color} {scene.objects[0].label}"):
            ids = torch.tensor([answerer.prompt_ids(prompt)])
            own = answerer.model.generate(answerer.model.image_features(x), ids, EOS)[0]
            sequence = torch.cat([torch.full((1, n), image_token), ids], 1)
            with torch.no_grad():
                output = reference.generate(input_ids=sequence, pixel_values=x, attention_mask=torch.ones_like(sequence),
                                            token_type_ids=torch.zeros_like(sequence), do_sample=False, max_new_tokens=128)
            theirs = output[0, sequence.shape[1]:].tolist()
            theirs = theirs[:theirs.index(EOS)] if EOS in theirs else theirs
            if own != theirs:
                raise SystemExit(f"scene {i}, {prompt!r}: {answerer.text(own)!r} here, {answerer.text(theirs)!r} there")
            compared += 1
    print(f"the same tokens as transformers for {compared} prompts")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json")
    parser.add_argument("--wrong", type=int, default=0, help="show so many wrong answers of each task")
    parser.add_argument("--check-transformers", type=int, metavar="SCENES")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.check_transformers:
        check_transformers(options.model, options.check_transformers)
    else:
        results, wrong = evaluate(options.model, [scenes.draw_scene(options.seed, i) for i in range(options.count)])
        for task, values in results.items():
            print(f"| {task} | " + ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in values.items()) + " |")
        for task, rows in wrong.items():
            for row in rows[:options.wrong]:
                print(task, *row, sep=" | ")
        if options.json:
            with open(options.json, "w", encoding="utf-8") as file:
                json.dump(results, file, indent=1)
