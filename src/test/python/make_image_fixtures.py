"""Writes the image files of src/test/resources/imaging and the pixels that Pillow reads from them.

For every file there is FILE.rgb: the raw bytes of ImageOps.exif_transpose(image).convert("RGB").
index.tsv lists name, width, height and the largest difference that is allowed.

Two kinds of file differ from Pillow on purpose: of 16-bit grey the upper byte is expected, where
Pillow's conversion turns everything above 255 white.

    python3 -m venv venv && venv/bin/pip install pillow==12.3.0 numpy
    venv/bin/python src/test/python/make_image_fixtures.py
"""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

OUT = Path(__file__).resolve().parent.parent / "resources" / "imaging"
WIDTH, HEIGHT = 37, 29
INDEX = []


def scene():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    red = 255 * x / (WIDTH - 1)
    green = 255 * y / (HEIGHT - 1)
    blue = 127.5 * (1 + np.sin(x / 3.0) * np.cos(y / 4.0))
    rgb = np.stack([red, green, blue], axis=-1)
    rgb[5:12, 8:20] = (220, 30, 40)
    rgb[(x - 26) ** 2 + (y - 19) ** 2 < 36] = (20, 90, 230)
    noise = np.random.default_rng(1).normal(0, 6, rgb.shape)
    return np.clip(np.rint(rgb + noise), 0, 255).astype(np.uint8)


def keep(name, data, expected=None, bound=0):
    path = OUT / name
    path.write_bytes(data)
    if expected is None:
        image = Image.open(io.BytesIO(data))
        expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    expected = np.ascontiguousarray(expected, dtype=np.uint8)
    (OUT / (name + ".rgb")).write_bytes(expected.tobytes())
    INDEX.append(f"{name}\t{expected.shape[1]}\t{expected.shape[0]}\t{bound}")


def saved(image, **options):
    out = io.BytesIO()
    image.save(out, **options)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(samples, bits, colour_type, interlaced=False, extra=b""):
    """A PNG of [height, width, channels] samples, for the kinds that Pillow does not write."""
    height, width = samples.shape[:2]

    def rows(part):
        out = b""
        for row in part:
            if bits == 16:
                raw = row.astype(">u2").tobytes()
            elif bits == 8:
                raw = row.astype(np.uint8).tobytes()
            else:
                flags = ((row.reshape(-1)[:, None] >> np.arange(bits - 1, -1, -1)) & 1).astype(np.uint8)
                raw = np.packbits(flags.reshape(-1)).tobytes()
            out += b"\0" + raw
        return out

    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
        data = b"".join(
            rows(samples[y0::dy, x0::dx]) for y0, x0, dy, dx in passes if samples[y0::dy, x0::dx].size
        )
    else:
        data = rows(samples)
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(data, 9))
        + chunk(b"IEND", b"")
    )


def swapped_profile():
    """An sRGB profile with red and green exchanged: whoever applies it changes every pixel."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)  # the time of making, so that runs agree
    data[84:100] = bytes(16)
    count = struct.unpack(">I", data[128:132])[0]
    at = {bytes(data[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, green = at[b"rXYZ"], at[b"gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = (
        data[green + 4 : green + 12],
        data[red + 4 : red + 12],
    )
    return bytes(data)


def make_png(rgb):
    image = Image.fromarray(rgb)
    alpha = np.mgrid[0:HEIGHT, 0:WIDTH][1].astype(np.uint8) * 6
    rgba = np.dstack([rgb, alpha])
    grey = np.asarray(image.convert("L"))
    keep("rgb8.png", saved(image, format="PNG"))
    keep("rgba8.png", saved(Image.fromarray(rgba), format="PNG"))
    keep("grey8.png", saved(image.convert("L"), format="PNG"))
    keep("grey-alpha8.png", saved(Image.fromarray(np.dstack([grey, alpha]), "LA"), format="PNG"))
    keep("grey8-transparent-value.png", saved(image.convert("L"), format="PNG", transparency=200))
    keep("palette8.png", saved(image.quantize(200), format="PNG"))
    keep("palette4-transparent.png", saved(image.quantize(12), format="PNG", bits=4, transparency=3))
    keep("bilevel.png", saved(image.convert("1"), format="PNG"))
    keep("profile.png", saved(image, format="PNG", icc_profile=swapped_profile()))
    keep("gamma.png", png(rgb, 8, 2, extra=chunk(b"gAMA", struct.pack(">I", 100000))))
    keep("interlaced.png", png(rgb, 8, 2, interlaced=True))
    keep("grey2.png", png(grey[..., None] >> 6, 2, 0))
    keep("grey4.png", png(grey[..., None] >> 4, 4, 0))
    wide = rgb.astype(np.uint16) * 257 - (rgb.astype(np.uint16) > 100) * 77
    keep("rgb16.png", png(wide, 16, 2))
    keep("rgba16.png", png(np.dstack([wide, alpha.astype(np.uint16) * 257]), 16, 6))
    upper = np.repeat((wide[..., 1:2] >> 8).astype(np.uint8), 3, axis=-1)
    keep("grey16.png", png(wide[..., 1:2], 16, 0), upper)
    keep("grey-alpha16.png", png(np.dstack([wide[..., 1], alpha.astype(np.uint16) * 257]), 16, 4), upper)
    exif = Image.Exif()
    exif[0x0112] = 6
    keep("orientation6.png", saved(image, format="PNG", exif=exif))


def make_jpeg(rgb):
    image = Image.fromarray(rgb)
    keep("444.jpg", saved(image, format="JPEG", quality=90, subsampling=0))
    keep("420.jpg", saved(image, format="JPEG", quality=85, subsampling=2))
    keep("422-restarts.jpg", saved(image, format="JPEG", quality=85, subsampling=1, restart_marker_blocks=2))
    keep("progressive.jpg", saved(image, format="JPEG", quality=85, progressive=True))
    keep("grey.jpg", saved(image.convert("L"), format="JPEG", quality=85))
    keep("rgb.jpg", saved(image, format="JPEG", quality=85, keep_rgb=True))
    keep("profile.jpg", saved(image, format="JPEG", quality=85, icc_profile=swapped_profile()))
    ink = 255 - rgb.astype(int)
    black = ink.min(axis=-1) // 2
    cmyk = Image.fromarray(np.dstack([ink - black[..., None], black]).astype(np.uint8), "CMYK")
    print_colours = saved(cmyk, format="JPEG", quality=90, subsampling=0)
    keep("cmyk.jpg", print_colours)
    keep("cmyk-420.jpg", saved(cmyk, format="JPEG", quality=90, subsampling=2))
    adobe = print_colours.index(b"Adobe")
    ycck = bytearray(print_colours)
    ycck[adobe + 11] = 2
    keep("ycck.jpg", bytes(ycck))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        keep(
            f"orientation{orientation}.jpg",
            saved(image, format="JPEG", quality=90, subsampling=0, exif=exif),
        )


def make_tiff(rgb):
    image = Image.fromarray(rgb)
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        keep(f"{compression}.tif", saved(image, format="TIFF", compression=compression))
    keep("grey.tif", saved(image.convert("L"), format="TIFF"))
    keep("palette.tif", saved(image.quantize(100), format="TIFF"))
    keep("bilevel-group4.tif", saved(image.convert("1"), format="TIFF", compression="group4"))
    rgba = np.dstack([rgb, np.mgrid[0:HEIGHT, 0:WIDTH][1].astype(np.uint8) * 6])
    keep("rgba.tif", saved(Image.fromarray(rgba), format="TIFF"))
    keep("cmyk.tif", saved(Image.fromarray(rgba, "CMYK"), format="TIFF"))
    wide = rgb[..., 1].astype(np.uint16) * 257 - 70
    upper = np.repeat((wide >> 8).astype(np.uint8)[..., None], 3, axis=-1)
    keep("grey16.tif", saved(Image.fromarray(wide), format="TIFF"), upper)
    keep("profile.tif", saved(image, format="TIFF", icc_profile=swapped_profile()))
    keep("ycbcr-jpeg.tif", saved(image, format="TIFF", compression="jpeg", quality=90))
    exif = Image.Exif()
    exif[0x0112] = 8
    keep("orientation8.tif", saved(image, format="TIFF", exif=exif))


def make_others(rgb):
    image = Image.fromarray(rgb)
    rgba = Image.fromarray(np.dstack([rgb, np.mgrid[0:HEIGHT, 0:WIDTH][1].astype(np.uint8) * 6]))
    keep("rgb24.bmp", saved(image, format="BMP"))
    keep("palette8.bmp", saved(image.quantize(256), format="BMP"))
    keep("rgba32.bmp", saved(rgba, format="BMP"))
    keep("bilevel.bmp", saved(image.convert("1"), format="BMP"))
    keep("lossless.webp", saved(image, format="WEBP", lossless=True))
    keep("lossless-alpha.webp", saved(rgba, format="WEBP", lossless=True, exact=True))
    keep("lossy.webp", saved(image, format="WEBP", quality=80))
    exif = Image.Exif()
    exif[0x0112] = 3
    keep("orientation3.webp", saved(image, format="WEBP", lossless=True, exif=exif))
    palette = image.quantize(60)
    keep("plain.gif", saved(palette, format="GIF"))
    keep("transparent.gif", saved(palette, format="GIF", transparency=5))
    other = image.rotate(180).quantize(60)
    keep("two-frames.gif", saved(palette, format="GIF", save_all=True, append_images=[other]))
    framed = bytearray(saved(palette, format="GIF"))
    framed[6:10] = struct.pack("<HH", WIDTH + 9, HEIGHT + 7)
    descriptor = framed.index(b"\x2c\0\0\0\0" + struct.pack("<HH", WIDTH, HEIGHT))
    framed[descriptor + 1 : descriptor + 5] = struct.pack("<HH", 4, 3)
    keep("frame-with-offset.gif", bytes(framed))


def make_resizes(rgb):
    (OUT / "resize").mkdir(exist_ok=True)
    image = Image.fromarray(rgb)
    bicubic, bilinear, box = Image.Resampling.BICUBIC, Image.Resampling.BILINEAR, Image.Resampling.BOX
    for name, method, sizes in (
        ("BICUBIC", bicubic, [(56, 56), (11, 29), (37, 9), (1, 1), (90, 71)]),
        ("BILINEAR", bilinear, [(20, 13), (74, 58)]),
        ("BOX", box, [(10, 7), (80, 31)]),
    ):
        for width, height in sizes:
            pixels = image.resize((width, height), method).tobytes()
            (OUT / "resize" / f"{name}-{width}x{height}.rgb").write_bytes(pixels)
    plane = (rgb[..., 0].astype(np.float32) - 100) / np.float32(37)
    for size in [(64, 64), (9, 50), (37, 29), (120, 7)]:
        resized = np.asarray(Image.fromarray(plane).resize(size, bilinear), dtype="<f4")
        (OUT / "resize" / f"float-{size[0]}x{size[1]}.f32").write_bytes(resized.tobytes())


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rgb = scene()
    make_resizes(rgb)
    make_png(rgb)
    make_jpeg(rgb)
    make_tiff(rgb)
    make_others(rgb)
    (OUT / "index.tsv").write_text("\n".join(INDEX) + "\n")


if __name__ == "__main__":
    main()
