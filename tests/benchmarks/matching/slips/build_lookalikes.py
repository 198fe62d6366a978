"""Builds ``lookalikes.tsv``: characters that look alike when printed, by nothing but their printed picture.

    python -m tests.benchmarks.matching.slips.build_lookalikes FONT.ttc

Made with Noto Serif CJK SC (a Song face, as rosters are printed in); the matcher's own tables come from another
font and other measures, and are not looked at. Two pictures are compared by the correlation of their blurred
grey values. For each character of a name stand those of the 3,755 common characters (GB 2312, first level) that
are most like it, most alike first. Needs Pillow.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from tests.benchmarks.matching.population.names import BOYS, GIRLS, SHARED, SURNAMES
from tests.benchmarks.matching.slips.sounds import by_sound

SIZE, KEPT, ALIKE = 40, 6, 0.8
TABLE = Path(__file__).with_name("lookalikes.tsv")


def common() -> list[str]:
    """The characters of the first level of GB 2312."""
    codes = [bytes([row + 0xA0, cell + 0xA0]) for row in range(16, 56) for cell in range(1, 95)]
    return [c for c in (code.decode("gb2312", errors="ignore") for code in codes) if c]


def pictures(chars: list[str], font: str) -> np.ndarray:
    """A row of grey values for each character, with mean 0 and length 1."""
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    face = ImageFont.truetype(font, SIZE - 4, index=2)  # 2: SC
    rows = []
    for c in chars:
        image = Image.new("L", (SIZE, SIZE), 0)
        ImageDraw.Draw(image).text((SIZE // 2, SIZE // 2), c, fill=255, font=face, anchor="mm")
        rows.append(np.asarray(image.filter(ImageFilter.GaussianBlur(1.6)), np.float32).ravel())
    grey = np.array(rows)
    grey -= grey.mean(axis=1, keepdims=True)
    return grey / np.linalg.norm(grey, axis=1, keepdims=True)


def main() -> None:
    names = {c for text in (*SURNAMES, BOYS, GIRLS, SHARED) for c in text if not c.isdigit()}
    sources = sorted(names | {c for chars in by_sound().values() for c in chars})
    targets = common()
    alike = pictures(sources, sys.argv[1]) @ pictures(targets, sys.argv[1]).T
    lines = []
    for c, row in zip(sources, alike, strict=True):
        order = np.argsort(-row, kind="stable")[: KEPT + 1]
        like = "".join(targets[k] for k in order if targets[k] != c and row[k] >= ALIKE)[:KEPT]
        if like:
            lines.append(f"{c}\t{like}\n")
    TABLE.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} of {len(sources)} characters have look-alikes")


if __name__ == "__main__":
    main()
