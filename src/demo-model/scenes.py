"""Draws the scenes the demo model knows: upright coloured shapes, sometimes a sign with letters.

Everything is drawn at the picture's own size, in whole pixels, so that boxes and masks are exact.
Scene `i` of seed `s` is always the same picture, however many are drawn.

    python scenes.py --pool FILE --count 48000 --seed 1          training pool (an .npz of 112 x 112 pictures)
    python scenes.py --export DIR --count 500 --seed 3           PNG pictures and truth.json
    python scenes.py --export DIR --count 60 --seed 5 --small    the same at the model's input size
    python scenes.py --samples DIR                               the sample scenes of the program
    python scenes.py --export DIR --count 200 --seed 11 --new-shape arrow --new-color pink
                                                                 scenes with what the model has never seen, to teach it
"""

import argparse
import colorsys
import json
import math
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SHAPES = ["circle", "square", "triangle", "star", "heart", "cross", "ring", "moon"]
COLORS = {
    "red": (214, 38, 44), "orange": (246, 136, 28), "yellow": (250, 220, 50), "green": (44, 158, 66),
    "blue": (36, 96, 216), "purple": (138, 54, 180), "black": (26, 26, 28), "white": (247, 247, 245),
}
# Never in the training pool: for trying out how a model learns what it does not know.
NEW_SHAPES = ["arrow", "hexagon"]
NEW_COLORS = {"pink": (244, 130, 184), "brown": (122, 72, 36)}
NEW_SHARE = 0.35  # of the objects, where a new shape or colour is asked for
BACKGROUNDS = ["plain", "gradient", "striped", "checkered", "dotted", "cloudy"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORDS = """ANT ARM ART BAG BED BEE BOX BUS CAR CAT COW CUP DOG EAR EGG EYE FAN FOX HAT HEN ICE INK JAM JAR KEY LEG
 MAP MUG NET OAK OWL PEN PIG RUG SKY SUN TEA TOY VAN WEB YAK ZOO BABY BALL BEAR BIRD BOAT BOOK CAKE CAFE CLUB COAT
 DESK DOOR DUCK EXIT FARM FISH FLAG FROG GATE GIFT GOAT HOME JAZZ KING KITE LAMP LEAF LION MILK MOON NEST OPEN PARK
 PEAR PLUM QUIZ RAIN RING ROAD ROSE SALE SHIP SHOE SNOW STOP TAXI TREE VASE WAVE WOLF YOGA ZERO""".split()
INPUT_SIZE = 112
MAX_OBJECTS = 4
MIN_SIDE = 0.20  # of the picture's shorter side


@dataclass
class Thing:
    """One object; the box is half-open in pixels, x before y, and the mask covers the whole picture."""
    label: str
    color: str
    box: tuple[int, int, int, int]
    mask: np.ndarray


@dataclass
class Scene:
    image: Image.Image
    background: str
    objects: list[Thing] = field(default_factory=list)
    text: str = ""
    text_box: tuple[int, int, int, int] | None = None


# ---------------------------------------------------------------------------------------------------------- shapes

def _polygon(points):
    image = Image.new("L", (1024, 1024))
    ImageDraw.Draw(image).polygon([(24 + 976 * x, 24 + 976 * y) for x, y in points], fill=255)
    return image


def _raw(shape):
    v, u = np.mgrid[0:1024, 0:1024] / 1023.0
    radius = np.hypot(u - 0.5, v - 0.5)
    match shape:
        case "circle":
            inside = radius <= 0.5
        case "square":
            inside = radius < 9
        case "ring":
            inside = (radius <= 0.5) & (radius >= 0.27)
        case "cross":
            inside = (abs(u - 0.5) <= 0.18) | (abs(v - 0.5) <= 0.18)
        case "moon":
            inside = (radius <= 0.5) & (np.hypot(u - 0.76, v - 0.5) > 0.44)
        case "triangle":
            return _polygon([(0.5, 0), (1, 1), (0, 1)])
        case "star":
            return _polygon([(0.5 + r * math.sin(k * math.pi / 5), 0.5 - r * math.cos(k * math.pi / 5))
                             for k in range(10) for r in [0.23 if k % 2 else 0.5]])
        case "arrow":  # to the right
            return _polygon([(0, 0.32), (0.52, 0.32), (0.52, 0), (1, 0.5), (0.52, 1), (0.52, 0.68), (0, 0.68)])
        case "hexagon":
            return _polygon([(0.5 + 0.5 * math.cos(k * math.pi / 3), 0.5 + 0.5 * math.sin(k * math.pi / 3)) for k in range(6)])
        case "heart":
            t = np.linspace(0, 2 * math.pi, 200)
            x, y = 16 * np.sin(t) ** 3, 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
            return _polygon(zip(0.5 + x / 34, 0.45 - y / 34))
    return Image.fromarray(inside.astype(np.uint8) * 255)


@cache
def template(shape):
    """The shape filling a 512 x 512 square, the same without its rim, and its natural width / height."""
    image = _raw(shape)
    image = image.crop(image.getbbox())
    aspect = image.width / image.height
    full = image.resize((512, 512), Image.Resampling.BILINEAR)
    framed = Image.new("L", (560, 560))
    framed.paste(full, (24, 24))
    core = framed.filter(ImageFilter.MinFilter(31)).crop((24, 24, 536, 536))
    return full, core, aspect


@cache
def glyph(letter):
    """A letter as wide as it is, 256 high from base line to cap height."""
    font = ImageFont.load_default(320)
    image = Image.new("L", (600, 600))
    ImageDraw.Draw(image).text((120, 60), letter, fill=255, font=font, stroke_width=9)
    left, _, right, _ = image.getbbox()
    _, top, _, bottom = _glyph_bounds("H")
    image = image.crop((left, top, right, bottom))
    return image.resize((round(image.width * 256 / image.height), 256), Image.Resampling.BILINEAR)


@cache
def _glyph_bounds(letter):
    image = Image.new("L", (600, 600))
    ImageDraw.Draw(image).text((120, 60), letter, fill=255, font=ImageFont.load_default(320), stroke_width=9)
    return image.getbbox()


# --------------------------------------------------------------------------------------------------------- drawing

def _background(rng, kind, width, height):
    """Muted mid-tones, so that every colour of the palette stands out, white and black too."""
    tone = np.array(colorsys.hsv_to_rgb(rng.random(), rng.uniform(0.02, 0.25), rng.uniform(0.42, 0.76)), np.float32) * 255
    other = tone * rng.choice([rng.uniform(0.78, 0.92), rng.uniform(1.06, 1.16)]) + rng.uniform(-8, 8, 3).astype(np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / min(width, height)
    angle, period = rng.uniform(0, math.pi), rng.uniform(0.08, 0.22)
    along = x * math.cos(angle) + y * math.sin(angle)
    match kind:
        case "plain":
            mix = np.zeros_like(x)
        case "gradient":
            other = tone * rng.choice([rng.uniform(0.6, 0.8), rng.uniform(1.12, 1.28)])
            mix = (along - along.min()) / np.ptp(along)
        case "striped":
            mix = (along / period % 1 < 0.5).astype(np.float32)
        case "checkered":
            mix = ((x // period + y // period) % 2).astype(np.float32)
        case "dotted":
            mix = (np.hypot(x / period % 1 - 0.5, y / period % 1 - 0.5) < 0.3).astype(np.float32)
        case "cloudy":
            coarse = Image.fromarray(rng.random((6, 6)).astype(np.float32))
            mix = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC))
            other = tone * rng.choice([0.7, 1.25])
    picture = tone + mix[..., None] * (other - tone)
    return np.clip(picture, 60, 212)


def _paint(picture, left, top, alpha, color):
    height, width = alpha.shape
    area = picture[top:top + height, left:left + width]
    area += alpha[: area.shape[0], : area.shape[1], None] * (color - area)


def _fill(rng, name):
    r, g, b = (c / 255 for c in (COLORS | NEW_COLORS)[name])
    h, s, v = colorsys.rgb_to_hsv(r, g, b)
    jittered = colorsys.hsv_to_rgb((h + rng.uniform(-0.012, 0.012)) % 1, s * rng.uniform(0.88, 1), v * rng.uniform(0.92, 1.02))
    return np.minimum(np.array(jittered, np.float32) * 255, 255)


def _draw_object(rng, picture, shape, color, left, top, width, height):
    full, core, _ = template(shape)
    alpha = np.asarray(full.resize((width, height), Image.Resampling.BILINEAR), np.float32) / 255
    fill = _fill(rng, color)
    if rng.random() < 0.35:  # a shadow
        offset = round(0.06 * min(width, height))
        _paint(picture, left + offset, top + offset, alpha * rng.uniform(0.1, 0.28), np.zeros(3, np.float32))
    if rng.random() < 0.4:  # light from one side
        ramp = np.linspace(1.0, rng.uniform(0.84, 0.96), height, dtype=np.float32)[:, None, None]
        fill = ramp * fill
    if rng.random() < 0.4:  # a darker rim (lighter on black)
        inner = np.asarray(core.resize((width, height), Image.Resampling.BILINEAR), np.float32)[..., None] / 255
        rim = np.array((70, 70, 72), np.float32) if color == "black" else COLORS_RIM[color]
        fill = rim + inner * (fill - rim)
    _paint(picture, left, top, alpha, fill)
    mask = np.zeros(picture.shape[:2], bool)
    mask[top:top + height, left:left + width] = alpha >= 0.5
    ys, xs = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return Thing(shape, color, (int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1), mask)


COLORS_RIM = {name: np.array(rgb, np.float32) * (0.8 if name == "white" else 0.7) for name, rgb in (COLORS | NEW_COLORS).items()}


def _draw_sign(rng, picture, text, left, top, width, height):
    """A light plate with dark letters in cells of equal width; returns the box of the letters."""
    plate = Image.new("L", (width * 2, height * 2))
    ImageDraw.Draw(plate).rounded_rectangle((0, 0, 2 * width - 1, 2 * height - 1), radius=height // 3, fill=255)
    alpha = np.asarray(plate.resize((width, height), Image.Resampling.BOX), np.float32) / 255
    _paint(picture, left, top, alpha, np.array([240, 238, 228], np.float32) * rng.uniform(0.95, 1.03))
    ink = np.array(colorsys.hsv_to_rgb(rng.random(), rng.uniform(0, 0.8), rng.uniform(0.1, 0.32)), np.float32) * 255
    cap, cell = round(height / 1.36), width / (len(text) + 0.3)
    y, boxes = top + (height - cap) // 2, []
    for i, letter in enumerate(text):
        image = glyph(letter)
        glyph_width = max(2, round(min(image.width * cap / 256, cell * 0.92)))
        ink_alpha = np.asarray(image.resize((glyph_width, cap), Image.Resampling.BILINEAR), np.float32) / 255
        x = round(left + cell * (i + 0.65) - glyph_width / 2)
        _paint(picture, x, y, ink_alpha, ink)
        boxes.append((x, x + glyph_width))
    return boxes[0][0], y, boxes[-1][1], y + cap


def _place(rng, taken, width, height, size):
    """A free place for an object of the given size, or None."""
    margin = round(0.025 * min(width, height))
    w, h = size
    for _ in range(60):
        x, y = int(rng.integers(1, width - w)), int(rng.integers(1, height - h))
        if all(x + w + margin <= a or c + margin <= x or y + h + margin <= b or d + margin <= y for a, b, c, d in taken):
            return x, y
    return None


def _picture_size(rng, scale):
    """448 x 448, or as many pixels at a ratio between 3:4 and 4:3."""
    ratio = 1.0 if rng.random() < 0.5 else rng.uniform(0.75, 4 / 3)
    return round(448 * scale * ratio ** 0.5), round(448 * scale / ratio ** 0.5)


def draw_scene(seed, index, scale=1.0, count=None, sign=None, noise=True, new_shape=None, new_color=None):
    """Draws scene `index` of `seed`. `count` and `sign` fix what is otherwise drawn by lot.

    With a new shape or colour, `NEW_SHARE` of the objects have it. Its lots are drawn from a source of its own, so that
    without them the scene is what it always was."""
    new_rng = np.random.default_rng([seed, index, 1])
    rng = np.random.default_rng([seed, index])
    width, height = _picture_size(rng, scale)
    side = min(width, height)
    kind = str(rng.choice(BACKGROUNDS))
    picture = _background(rng, kind, width, height)
    sign = rng.random() < 0.3 if sign is None else sign
    count = (int(rng.integers(1, 3)) if sign else int(rng.integers(1, MAX_OBJECTS + 1))) if count is None else count
    scene, taken = Scene(None, kind), []
    if sign:
        text = str(rng.choice(WORDS)) if rng.random() < 0.4 else "".join(rng.choice(list(LETTERS), int(rng.integers(3, 5))))
        cap = rng.uniform(0.20, 0.27) * side
        size = round(cap * 0.82 * (len(text) + 0.3)), round(cap * 1.36)
        x, y = _place(rng, taken, width, height, size)
        scene.text, scene.text_box = text, _draw_sign(rng, picture, text, x, y, *size)
        taken.append((x, y, x + size[0], y + size[1]))
    largest = [0.62, 0.5, 0.42, 0.36][count - 1] if not sign else 0.36
    for _ in range(count):
        others = scene.objects
        shape = str(rng.choice(SHAPES)) if not others or rng.random() < 0.6 else others[-1].label
        color = str(rng.choice(list(COLORS))) if not others or rng.random() < 0.7 else others[-1].color
        if new_shape and new_rng.random() < NEW_SHARE:
            shape = new_shape
        if new_color and new_rng.random() < NEW_SHARE:
            color = new_color
        place = None
        while place is None:
            longer = math.exp(rng.uniform(math.log(MIN_SIDE * 1.06), math.log(largest))) * side
            aspect = template(shape)[2] * math.exp(rng.uniform(-0.1, 0.1))
            size = round(longer * min(1, aspect)), round(longer * min(1, 1 / aspect))
            place = _place(rng, taken, width, height, size)
            largest = max(MIN_SIDE * 1.07, largest * 0.95) if place is None else largest
        thing = _draw_object(rng, picture, shape, color, *place, *size)
        taken.append((*place, place[0] + size[0], place[1] + size[1]))
        scene.objects.append(thing)
    if noise and rng.random() < 0.5:
        picture += rng.normal(0, rng.uniform(1, 9), picture.shape[:2]).astype(np.float32)[..., None]
    scene.objects.sort(key=lambda o: (o.box[1] / height, o.box[0] / width))
    scene.image = Image.fromarray(np.clip(np.rint(picture), 0, 255).astype(np.uint8))
    return scene


# ------------------------------------------------------------------------------------------------------ input, files

def to_input(image):
    """The model's view of a picture: squeezed to a square, as the processor of PaliGemma does it."""
    return np.asarray(image.resize((INPUT_SIZE, INPUT_SIZE), Image.Resampling.BICUBIC))


def facts(scene):
    """What is true of a scene, free of its pixel size: see `prompts.Facts`."""
    from prompts import Facts
    w, h = scene.image.size
    return Facts([o.label for o in scene.objects], [o.color for o in scene.objects],
                 [_unit_box(o.box, w, h) for o in scene.objects], scene.background, scene.text,
                 _unit_box(scene.text_box, w, h) if scene.text else None)


def _unit_box(box, width, height):
    """y1 x1 y2 x2 in 0..1, the order of the loc tokens."""
    x1, y1, x2, y2 = box
    return y1 / height, x1 / width, y2 / height, x2 / width


def coco_rle(mask):
    """COCO's compressed run lengths: column-major, starting with zeros, each as the difference to the run two before."""
    flat = np.concatenate([[0], mask.T.reshape(-1).astype(np.int8), [-1]])
    edges = np.flatnonzero(np.diff(flat))
    runs = np.diff(np.concatenate([[0], edges])).tolist()
    out = []
    for i, run in enumerate(runs):
        value = run - runs[i - 2] if i > 2 else run
        more = True
        while more:
            bits, value = value & 31, value >> 5
            more = value != (-1 if bits & 16 else 0)
            out.append(chr((bits | 32 if more else bits) + 48))
    return {"size": list(mask.shape), "counts": "".join(out)}


def truth(scene, name):
    from prompts import truth_texts
    return {"image": name, "width": scene.image.width, "height": scene.image.height,
            "objects": [{"label": o.label, "color": o.color, "box": list(o.box), "mask": coco_rle(o.mask)} for o in scene.objects],
            "texts": truth_texts(facts(scene))}


def write_scenes(folder, scenes):
    """Writes PNG pictures and truth.json."""
    os.makedirs(folder, exist_ok=True)
    entries = []
    for i, scene in enumerate(scenes, 1):
        name = f"scene-{i:0{max(2, len(str(len(scenes))))}d}.png"
        scene.image.save(os.path.join(folder, name), optimize=True)
        entries.append(truth(scene, name))
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as file:
        file.write('{"scenes": [\n' + ",\n".join(json.dumps(e) for e in entries) + "\n]}\n")


def shrunk(scene):
    """The scene at the model's input size; masks and boxes belong to the small picture."""
    objects = []
    for o in scene.objects:
        mask = np.asarray(Image.fromarray(o.mask.astype(np.uint8) * 255).resize((INPUT_SIZE, INPUT_SIZE), Image.Resampling.BOX)) >= 128
        ys, xs = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        objects.append(Thing(o.label, o.color, (int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1), mask))
    w, h = scene.image.size
    text_box = scene.text_box and tuple(round(v * INPUT_SIZE / side) for v, side in zip(scene.text_box, (w, h, w, h)))
    return Scene(Image.fromarray(to_input(scene.image)), scene.background, objects, scene.text, text_box)


def sample_scenes(count=30, seed=4):
    """Clean pictures with one to four objects, every fifth with a sign that says a word."""
    found = []
    for i in range(10_000):
        if len(found) == count:
            return found
        sign = len(found) % 5 == 4
        scene = draw_scene(seed, i, scale=0.8 + 0.2 * (i % 2), count=1 + len(found) % (2 if sign else 4), sign=sign, noise=False)
        wanted = BACKGROUNDS[len(found) % len(BACKGROUNDS)]
        if scene.background == wanted and (not sign or scene.text in WORDS):
            found.append(scene)
    raise AssertionError("too few scenes")


def _pool_entry(args):
    scene = draw_scene(*args, scale=0.5)
    f = facts(scene)
    shapes, colors, boxes = np.full(MAX_OBJECTS, -1, np.int8), np.full(MAX_OBJECTS, -1, np.int8), np.zeros((MAX_OBJECTS, 4), np.float32)
    n = len(f.labels)
    shapes[:n] = [SHAPES.index(s) for s in f.labels]
    colors[:n] = [list(COLORS).index(c) for c in f.colors]
    boxes[:n] = f.boxes
    return to_input(scene.image), shapes, colors, boxes, BACKGROUNDS.index(f.background), f.text, f.text_box or (0, 0, 0, 0)


def write_pool(path, seed, count, workers):
    """Training pictures, drawn at half size (the shrunk picture is nearly the same, and four times as fast)."""
    with ProcessPoolExecutor(workers) as pool:
        rows = list(pool.map(_pool_entry, ((seed, i) for i in range(count)), chunksize=250))
    images, shapes, colors, boxes, backgrounds, texts, text_boxes = zip(*rows)
    np.savez(path, images=np.stack(images), shapes=np.stack(shapes), colors=np.stack(colors), boxes=np.stack(boxes),
             backgrounds=np.array(backgrounds, np.int8), texts=np.array(texts), text_boxes=np.array(text_boxes, np.float32))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--pool", metavar="FILE")
    target.add_argument("--export", metavar="DIR")
    target.add_argument("--samples", metavar="DIR")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="pictures at the model's input size")
    parser.add_argument("--new-shape", choices=NEW_SHAPES, help="with --export: a shape that the model has never seen")
    parser.add_argument("--new-color", choices=list(NEW_COLORS), help="with --export: a colour that the model has never seen")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    if options.pool:
        write_pool(options.pool, options.seed, options.count, options.workers)
    elif options.samples:
        write_scenes(options.samples, sample_scenes())
    else:
        drawn = (draw_scene(options.seed, i, new_shape=options.new_shape, new_color=options.new_color)
                 for i in range(options.count))
        write_scenes(options.export, [shrunk(scene) if options.small else scene for scene in drawn])
