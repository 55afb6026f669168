"""Writes a checkpoint of train.py as a model folder, in the layout of `google/paligemma-*`; weights become float16.

    python export.py --checkpoint FILE --out ../../assets/model [--raw]
"""

import argparse
import json
import os

import torch
from safetensors.torch import save_file

from model import config_json


def write_json(folder, name, value):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(value, file, indent=2, sort_keys=True)
        file.write("\n")


def export(checkpoint, folder, weights="ema"):
    saved = torch.load(checkpoint, weights_only=False)
    c = saved["config"]
    tensors = {name: tensor.half().contiguous() for name, tensor in sorted(saved[weights].items())}
    assert all(torch.isfinite(t).all() for t in tensors.values())
    os.makedirs(folder, exist_ok=True)
    save_file(tensors, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
    write_json(folder, "config.json", config_json(c))
    write_json(folder, "generation_config.json", {"_from_model_config": True, "bos_token_id": 2, "eos_token_id": 1, "pad_token_id": 0,
                                                  "transformers_version": "4.41.0.dev0"})
    write_json(folder, "preprocessor_config.json", {
        "do_convert_rgb": None, "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5] * 3,
        "image_processor_type": "SiglipImageProcessor", "image_seq_length": c.image_tokens, "image_std": [0.5] * 3,
        "processor_class": "PaliGemmaProcessor", "resample": 3, "rescale_factor": 1 / 255,
        "size": {"height": c.image_size, "width": c.image_size}})
    print(f"progress {saved['progress']:.3f}, step {saved['step']}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--raw", action="store_true", help="the last weights, not their running mean")
    options = parser.parse_args()
    export(options.checkpoint, options.out, "model" if options.raw else "ema")
