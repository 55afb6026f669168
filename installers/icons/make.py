"""Draws the icons of all systems from the SVG files. Needs rsvg-convert (librsvg); the results are checked in.

    python3 installers/icons/make.py
"""

import struct
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOW = HERE.parent.parent / "src/main/resources/org/palimpsest/app"
SMALL = 32  # up to here the simpler drawing


def png(drawing: str, size: int) -> bytes:
    source = HERE / f"{drawing}.svg"
    if drawing == "palimpsest" and size <= SMALL:
        source = HERE / "palimpsest-small.svg"
    command = ["rsvg-convert", "-w", str(size), "-h", str(size), str(source)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def ico(drawing: str, sizes: list[int]) -> bytes:
    """The format of Windows: a table of contents, then PNGs."""
    images = [png(drawing, size) for size in sizes]
    offset = 6 + 16 * len(sizes)
    head = struct.pack("<HHH", 0, 1, len(sizes))
    for size, image in zip(sizes, images):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return head + b"".join(images)


def icns(drawing: str) -> bytes:
    """The format of macOS: PNGs, each after a four-letter name that stands for its size."""
    names = {"icp4": 16, "ic11": 32, "icp5": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512, "ic09": 512}
    body = b""
    for name, size in names.items():
        image = png(drawing, size)
        body += name.encode() + struct.pack(">I", len(image) + 8) + image
    return b"icns" + struct.pack(">I", len(body) + 8) + body


for drawing in ("palimpsest", "project-file"):
    for size in (16, 24, 32, 48, 64, 128, 256):
        (HERE / f"{drawing}-{size}.png").write_bytes(png(drawing, size))
    (HERE / f"{drawing}.ico").write_bytes(ico(drawing, [16, 24, 32, 48, 64, 128, 256]))
    (HERE / f"{drawing}.icns").write_bytes(icns(drawing))
for size in (16, 32, 64, 128, 256):
    (WINDOW / f"icon-{size}.png").write_bytes(png("palimpsest", size))
