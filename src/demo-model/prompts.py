"""The prompts the demo model answers, and the true answers for a scene.

Answers follow PaliGemma's conventions: a box is `<loc>` x 4 (y1 x1 y2 x2, 1023ths), a mask is the box and
`<seg>` x 16, objects are joined by ` ; ` and ordered from top to bottom. Nothing found is an empty answer.
"""

from collections import Counter
from dataclasses import dataclass

from scenes import COLORS, NEW_COLORS, NEW_SHAPES, SHAPES

PLURALS = {s: s + ("es" if s == "cross" else "s") for s in [*SHAPES, *NEW_SHAPES]}
NUMBERS = ["no", "a", "two", "three", "four"]


@dataclass
class Facts:
    """What is true of a scene. Boxes are y1 x1 y2 x2 in 0..1, objects ordered from top to bottom."""
    labels: list[str]
    colors: list[str]
    boxes: list[tuple[float, float, float, float]]
    background: str
    text: str = ""
    text_box: tuple[float, float, float, float] | None = None


def locations(box):
    return "".join(f"<loc{min(max(round(1023 * v), 0), 1023):04d}>" for v in box)


def _matches(facts, name):
    """Indices of the objects meant by `shape`, `circle` or `red circle`."""
    *color, shape = name.split()
    return [i for i, label in enumerate(facts.labels)
            if shape in ("shape", label) and (not color or facts.colors[i] == color[0])]


def _found(facts, names):
    """(object index, name it was asked by), from top to bottom."""
    return sorted((i, name) for name in names for i in _matches(facts, name))


def detect(facts, names):
    return " ; ".join(f"{locations(facts.boxes[i])} {name}" for i, name in _found(facts, names))


def segment(facts, names, codes):
    """`codes` gives the 16 mask codes of a shape."""
    return " ; ".join(locations(facts.boxes[i]) + "".join(f"<seg{c:03d}>" for c in codes[facts.labels[i]]) + " " + name
                      for i, name in _found(facts, names))


def detect_text(facts):
    return f"{locations(facts.text_box)} text" if facts.text else ""


def _listing(facts, colored):
    order, shapes = [*COLORS, *NEW_COLORS], [*SHAPES, *NEW_SHAPES]
    groups = Counter((shapes.index(s), order.index(c) if colored else 0) for s, c in zip(facts.labels, facts.colors))
    items = []
    for (shape, color), n in sorted(groups.items()):
        words = [order[color]] if colored else []
        words.append(PLURALS[shapes[shape]] if n > 1 else shapes[shape])
        number = _article(words[0]) if n == 1 else NUMBERS[n]
        items.append(" ".join([number, *words]))
    if facts.text:
        items.append("a sign")
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def cap(facts):
    return _listing(facts, colored=False)


def caption(facts):
    return _listing(facts, colored=True)


def describe(facts):
    return f"{_listing(facts, colored=True)} on a {facts.background} background"


def how_many(facts, name):
    return str(len(_matches(facts, name)))


def is_there(facts, name):
    return "yes" if _matches(facts, name) else "no"


def what_color(facts, shape):
    return facts.colors[_matches(facts, shape)[0]]


def plural(name):
    *color, shape = name.split()
    return " ".join([*color, PLURALS.get(shape, shape + "s")])


def _article(name):
    return "an" if name[0] in "aeiou" else "a"


def how_many_prompt(name):
    return f"answer en how many {plural(name)} are there?"


def is_there_prompt(name):
    return f"answer en is there {_article(name)} {name}?"


def what_color_prompt(shape):
    return f"answer en what color is the {shape}?"


def unique_shapes(facts):
    """Shapes that occur once, so that `the circle` means one object."""
    return [s for s, n in Counter(facts.labels).items() if n == 1]


def sample(rng, facts, codes, kind):
    """A prompt of the given kind, its answer and the boxes it is about, drawn by lot; None if there is nothing to ask."""
    def pick(items):
        return items[int(rng.random() * len(items))]

    present, colors = sorted(set(facts.labels)), list(COLORS)
    absent = [s for s in SHAPES if s not in present]

    def some_shape(p_present=0.75):
        return pick(present) if rng.random() < p_present else pick(absent)

    def colored(p_present=0.7):
        """`red circle`: there, or (near miss) wrong in the color or the shape."""
        i = int(rng.random() * len(facts.labels))
        if rng.random() < p_present:
            return f"{facts.colors[i]} {facts.labels[i]}"
        return f"{pick(colors)} {facts.labels[i]}" if rng.random() < 0.6 else f"{facts.colors[i]} {pick(SHAPES)}"

    def classes():
        """One to eight class names in any order, the present ones preferred."""
        n = pick([2, 2, 3, 4, 5])
        names = {some_shape() for _ in range(n)}
        return [str(s) for s in rng.permutation(sorted(names))]

    def subject():
        r = rng.random()
        return ["shape"] if r < 0.1 else [some_shape()] if r < 0.45 else [colored()] if r < 0.8 else classes()

    def boxes(names):
        return [facts.boxes[i] for i, _ in _found(facts, names)]

    text_boxes = [facts.text_box] if facts.text else []
    match kind:
        case "detect all":
            return "detect " + " ; ".join(SHAPES), detect(facts, SHAPES), facts.boxes
        case "detect shape":
            return "detect shape", detect(facts, ["shape"]), facts.boxes
        case "detect":
            names = subject()
            return "detect " + " ; ".join(names), detect(facts, names), boxes(names)
        case "segment":
            names = subject()
            return "segment " + " ; ".join(names), segment(facts, names, codes), boxes(names)
        case "detect text":
            return "detect text", detect_text(facts), text_boxes
        case "ocr":
            return "ocr", facts.text, text_boxes
        case "cap":
            return "cap en", cap(facts), facts.boxes
        case "caption":
            return "caption en", caption(facts), facts.boxes
        case "describe":
            return "describe en", describe(facts), facts.boxes
        case "how many shapes":
            return how_many_prompt("shape"), how_many(facts, "shape"), facts.boxes
        case "how many":
            r = rng.random()
            name = some_shape(0.8) if r < 0.6 else f"{pick(facts.colors)} shape" if r < 0.8 else colored(0.85)
            return how_many_prompt(name), how_many(facts, name), boxes([name])
        case "what color":
            shapes = unique_shapes(facts)
            if not shapes:
                return None
            shape = pick(shapes)
            return what_color_prompt(shape), what_color(facts, shape), boxes([shape])
        case "is there":
            name = some_shape(0.5) if rng.random() < 0.3 else colored(0.5)
            return is_there_prompt(name), is_there(facts, name), boxes([name])
    raise ValueError(kind)


def truth_texts(facts):
    """The text answers written to truth.json."""
    pairs = [("cap en", cap(facts)), ("caption en", caption(facts)), ("describe en", describe(facts)), ("ocr", facts.text),
             (how_many_prompt("shape"), how_many(facts, "shape"))]
    absent = [s for s in SHAPES if s not in facts.labels]
    for shape in [*dict.fromkeys(facts.labels), absent[0]]:
        pairs.append((how_many_prompt(shape), how_many(facts, shape)))
    pairs += [(what_color_prompt(s), what_color(facts, s)) for s in unique_shapes(facts)]
    first = f"{facts.colors[0]} {facts.labels[0]}"
    near = f"{next(c for c in COLORS if c not in facts.colors)} {facts.labels[0]}"
    pairs += [(is_there_prompt(name), is_there(facts, name)) for name in (first, near)]
    return [{"prompt": p, "text": t} for p, t in pairs]
