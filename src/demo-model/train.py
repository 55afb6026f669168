"""Trains the demo model: two single-threaded processes with averaged gradients (faster than two threads in one).

    python train.py --pool FILE --model ../../assets/model --checkpoint FILE --minutes 85

One schedule in four stages, measured in time:
1. `aux`: the vision tower alone, every patch telling what it lies on (shape, color, box, letter);
2. `joint`: the whole model; several prompts are packed behind one image, which does not look at them;
3. `full`: one prompt behind an image, with PaliGemma's exact mask: image and prompt see each other. Half-way through the
   decoder every image token also tells whether the prompt is about what it shows; that teaches finding things by name.
4. `words`: the same with more captions and counting.
"""

import argparse
import math
import os
import time
from collections import defaultdict

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn

import prompts
import scenes
from mask_vqvae import MaskVqVae, shape_codes
from model import Config, PaliGemma, initialise, pixels

AUX_END, JOINT_END, FULL_END = 0.07, 0.45, 0.84   # of the whole time
MUON_RATE, ADAM_RATE = 0.02, 2e-3
EMA = 0.995
IMAGES = {"aux": 48, "joint": 12, "full": 8, "words": 8}   # per process and step
PACKED, SHORT, LONG = 128, 48, 112       # text tokens in a row: packed, one prompt, one segment prompt
PAD, EOS, BOS = 0, 1, 2

# How often a kind of prompt is drawn, at first and in the last stage, and what a token of its answer weighs.
KINDS = {
    "detect all": (0.4, 0.3, 1.0), "detect shape": (0.3, 0.2, 1.0), "detect": (3.5, 1.0, 1.0), "segment": (1.0, 1.0, 1.0),
    "detect text": (0.1, 0.1, 1.0), "ocr": (0.15, 0.1, 1.5), "cap": (0.4, 1.2, 1.2), "caption": (1.4, 3.0, 1.2),
    "describe": (0.4, 1.2, 1.2), "how many shapes": (0.25, 0.3, 3.0), "how many": (2.0, 2.2, 3.0), "what color": (1.0, 0.4, 2.0),
    "is there": (1.5, 0.5, 2.0),
}
ON_SIGNS = {"ocr": 2.2, "detect text": 0.3}  # more often where there is something to read
# The first number of a box says which object is meant, the others only where its sides are.
FIRST_WEIGHT, LOC_WEIGHT, SEG_WEIGHT = 2.0, 0.5, 0.2
DENSE_WEIGHT, MEANT_WEIGHT = {"joint": 0.3, "full": 0.15, "words": 0.15}, 3.0


# ------------------------------------------------------------------------------------------------------------- data

class Pool:
    """Scenes of scenes.py, shifted, mirrored and lit anew each time they are used."""

    def __init__(self, path, rank, ranks, seed):
        arrays = np.load(path)
        self.images, self.shapes, self.colors, self.boxes, self.backgrounds, self.texts, self.text_boxes = (
            arrays[k][rank::ranks].copy() for k in ("images", "shapes", "colors", "boxes", "backgrounds", "texts", "text_boxes"))
        self.rng = np.random.default_rng([seed, rank])
        self.order, self.at = np.array([], int), 0

    def next(self, count):
        """pixels, shapes, colors, boxes, text boxes as tensors, and texts and backgrounds"""
        if self.at + count > len(self.order):
            self.order, self.at = self.rng.permutation(len(self.images)), 0
        rows = self.order[self.at:self.at + count]
        self.at += count
        images, boxes, text_boxes = np.empty((count, 112, 112, 3), np.uint8), self.boxes[rows].copy(), self.text_boxes[rows].copy()
        for i, row in enumerate(rows):
            images[i] = self._vary(self.images[row], boxes[i], text_boxes[i], self.shapes[row], bool(self.texts[row]))
        light = torch.from_numpy(self.rng.uniform([0.9, -0.08], [1.1, 0.08], (count, 2)).astype(np.float32))[:, :, None, None, None]
        x = (pixels(images) * light[:, 0] + light[:, 1]).clamp(-1, 1)
        return (x, torch.from_numpy(self.shapes[rows]).long(), torch.from_numpy(self.colors[rows]).long(), torch.from_numpy(boxes),
                torch.from_numpy(text_boxes), self.texts[rows], self.backgrounds[rows])

    def _vary(self, image, boxes, text_box, shapes, sign):
        """A shift by up to 8 pixels that keeps every object inside, and a mirror image where nothing reads left to right."""
        used = boxes[shapes >= 0] if not sign else np.concatenate([boxes[shapes >= 0], text_box[None]])
        size = image.shape[0]
        for axis in (0, 1):
            low, high = int(used[:, axis].min() * size), int((1 - used[:, axis + 2].max()) * size)
            shift = int(self.rng.integers(-min(low, 8), min(high, 8) + 1))
            if shift:
                image = image.take(np.clip(np.arange(size) - shift, 0, size - 1), axis)
                for b in (boxes, text_box[None]):
                    b[:, axis] += shift / size
                    b[:, axis + 2] += shift / size
        if not sign and scenes.SHAPES.index("moon") not in shapes and self.rng.random() < 0.5:
            image = image[:, ::-1]
            boxes[:, [1, 3]] = 1 - boxes[:, [3, 1]]
        return image

    @staticmethod
    def facts(shapes, colors, boxes, text_box, text, background):
        colors_by_index, n = list(scenes.COLORS), int((shapes >= 0).sum())
        order = sorted(range(n), key=lambda i: (boxes[i][0], boxes[i][1]))
        return prompts.Facts([scenes.SHAPES[shapes[i]] for i in order], [colors_by_index[colors[i]] for i in order],
                             [boxes[i] for i in order], scenes.BACKGROUNDS[background], str(text), text_box)


class Rows:
    """Turns facts into rows of token ids."""

    def __init__(self, folder, codes, rng):
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.codes, self.rng, self.cache = codes, rng, {}
        vocabulary = self.tokenizer.get_vocab()
        self.loc, self.seg, self.image = (vocabulary[t] for t in ("<loc0000>", "<seg000>", "<image>"))

    def ids(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def prompt_ids(self, prompt):
        """<bos> prompt newline"""
        if prompt not in self.cache:
            self.cache[prompt] = [BOS, *self.ids(prompt + "\n")]
        return self.cache[prompt]

    def kinds(self, facts, count, stage, without=()):
        names = [k for k in KINDS if k not in without]
        usual = {k: KINDS[k][stage == "words"] for k in names}
        weights = np.array([ON_SIGNS.get(k, usual[k]) if facts.text else usual[k] for k in names])
        return [names[i] for i in np.searchsorted(np.cumsum(weights / weights.sum()), self.rng.random(count) * 0.999999)]

    def example(self, facts, kind):
        pair = prompts.sample(self.rng, facts, self.codes, kind)
        return pair and (kind, self.prompt_ids(pair[0]), [*self.ids(pair[1]), EOS], pair[2])

    def pack(self, facts, length):
        """Examples for one row, as many as fit."""
        examples, used, misses = [], 0, 0
        while misses < 3:
            e = self.example(facts, self.kinds(facts, 1, "joint")[0])
            if e is None:
                continue
            if used + len(e[1]) + len(e[2]) <= length:
                examples.append(e)
                used += len(e[1]) + len(e[2])
            else:
                misses += 1
        return examples

    def collate(self, rows, length, images, exact):
        """Rows of examples -> ids, positions, mask, targets, weights, kinds as tensors."""
        n = len(rows)
        ids, targets, weights = np.zeros((n, length), int), np.zeros((n, length), int), np.zeros((n, length), np.float32)
        segment, prefix, offset = np.full((n, length), -1), np.zeros((n, length), bool), np.zeros((n, length), int)
        kinds = np.zeros((n, length), int)
        names = list(KINDS)
        for r, row in enumerate(rows):
            at = 0
            for s, (kind, prompt, answer, _) in enumerate(row):
                p, total = at + len(prompt), len(prompt) + len(answer)
                ids[r, at:at + total] = prompt + answer
                targets[r, p - 1:at + total - 1] = answer
                weights[r, p - 1:at + total - 1] = KINDS[kind][2]
                if answer == [EOS]:
                    weights[r, p - 1] = FIRST_WEIGHT
                segment[r, at:at + total], prefix[r, at:p], offset[r, at:at + total] = s, True, range(total)
                kinds[r, at:at + total] = names.index(kind) if answer != [EOS] else len(names)
                at += total
        to_loc, from_loc = ((t >= self.loc) & (t < self.seg) for t in (targets, ids))
        weights[to_loc] = np.where(from_loc, LOC_WEIGHT, FIRST_WEIGHT)[to_loc]
        weights[(targets >= self.seg) & (targets < self.image)] = SEG_WEIGHT
        kinds[to_loc & ~from_loc] = len(KINDS)
        segment, prefix = torch.from_numpy(segment), torch.from_numpy(prefix)
        return (torch.from_numpy(ids), positions(torch.from_numpy(offset), images), attention_mask(segment, prefix, images, exact),
                torch.from_numpy(targets), torch.from_numpy(weights), torch.from_numpy(kinds))


def positions(offset, images):
    return torch.cat([torch.arange(images).expand(len(offset), -1), images + offset], 1)


def attention_mask(segment, prefix, images, exact):
    """0 where a token may look, else -1e30. Exact: image and prompt see each other. Packed: the image sees itself alone."""
    n, length = segment.shape
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    mask = torch.ones(n, images + length, images + length, dtype=torch.bool)
    mask[:, images:, images:] = (segment[:, :, None] == segment[:, None]) & (causal | (prefix[:, :, None] & prefix[:, None]))
    mask[:, :images, images:] = prefix[:, None] if exact else False
    return torch.zeros(mask.shape).masked_fill_(~mask, -1e30)[:, None]


# ----------------------------------------------------------------------------------------------------------- losses

def soft_places(values, sigma=5.0):
    """Places in 0..1 -> soft targets over the 1024 loc tokens, so that a near miss costs less than a far one."""
    distance = torch.arange(1024.0) - 1023 * values[..., None]
    return torch.softmax(-0.5 * (distance / sigma) ** 2, -1)


class Dense(nn.Module):
    """What every patch lies on: shape, color, letter, background, and the four sides of the object, told through the loc embeddings."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        width = config.hidden
        self.shape, self.color = nn.Linear(width, len(scenes.SHAPES) + 1), nn.Linear(width, len(scenes.COLORS) + 1)
        self.letter, self.box = nn.Linear(width, len(scenes.LETTERS) + 1), nn.Linear(width, 4 * width)
        self.meant = nn.Linear(width, 1)
        self.ground = nn.Linear(width, len(scenes.BACKGROUNDS))

    def forward(self, features, places, shapes, colors, boxes, text_boxes, texts, backgrounds):
        owner, overlap = self.owners(torch.cat([boxes, text_boxes[:, None]], 1))
        n_objects = boxes.shape[1]
        on = overlap > 0.3
        is_object = on & (owner < n_objects)
        pick = owner.clamp(max=n_objects - 1)
        shape = torch.where(is_object, shapes.gather(1, pick), len(scenes.SHAPES))
        color = torch.where(is_object, colors.gather(1, pick), len(scenes.COLORS))
        letter = self.letters(text_boxes, texts)
        all_boxes = torch.cat([boxes, text_boxes[:, None]], 1)
        box = all_boxes.gather(1, owner[..., None].expand(-1, -1, 4))[on]
        predicted = self.box(features[on]).view(-1, 4, features.shape[-1]) @ places.T
        loss_box = -(soft_places(box) * predicted.float().log_softmax(-1)).sum(-1).mean()
        flat = [(head(features).float().flatten(0, 1), target.flatten())
                for head, target in ((self.shape, shape), (self.color, color), (self.letter, letter))]
        losses = [F.cross_entropy(*f) for f in flat]
        free = overlap < 0.1
        ground = self.ground(features[free]).float(), torch.from_numpy(backgrounds).long()[:, None].expand_as(free)[free]
        with torch.no_grad():
            on_text = letter.flatten() < len(scenes.LETTERS)
            report = {"shape": (flat[0][0].argmax(-1) == flat[0][1])[is_object.flatten()].float().mean().item(),
                      "color": (flat[1][0].argmax(-1) == flat[1][1])[is_object.flatten()].float().mean().item(),
                      "letter": (flat[2][0].argmax(-1) == flat[2][1])[on_text].float().mean().item() if on_text.any() else 0.0,
                      "background": (ground[0].argmax(-1) == ground[1]).float().mean().item(),
                      "box error": (predicted.argmax(-1) / 1023 - box).abs().mean().item() * 1023}
        return 2 * losses[0] + losses[1] + 3 * losses[2] + 0.5 * loss_box + 2 * F.cross_entropy(*ground), report

    def meant_loss(self, states, boxes):
        """Whether a patch lies on something the prompt is about, told half-way through the decoder by the image tokens."""
        padded = torch.zeros(len(boxes), scenes.MAX_OBJECTS, 4)
        for row, some in zip(padded, boxes):
            if some:
                row[:len(some)] = torch.as_tensor(np.array(some))
        target = (self.owners(padded)[1] > 0.3).float()
        scores = self.meant(F.rms_norm(states.float(), states.shape[-1:]))[..., 0].float()
        with torch.no_grad():
            both, either = ((scores > 0) & (target > 0)).sum().item(), ((scores > 0) | (target > 0)).sum().item()
        return F.binary_cross_entropy_with_logits(scores, target), {"meant": both / max(1, either)}

    def owners(self, boxes):
        """For every patch the box it lies on most, and how much of the patch that is."""
        g = self.config.grid
        low = torch.arange(g) / g
        def covered(a, b):
            return (torch.minimum(b[..., None], low + 1 / g) - torch.maximum(a[..., None], low)).clamp(min=0) * g
        rows, columns = covered(boxes[..., 0], boxes[..., 2]), covered(boxes[..., 1], boxes[..., 3])
        overlap, owner = (rows[..., :, None] * columns[..., None, :]).flatten(2).max(1)
        return owner, overlap

    def letters(self, text_boxes, texts):
        """The letter at the middle of every patch."""
        g = self.config.grid
        middle = (torch.arange(g) + 0.5) / g
        target = torch.full((len(texts), g, g), len(scenes.LETTERS))
        for i, text in enumerate(texts):
            if text:
                y1, x1, y2, x2 = text_boxes[i].tolist()
                for r in torch.nonzero((middle > y1) & (middle < y2))[:, 0].tolist():
                    for c in torch.nonzero((middle > x1) & (middle < x2))[:, 0].tolist():
                        letter = text[int((middle[c].item() - x1) / (x2 - x1) * len(text))]
                        target[i, r, c] = scenes.LETTERS.index(letter)
        return target.flatten(1)


def text_loss(model, hidden, targets, weights, kinds, loc):
    """Weighted cross-entropy of the answers, soft for places; and how many tokens were right, by kind."""
    chosen = weights > 0
    logits = model.logits(hidden[chosen]).float()
    target, weight, kind = targets[chosen], weights[chosen], kinds[chosen]
    log_p = logits.log_softmax(-1)
    loss = -log_p.gather(1, target[:, None])[:, 0]
    is_loc = (target >= loc) & (target < loc + 1024)
    soft = -(soft_places((target[is_loc] - loc) / 1023) * log_p[is_loc, loc:loc + 1024]).sum(-1)
    loss = loss.masked_scatter(is_loc, soft)
    with torch.no_grad():
        best = logits.argmax(-1)
        right = (best == target).float()
        report = {name: right[(kind == i) & ~is_loc].mean().item() for i, name in enumerate(KINDS) if ((kind == i) & ~is_loc).any()}
        first = kind == len(KINDS)  # whether there is anything (more) to find
        report["found"] = ((best[first] == EOS) == (target[first] == EOS)).float().mean().item()
        report["found nothing"] = (best[first & ~is_loc] == EOS).float().mean().item()
        report["loc error"] = (best[is_loc] - target[is_loc]).abs().clamp(max=1023).float().mean().item()
    return (loss * weight).sum() / weight.sum(), report


# --------------------------------------------------------------------------------------------------------- optimiser

class Muon:
    """Momentum, made orthogonal (Newton-Schulz), for the matrices inside the layers; matrices of a size go together."""

    def __init__(self, parameters, momentum=0.95):
        self.groups = defaultdict(list)
        for p in parameters:
            self.groups[p.shape].append(p)
        self.buffers = {shape: torch.zeros(len(ps), *shape) for shape, ps in self.groups.items()}
        self.momentum = momentum

    @torch.no_grad()
    def step(self, rate):
        for shape, ps in self.groups.items():
            gradient, buffer = torch.stack([p.grad for p in ps]), self.buffers[shape]
            buffer.lerp_(gradient, 1 - self.momentum)
            update = self.orthogonal(gradient.lerp(buffer, self.momentum)) * max(1, shape[0] / shape[1]) ** 0.5
            for p, u in zip(ps, update):
                p.mul_(1 - 0.02 * rate).add_(u, alpha=-rate)

    @staticmethod
    def orthogonal(m, steps=5):
        x = m.bfloat16()
        if m.shape[1] > m.shape[2]:
            x = x.mT
        x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).contiguous()
        for _ in range(steps):
            a = x @ x.mT
            x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
        return (x.mT if m.shape[1] > m.shape[2] else x).float()


class Optimizer:
    def __init__(self, model, dense):
        layers = [*model.vision_tower.vision_model.encoder.layers, *model.language_model.model.layers]
        matrices = [p for layer in layers for p in layer.parameters() if p.ndim == 2]
        ids = {id(p) for p in matrices}
        self.all = [*model.parameters(), *dense.parameters()]
        self.muon = Muon(matrices)
        self.adam = torch.optim.AdamW([p for p in self.all if id(p) not in ids], lr=ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.0)

    def average(self, progress, rank):
        """Means of all gradients over the processes; the first one's clock is everyone's."""
        for p in self.all:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
        clock = torch.tensor([progress if rank == 0 else 0.0])
        flat = torch.cat([p.grad.flatten() for p in self.all] + [clock])
        dist.all_reduce(flat)
        flat[:-1] /= dist.get_world_size()
        flat[:-1] *= min(1.0, 1.0 / (flat[:-1].norm().item() + 1e-6))
        at = 0
        for p in self.all:
            p.grad.copy_(flat[at:at + p.numel()].view_as(p))
            at += p.numel()
        return flat[-1].item()

    def step(self, scale):
        self.muon.step(MUON_RATE * scale)
        self.adam.param_groups[0]["lr"] = ADAM_RATE * scale
        self.adam.step()
        for p in self.all:
            p.grad.zero_()


def rate(progress):
    """Warm-up, then a cosine down, and a last short slope for the stage `words`."""
    if progress >= FULL_END:
        return 0.22 * max(0.0, 1 - progress) / (1 - FULL_END)
    return min(1.0, 0.05 + progress / 0.012) * (0.5 + 0.5 * math.cos(math.pi * min(progress, 1.0)))


# ---------------------------------------------------------------------------------------------------------- training

def stage_of(progress):
    return "aux" if progress < AUX_END else "joint" if progress < JOINT_END else "full" if progress < FULL_END else "words"


def compute_loss(stage, model, dense, pool, rows):
    x, shapes, colors, boxes, text_boxes, texts, backgrounds = pool.next(IMAGES[stage])
    n = model.config.image_tokens
    with torch.autocast("cpu", torch.bfloat16):
        features = model.image_features(x)
        places = model.language_model.model.embed_tokens.weight[rows.loc:rows.loc + 1024]
        loss, report = dense(features, places, shapes, colors, boxes, text_boxes, texts, backgrounds)
        if stage == "aux":
            return loss, report
        loss = DENSE_WEIGHT[stage] * loss
        facts = [Pool.facts(s.numpy(), c.numpy(), b.numpy(), t.tolist(), text, g)
                 for s, c, b, t, text, g in zip(shapes, colors, boxes, text_boxes, texts, backgrounds)]
        if stage == "joint":
            batches = [([rows.pack(f, PACKED) for f in facts], PACKED, features)]
        else:
            batches = exact_batches(stage, rows, facts, features)
        for examples, length, image in batches:
            ids, position, mask, targets, weights, kinds = rows.collate(examples, length, n, stage != "joint")
            inner = []
            hidden = model.hidden(image, ids, position, mask, inner)
            part, numbers = text_loss(model, hidden, targets, weights, kinds, rows.loc)
            if stage != "joint":
                meant, share = dense.meant_loss(inner[1][:, :n], [row[0][3] for row in examples])
                part, numbers = part + MEANT_WEIGHT * meant, numbers | share
            loss = loss + part * (1.0 if length != LONG else 0.3)
            report = numbers | report
    return loss, report


def exact_batches(stage, rows, facts, features, short=4):
    """One prompt a row: four short ones for every image, and a segment prompt for every fourth image."""
    def examples(f, kinds):
        found = [e for k in kinds if (e := rows.example(f, k)) is not None and len(e[1]) + len(e[2]) <= SHORT]
        return (found + [rows.example(f, "caption")] * short)[:short]
    four = [[e] for f in facts for e in examples(f, rows.kinds(f, 2 * short, stage, without=("segment",)))]
    yield four, SHORT, features.repeat_interleave(short, 0)
    yield [[rows.example(f, "segment")] for f in facts[::4]], LONG, features[::4]


def save(path, model, ema, dense, optimizer, progress, step):
    torch.save({"model": model.state_dict(), "ema": ema, "dense": dense.state_dict(), "adam": optimizer.adam.state_dict(),
                "muon": optimizer.muon.buffers, "progress": progress, "step": step, "config": model.config}, path + ".part")
    os.replace(path + ".part", path)


def run(rank, ranks, options):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(options.port))
    dist.init_process_group("gloo", rank=rank, world_size=ranks)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    pool = Pool(options.pool, rank, ranks, options.seed)
    codes = shape_codes(MaskVqVae.load(os.path.join(options.model, "vae-oid.npz")))
    rows = Rows(options.model, codes, pool.rng)
    vocabulary = -(-(rows.image + 1) // 64) * 64
    model = PaliGemma(Config(vocabulary, rows.image))
    initialise(model, rows.loc, options.seed)
    dense = Dense(model.config)
    optimizer = Optimizer(model, dense)
    ema = {k: v.clone() for k, v in model.state_dict().items()}
    progress, step = 0.0, 0
    if options.resume:
        saved = torch.load(options.checkpoint, weights_only=False)
        model.load_state_dict(saved["model"])
        dense.load_state_dict(saved["dense"])
        optimizer.adam.load_state_dict(saved["adam"])
        optimizer.muon.buffers, ema, progress, step = saved["muon"], saved["ema"], saved["progress"], saved["step"]
    if not options.eager:
        for layer in [*model.vision_tower.vision_model.encoder.layers, *model.language_model.model.layers]:
            layer.forward = torch.compile(layer.forward, dynamic=False)
    total = 60 * options.minutes
    start = time.time() - progress * total
    means, saved_at, seen = {}, time.time(), 0
    if rank == 0:
        print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, {len(pool.images) * ranks} scenes", flush=True)
    while progress < 1:
        stage = stage_of(progress)
        loss, report = compute_loss(stage, model, dense, pool, rows)
        loss.backward()
        progress = optimizer.average((time.time() - start) / total, rank)
        optimizer.step(rate(progress))
        step, seen = step + 1, seen + ranks * IMAGES[stage]
        with torch.no_grad():
            decay = min(EMA, step / (step + 50))
            for k, v in model.state_dict().items():
                ema[k].lerp_(v, 1 - decay)
        if rank == 0:
            for k, v in (report | {"loss": loss.item()}).items():
                means[k] = means.get(k, v) * 0.98 + 0.02 * v
            if step % 50 == 0:
                print(f"{time.time() - start:6.0f} s step {step} {stage} rate {rate(progress):.3f} images {seen} "
                      + " ".join(f"{k} {v:.3f}" for k, v in means.items()), flush=True)
            if time.time() - saved_at > 120 or progress >= 1:
                save(options.checkpoint, model, ema, dense, optimizer, progress, step)
                saved_at = time.time()
    dist.barrier()
    dist.destroy_process_group()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", required=True)
    parser.add_argument("--model", required=True, help="folder with the tokenizer and vae-oid.npz")
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--minutes", type=float, default=85)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--port", type=int, default=29511)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--eager", action="store_true", help="do not compile")
    options = parser.parse_args()
    torch.multiprocessing.spawn(run, (options.processes, options), options.processes)
