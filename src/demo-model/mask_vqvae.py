"""The mask VQ-VAE in miniature: a 64 x 64 mask becomes 16 of 128 codes (a 4 x 4 grid) and back.

Same layers and array names as big_vision's `vae-oid.npz`, narrower. The encoder gets 2 (mask - 0.5), an output above 0
is foreground.

    python mask_vqvae.py --out ../../assets/model/vae-oid.npz --minutes 8
"""

import argparse
import math
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw
from torch import nn

import scenes

WIDTH, EMBEDDING, CODES = 64, 64, 128


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(width, width, 3, padding=1), nn.ReLU(), nn.Conv2d(width, width, 3, padding=1), nn.ReLU(),
                                 nn.Conv2d(width, width, 1))

    def forward(self, x):
        return x + self.net(x)


class MaskVqVae(nn.Module):
    def __init__(self, width=WIDTH, embedding=EMBEDDING):
        super().__init__()

        def down(a, b):
            return [nn.Conv2d(a, b, 4, 2, 1), nn.ReLU()]

        def up(a, b):
            return [nn.ConvTranspose2d(a, b, 4, 2, 1), nn.ReLU()]

        w = width
        self.encoder = nn.Sequential(*down(1, w // 2), *down(w // 2, w), *down(w, w), *down(w, w), Residual(w), Residual(w),
                                     nn.Conv2d(w, embedding, 1))
        self.decoder = nn.Sequential(nn.Conv2d(embedding, w, 1), nn.ReLU(), Residual(w), Residual(w), *up(w, w), *up(w, w // 2),
                                     *up(w // 2, w // 4), *up(w // 4, w // 8), nn.Conv2d(w // 8, 1, 1))
        self.register_buffer("embedding", torch.randn(CODES, embedding))

    def nearest(self, z):
        """[n, e, 4, 4] -> indices [n, 4, 4]"""
        flat = z.permute(0, 2, 3, 1)
        distance = (self.embedding ** 2).sum(1) - 2 * flat @ self.embedding.T
        return distance.argmin(-1)

    def encode(self, masks):
        """masks in 0..1, [n, 64, 64] -> 16 codes each, row by row"""
        return self.nearest(self.encoder(2 * masks[:, None] - 1)).flatten(1)

    def decode(self, codes):
        """[n, 16] -> [n, 64, 64], foreground above 0"""
        return self.decoder(self.embedding[codes].reshape(-1, 4, 4, self.embedding.shape[1]).permute(0, 3, 1, 2))[:, 0]

    def arrays(self):
        """The arrays by big_vision's names, float32."""
        state = {k: v.numpy().astype(np.float32) for k, v in self.state_dict().items() if k != "embedding"}
        return state | {"_vq_vae._embedding": self.embedding.numpy()}

    @staticmethod
    def load(path):
        arrays = np.load(path)
        model = MaskVqVae(arrays["encoder.8.net.4.bias"].shape[0], arrays["_vq_vae._embedding"].shape[1])
        names = {"embedding": "_vq_vae._embedding"}
        model.load_state_dict({k: torch.from_numpy(arrays[names.get(k, k)]).float() for k in model.state_dict()})
        return model.eval().requires_grad_(False)


# ------------------------------------------------------------------------------------------------------------ masks

def shape_mask(shape, width=64, height=64):
    """A shape of scenes.py filling its box, as the encoder is to see it."""
    drawn = scenes.template(shape)[0].resize((width, height), Image.Resampling.BILINEAR).point(lambda v: 255 * (v >= 128))
    box = drawn.getbbox()
    return np.asarray(drawn.crop(box).resize((64, 64), Image.Resampling.BILINEAR), np.float32) / 255


def _free_mask(rng):
    """A rotated shape, a blob, a polygon or a part of those, cropped to its box."""
    image = Image.new("L", (160, 160))
    draw = ImageDraw.Draw(image)
    kind = rng.random()
    if kind < 0.35:
        image = scenes.template(str(rng.choice(scenes.SHAPES)))[0].resize((110, 110)).rotate(rng.uniform(0, 360), expand=True)
    elif kind < 0.7:  # a smooth closed curve
        t = np.linspace(0, 2 * math.pi, 90)
        radius = 44 + sum(rng.normal(0, 22 / k) * np.cos(k * t + rng.uniform(0, 6.3)) for k in range(1, 6))
        draw.polygon(list(zip(80 + rng.uniform(0.4, 1) * radius * np.cos(t), 80 + radius * np.sin(t))), fill=255)
    elif kind < 0.85:
        angles = np.sort(rng.uniform(0, 2 * math.pi, int(rng.integers(3, 9))))
        radii = rng.uniform(25, 75, len(angles))
        draw.polygon(list(zip(80 + radii * np.cos(angles), 80 + radii * np.sin(angles))), fill=255)
    else:
        for _ in range(int(rng.integers(1, 4))):
            x, y = rng.uniform(0, 110, 2)
            (draw.rectangle if rng.random() < 0.5 else draw.ellipse)((x, y, x + rng.uniform(14, 60), y + rng.uniform(14, 60)), fill=255)
    box = image.point(lambda v: 255 * (v >= 128)).getbbox()
    if box is None:
        return _free_mask(rng)
    if rng.random() < 0.15:  # cut by the picture's border
        cut = box[0] + rng.uniform(0.5, 1) * (box[2] - box[0])
        box = (box[0], box[1], max(box[0] + 4, round(cut)), box[3])
    return np.asarray(image.point(lambda v: 255 * (v >= 128)).crop(box).resize((64, 64), Image.Resampling.BILINEAR), np.float32) / 255


def draw_masks(rng, count):
    """[count, 64, 64]; a third are the upright shapes at the sizes they have in pictures."""
    return np.stack([shape_mask(str(rng.choice(scenes.SHAPES)), *rng.integers(18, 220, 2)) if rng.random() < 0.34 else _free_mask(rng)
                     for _ in range(count)])


def iou(decoded, masks):
    a, b = decoded > 0, masks >= 0.5
    return (a & b).flatten(1).sum(1) / (a | b).flatten(1).sum(1).clamp(min=1)


def shape_codes(model):
    """The 16 codes of every shape, the answers the language model learns."""
    return dict(zip(scenes.SHAPES, model.encode(torch.stack([torch.from_numpy(shape_mask(s, 256, 256)) for s in scenes.SHAPES])).tolist()))


# --------------------------------------------------------------------------------------------------------- training

def train(minutes, seed=0, pool=16000, batch=64, verbose=True):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    masks, held_out = torch.from_numpy(draw_masks(rng, pool)), torch.from_numpy(draw_masks(rng, 600))
    model = MaskVqVae()
    optimizer = torch.optim.AdamW([p for p in model.parameters()], lr=2e-3, weight_decay=1e-3, betas=(0.9, 0.98))
    counts, sums = torch.ones(CODES), model.embedding.clone()
    start, step = time.time(), 0
    while (progress := (time.time() - start) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * progress)) + 1e-6
        x = masks[torch.from_numpy(rng.integers(0, pool, batch))]
        if rng.random() < 0.5:
            x = x.flip(int(rng.integers(1, 3)))
        z = model.encoder(2 * x[:, None] - 1)
        if step == 0:  # codes start on outputs of the encoder
            flat = z.detach().permute(0, 2, 3, 1).flatten(0, 2)
            model.embedding.copy_(flat[torch.randperm(len(flat))[:CODES]])
            sums = model.embedding.clone()
        indices = model.nearest(z.detach())
        quantised = model.embedding[indices].permute(0, 3, 1, 2)
        out = model.decoder(z + (quantised - z).detach())[:, 0]
        loss = F.binary_cross_entropy_with_logits(4 * out, x) + 0.25 * F.mse_loss(z, quantised)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():  # codes follow the mean of what they stand for; idle codes start anew
            one_hot = F.one_hot(indices.flatten(), CODES).float()
            flat = z.permute(0, 2, 3, 1).flatten(0, 2)
            counts.mul_(0.98).add_(one_hot.sum(0), alpha=0.02)
            sums.mul_(0.98).add_(one_hot.T @ flat, alpha=0.02)
            model.embedding.copy_(sums / counts[:, None].clamp(min=1e-3))
            if step % 25 == 0 and progress < 0.7:
                idle = counts < 0.3
                model.embedding[idle] = flat[torch.randint(len(flat), (int(idle.sum()),))]
                sums[idle], counts[idle] = model.embedding[idle], 1.0
        step += 1
        if verbose and step % 100 == 0:
            with torch.no_grad():
                scores = iou(model.decode(model.encode(held_out)), held_out)
            print(f"step {step} {progress:.2f} loss {loss.item():.4f} IoU {scores.mean():.4f} p10 {scores.quantile(0.1):.4f}", flush=True)
    model.eval().requires_grad_(False)
    return model, iou(model.decode(model.encode(held_out)), held_out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    model, scores = train(options.minutes, options.seed)
    np.savez(options.out, **model.arrays())
    shapes = torch.stack([torch.from_numpy(shape_mask(s, 200, 200)) for s in scenes.SHAPES])
    print(f"held-out IoU {scores.mean():.4f}, p10 {scores.quantile(0.1):.4f}")
    print({s: round(float(v), 3) for s, v in zip(scenes.SHAPES, iou(model.decode(model.encode(shapes)), shapes))})
    print(shape_codes(model))
