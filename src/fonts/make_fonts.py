"""Makes the fonts for Japanese and Chinese that come with the program.

    pip install fonttools
    python make_fonts.py FOLDER_WITH_NOTO_SANS_CJK_TTC OUTPUT_FOLDER

They are Noto Sans CJK (https://github.com/notofonts/noto-cjk, SIL Open Font License 1.1), cut down to Latin, kana,
punctuation, and the characters that a newspaper needs: level 1 of JIS X 0208 (2,965 kanji) and of GB 2312 (3,755 hanzi).
They are renamed, so that they never stand in for the whole font where that is installed.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

LATIN = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
SIGNS = set(range(0x2010, 0x2040)) | set(range(0x2190, 0x219A)) | {
    0x20AC, 0x2122, 0x2212, 0x2248, 0x2264, 0x2265, 0x2318, 0x2325, 0x21E7, 0x25CB, 0x25CF}
KANA = set(range(0x3000, 0x3100)) | set(range(0xFF00, 0xFF61))


def characters(codec, rows):
    found = set()
    for row in rows:
        for cell in range(1, 95):
            try:
                found.add(ord(bytes([0xA0 + row, 0xA0 + cell]).decode(codec)))
            except (UnicodeDecodeError, TypeError):
                pass  # not assigned
    return found


LANGUAGES = {
    "JP": characters("euc_jp", [*range(1, 9), *range(16, 48)]),
    # 伽 (as in gamma) is of level 2.
    "SC": characters("gb2312", [*range(1, 10), *range(16, 56)]) | {ord("伽")},
}


def main(source, target):
    for weight in ("Regular", "Bold"):
        for font in TTCollection(Path(source) / f"NotoSansCJK-{weight}.ttc").fonts:
            name = font["name"].getDebugName(1)
            for language, wanted in LANGUAGES.items():
                if not name.startswith("Noto Sans CJK " + language):
                    continue
                options = subset.Options(
                    layout_features=[], hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14],
                    notdef_outline=True)
                options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
                subsetter = subset.Subsetter(options)
                subsetter.populate(unicodes=LATIN | SIGNS | KANA | wanted)
                subsetter.subset(font)
                family = "Palimpsest Sans " + language
                for record in font["name"].names:
                    if record.nameID == 1:
                        record.string = family
                    elif record.nameID == 2:
                        record.string = weight
                    elif record.nameID == 4:
                        record.string = f"{family} {weight}"
                    elif record.nameID == 6:
                        record.string = f"{family.replace(' ', '')}-{weight}"
                font["CFF "].cff.fontNames[0] = f"{family.replace(' ', '')}-{weight}"
                font.flavor = None
                font["head"].modified = font["head"].created  # the same file each time
                font.recalcTimestamp = False
                font.save(Path(target) / f"PalimpsestSans{language}-{weight}.otf")


if __name__ == "__main__":
    main(*sys.argv[1:])
