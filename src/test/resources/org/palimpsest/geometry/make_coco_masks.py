"""Writes coco-masks.tsv: random masks with what pycocotools says about them.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 pycocotools==2.0.11
    venv/bin/python make_coco_masks.py > coco-masks.tsv

Columns: width, height, rows (one hexadecimal number per row, first column is the most significant of
width bits), uncompressed counts, compressed counts, area, bounding box x,y,w,h, IoU with the mask of the line
before (NaN when the sizes differ).
"""

import numpy as np
from pycocotools import mask as coco

random = np.random.default_rng(20261101)


def counts_of(mask):
    flat = mask.T.reshape(-1)
    counts, value, run = [], 0, 0
    for bit in flat:
        if bit != value:
            counts.append(run)
            run, value = 0, bit
        run += 1
    counts.append(run)
    return counts


def draw(width, height):
    kind = random.integers(0, 4)
    if kind == 0:
        return (random.random((height, width)) < random.random()).astype(np.uint8)
    mask = np.zeros((height, width), np.uint8)
    if kind == 1:
        return mask if random.random() < 0.5 else mask + 1
    for _ in range(int(random.integers(1, 5))):
        cx, cy = random.random(2) * [width, height]
        rx, ry = random.random(2) * [width, height] / 2 + 0.5
        y, x = np.mgrid[:height, :width]
        inside = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1
        mask[inside] = 1 if random.random() < 0.7 else 0
    return mask


previous = None
for index in range(160):
    if index % 2 == 0:
        width, height = (int(v) for v in random.integers(1, 140 if index > 40 else 12, 2))
    mask = draw(width, height)
    encoded = coco.encode(np.asfortranarray(mask))
    counts = counts_of(mask)
    assert coco.frPyObjects({"size": [height, width], "counts": counts}, height, width)["counts"] == encoded["counts"]
    assert (coco.decode(encoded) == mask).all()
    same = previous is not None and previous["size"] == encoded["size"]
    iou = coco.iou([previous], [encoded], [0])[0, 0] if same else float("nan")
    rows = " ".join(format(int("".join(map(str, row)), 2), "x") for row in mask)
    box = ",".join(format(v, "g") for v in coco.toBbox(encoded))
    print(width, height, rows, " ".join(map(str, counts)), encoded["counts"].decode(), coco.area(encoded), box,
          repr(float(iou)).replace("nan", "NaN"), sep="\t")
    previous = encoded
