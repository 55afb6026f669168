"""PaliGemma 1 in miniature. Module names are the tensor names of `google/paligemma-*` on disk, so the state dict is the file.

SigLIP: learned positions, pre-LN, biases, tanh GELU. Projector: one linear layer. Gemma: RMSNorm (1 + w), rotary positions,
one key/value head, GeGLU, embeddings scaled by sqrt(hidden), output head tied to the embeddings. Image features enter the
sequence unscaled.
"""

import json
import math
import os
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Config:
    vocab_size: int
    image_token: int
    image_size: int = 112
    patch_size: int = 14
    vision_hidden: int = 128
    vision_layers: int = 6
    vision_heads: int = 4
    vision_mlp: int = 512
    hidden: int = 128
    layers: int = 4
    heads: int = 4
    head_dim: int = 64
    mlp: int = 384

    @property
    def grid(self):
        return self.image_size // self.patch_size

    @property
    def image_tokens(self):
        return self.grid ** 2


def gelu(x):
    """The tanh form of GELU: 0.5 x (1 + tanh y) = x sigmoid(2 y), which is cheaper."""
    return x * torch.sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x))


def attend(q, k, v, mask=None):
    """q: [batch, heads, tokens, size]; k, v: [batch, heads or 1, positions, size]; mask: 0 where a query may look, else -1e30"""
    b, h, n, d = q.shape
    if k.shape[1] == 1:  # one key/value head: its queries are rows of one matrix
        q = q.reshape(b, 1, h * n, d)
    scores = (q @ k.transpose(-1, -2)).view(b, h, n, -1).float() * d ** -0.5
    if mask is not None:
        scores = scores + mask
    weights = scores.softmax(-1).to(v.dtype)
    return (weights.view(b, q.shape[1], q.shape[2], -1) @ v).view(b, h, n, d)


# ----------------------------------------------------------------------------------------------------------- SigLIP

class VisionAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads = c.vision_heads
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            setattr(self, name, nn.Linear(c.vision_hidden, c.vision_hidden))

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = (f(x).view(b, n, self.heads, -1).transpose(1, 2) for f in (self.q_proj, self.k_proj, self.v_proj))
        return self.out_proj(attend(q, k, v).transpose(1, 2).reshape(b, n, d))


class VisionMlp(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.fc1 = nn.Linear(c.vision_hidden, c.vision_mlp)
        self.fc2 = nn.Linear(c.vision_mlp, c.vision_hidden)

    def forward(self, x):
        return self.fc2(gelu(self.fc1(x)))


class VisionLayer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.layer_norm1 = nn.LayerNorm(c.vision_hidden, eps=1e-6)
        self.self_attn = VisionAttention(c)
        self.layer_norm2 = nn.LayerNorm(c.vision_hidden, eps=1e-6)
        self.mlp = VisionMlp(c)

    def forward(self, x):
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class VisionEmbeddings(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.patch_size = c.patch_size
        self.patch_embedding = nn.Conv2d(3, c.vision_hidden, c.patch_size, c.patch_size)
        self.position_embedding = nn.Embedding(c.image_tokens, c.vision_hidden)

    def forward(self, pixels):
        b, _, h, w = pixels.shape
        p = self.patch_size
        patches = pixels.view(b, 3, h // p, p, w // p, p).permute(0, 2, 4, 1, 3, 5).reshape(b, -1, 3 * p * p)
        kernel = self.patch_embedding
        return F.linear(patches, kernel.weight.flatten(1), kernel.bias) + self.position_embedding.weight


class VisionModel(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embeddings = VisionEmbeddings(c)
        self.encoder = nn.Module()
        self.encoder.layers = nn.ModuleList(VisionLayer(c) for _ in range(c.vision_layers))
        self.post_layernorm = nn.LayerNorm(c.vision_hidden, eps=1e-6)

    def forward(self, pixels):
        x = self.embeddings(pixels)
        for layer in self.encoder.layers:
            x = layer(x)
        return self.post_layernorm(x)


# ------------------------------------------------------------------------------------------------------------ Gemma

class RmsNorm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6) * (1 + self.weight)


def rotary(positions, head_dim):
    """cos and sin, each [..., 1, tokens, head_dim / 2], for rotary positions of theta 10000"""
    frequency = 10000.0 ** (-torch.arange(0, head_dim, 2) / head_dim)
    angle = positions[..., None].float() * frequency
    return angle.cos().unsqueeze(-3), angle.sin().unsqueeze(-3)


def rotate(x, cos, sin):
    a, b = x.float().chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1).to(x.dtype)


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.head_dim = c.head_dim
        self.q_proj = nn.Linear(c.hidden, c.heads * c.head_dim, bias=False)
        self.k_proj = nn.Linear(c.hidden, c.head_dim, bias=False)
        self.v_proj = nn.Linear(c.hidden, c.head_dim, bias=False)
        self.o_proj = nn.Linear(c.heads * c.head_dim, c.hidden, bias=False)

    def forward(self, x, rope, mask, cache=None):
        """mask: [batch, 1, tokens, positions], 0 where a query may look; cache: earlier keys and values, extended in place"""
        b, n, _ = x.shape
        q = rotate(self.q_proj(x).view(b, n, -1, self.head_dim).transpose(1, 2), *rope)
        k = rotate(self.k_proj(x).view(b, n, 1, self.head_dim).transpose(1, 2), *rope)
        v = self.v_proj(x).view(b, n, 1, self.head_dim).transpose(1, 2)
        if cache is not None:
            if cache:
                k, v = torch.cat([cache[0], k], 2), torch.cat([cache[1], v], 2)
            cache[:] = k, v
        return self.o_proj(attend(q, k, v, mask).transpose(1, 2).reshape(b, n, -1))


class Mlp(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.gate_proj = nn.Linear(c.hidden, c.mlp, bias=False)
        self.up_proj = nn.Linear(c.hidden, c.mlp, bias=False)
        self.down_proj = nn.Linear(c.mlp, c.hidden, bias=False)

    def forward(self, x):
        return self.down_proj(gelu(self.gate_proj(x)) * self.up_proj(x))


class DecoderLayer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.input_layernorm = RmsNorm(c.hidden)
        self.self_attn = Attention(c)
        self.post_attention_layernorm = RmsNorm(c.hidden)
        self.mlp = Mlp(c)

    def forward(self, x, rope, mask, cache=None):
        x = x + self.self_attn(self.input_layernorm(x), rope, mask, cache)
        return x + self.mlp(self.post_attention_layernorm(x))


class GemmaModel(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.head_dim = c.head_dim
        self.embed_tokens = nn.Embedding(c.vocab_size, c.hidden)
        self.layers = nn.ModuleList(DecoderLayer(c) for _ in range(c.layers))
        self.norm = RmsNorm(c.hidden)

    def forward(self, x, positions, mask, caches=None, inner=None):
        """inner: a list that receives the states after each layer"""
        rope = rotary(positions, self.head_dim)
        for i, layer in enumerate(self.layers):
            x = layer(x, rope, mask, caches[i] if caches is not None else None)
            if inner is not None:
                inner.append(x)
        return self.norm(x)


# -------------------------------------------------------------------------------------------------------- PaliGemma

class PaliGemma(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = c = config
        self.vision_tower, self.language_model, self.multi_modal_projector = nn.Module(), nn.Module(), nn.Module()
        self.vision_tower.vision_model = VisionModel(c)
        self.multi_modal_projector.linear = nn.Linear(c.vision_hidden, c.hidden)
        self.language_model.model = GemmaModel(c)

    def image_features(self, pixels):
        """[batch, 3, size, size] in -1..1 -> [batch, image tokens, hidden]"""
        return self.multi_modal_projector.linear(self.vision_tower.vision_model(pixels))

    def embed(self, ids):
        return self.language_model.model.embed_tokens(ids) * math.sqrt(self.config.hidden)

    def hidden(self, features, ids, positions, mask, inner=None):
        """Final states of the text tokens that follow the image; mask covers image and text."""
        x = torch.cat([features, self.embed(ids)], 1)
        return self.language_model.model(x, positions, mask, inner=inner)[:, features.shape[1]:]

    def logits(self, hidden):
        return F.linear(hidden, self.language_model.model.embed_tokens.weight)

    @torch.no_grad()
    def generate(self, features, prompt, eos, limit=128):
        """Greedy answers to one prompt (ids with bos and newline) for a batch of image features; lists of ids without eos."""
        b, n = features.shape[:2]
        x = torch.cat([features, self.embed(prompt.expand(b, -1))], 1)
        past, caches = x.shape[1], [[] for _ in self.language_model.model.layers]
        answers, open_rows = [[] for _ in range(b)], set(range(b))
        state = self.language_model.model(x, torch.arange(past), None, caches)[:, -1]
        for step in range(limit):
            token = self.logits(state).argmax(-1)
            for row, t in enumerate(token.tolist()):
                if row in open_rows and t == eos:
                    open_rows.discard(row)
                elif row in open_rows:
                    answers[row].append(t)
            if not open_rows:
                break
            state = self.language_model.model(self.embed(token[:, None]), torch.tensor([past + step]), None, caches)[:, -1]
        return answers


def pixels(images):
    """uint8 [batch, h, w, 3] -> -1..1 [batch, 3, h, w]"""
    return (torch.tensor(images).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.5


# ----------------------------------------------------------------------------------------------------- start values

def _sincos(values, width):
    """[n] in 0..1 -> [n, width] waves of many lengths"""
    frequency = math.pi * 2 ** torch.linspace(0, 7, width // 2)
    angle = values[:, None] * frequency
    return torch.cat([angle.sin(), angle.cos()], 1)


def _mimetic(width, heads, generator):
    """Query and key weights whose product is near the identity: at first, patches look at similar patches."""
    size = width // heads
    q, k = torch.empty(width, width), torch.empty(width, width)
    for h in range(heads):
        target = 0.7 * torch.randn(width, width, generator=generator) / width ** 0.5 + 0.7 * torch.eye(width)
        u, s, v = torch.linalg.svd(target)
        root = s[:size].sqrt()
        q[h * size:(h + 1) * size] = (u[:, :size] * root).T
        k[h * size:(h + 1) * size] = (v[:size].T * root).T
    return q, k


def _dct_filters(count, size):
    """Cosine patterns from coarse to fine, on brightness and two color differences: [count, 3, size, size]"""
    t = (torch.arange(size) + 0.5) / size
    waves = [torch.cos(math.pi * k * t) for k in range(size)]
    mixes = [torch.tensor(m) / math.sqrt(sum(x * x for x in m)) for m in ([1.0, 1, 1], [1.0, -1, 0], [1.0, 1, -2])]
    order = sorted(((i * i + j * j + (0, 6, 6)[c], c, i, j) for i in range(size) for j in range(size) for c in range(3)))
    filters = [mixes[c][:, None, None] * torch.outer(waves[i], waves[j]) for _, c, i, j in order[:count]]
    return torch.stack([f / f.norm() for f in filters])


@torch.no_grad()
def initialise(model, loc_start, seed):
    """Start values that let a small vision transformer learn places quickly."""
    g = torch.Generator().manual_seed(seed)
    c, vision, text = model.config, model.vision_tower.vision_model, model.language_model.model
    for module in model.modules():
        if isinstance(module, nn.Linear):
            module.weight.normal_(0, module.in_features ** -0.5, generator=g)
            if module.bias is not None:
                module.bias.zero_()
    patch = vision.embeddings.patch_embedding
    patch.weight.copy_(_dct_filters(c.vision_hidden, c.patch_size) * 0.35)
    patch.bias.zero_()
    line = (torch.arange(c.grid) + 0.5) / c.grid
    waves = _sincos(line, c.vision_hidden // 2)
    rows, columns = waves[:, None].expand(-1, c.grid, -1), waves[None].expand(c.grid, -1, -1)
    vision.embeddings.position_embedding.weight.copy_(0.5 * torch.cat([rows, columns], -1).flatten(0, 1))
    for layer in vision.encoder.layers:
        a = layer.self_attn
        q, k = _mimetic(c.vision_hidden, c.vision_heads, g)
        a.q_proj.weight.copy_(q)
        a.k_proj.weight.copy_(k)
        a.out_proj.weight.mul_((2 * c.vision_layers) ** -0.5)
        layer.mlp.fc2.weight.mul_((2 * c.vision_layers) ** -0.5)
    for layer in text.layers:
        layer.self_attn.o_proj.weight.mul_((2 * c.layers) ** -0.5)
        layer.mlp.down_proj.weight.mul_((2 * c.layers) ** -0.5)
    scale = c.hidden ** -0.5
    text.embed_tokens.weight.normal_(0, scale, generator=g)
    places = _sincos(torch.arange(1024) / 1023, c.hidden)
    mixed = places @ torch.linalg.qr(torch.randn(c.hidden, c.hidden, generator=g))[0]
    text.embed_tokens.weight[loc_start:loc_start + 1024] = mixed / mixed.norm(dim=1, keepdim=True) * scale * c.hidden ** 0.5


# ------------------------------------------------------------------------------------------------------------ files

def config_json(c):
    return {
        "architectures": ["PaliGemmaForConditionalGeneration"], "bos_token_id": 2, "eos_token_id": 1, "hidden_size": c.hidden,
        "ignore_index": -100, "image_token_index": c.image_token, "model_type": "paligemma", "pad_token_id": 0,
        "projection_dim": c.hidden,
        "text_config": {
            "head_dim": c.head_dim, "hidden_size": c.hidden, "intermediate_size": c.mlp, "model_type": "gemma",
            "num_attention_heads": c.heads, "num_hidden_layers": c.layers, "num_image_tokens": c.image_tokens,
            "num_key_value_heads": 1, "torch_dtype": "float16", "vocab_size": c.vocab_size},
        "torch_dtype": "float16", "transformers_version": "4.41.0.dev0",
        "vision_config": {
            "hidden_size": c.vision_hidden, "image_size": c.image_size, "intermediate_size": c.vision_mlp,
            "model_type": "siglip_vision_model", "num_attention_heads": c.vision_heads, "num_hidden_layers": c.vision_layers,
            "num_image_tokens": c.image_tokens, "patch_size": c.patch_size, "projection_dim": c.hidden,
            "projector_hidden_act": "gelu_fast", "vision_use_head": False}}


def load(folder):
    """The model of a folder, in float32."""
    from safetensors.torch import load_file
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        j = json.load(file)
    t, v = j["text_config"], j["vision_config"]
    model = PaliGemma(Config(t["vocab_size"], j["image_token_index"], v["image_size"], v["patch_size"], v["hidden_size"],
                             v["num_hidden_layers"], v["num_attention_heads"], v["intermediate_size"], t["hidden_size"],
                             t["num_hidden_layers"], t["num_attention_heads"], t["head_dim"], t["intermediate_size"]))
    model.load_state_dict({k: w.float() for k, w in load_file(os.path.join(folder, "model.safetensors")).items()})
    return model.eval().requires_grad_(False)
