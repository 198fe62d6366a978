"""Whose register a sheet is: by 填报单位, title, sheet name, file name, held against the county's list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.table import Column
from lbt_audit.model.regex import regex
from lbt_audit.model.unit import LOCAL, Level, Unit
from lbt_audit.model.units import Units, clean_unit, guess_level

_AREA = regex(
    r"^(?:[一-鿿]{2,7}?(?:省|自治区))?(?:[一-鿿]{2,10}?(?:市|自治州|地区|州|盟))?"
    r"(?:[一-鿿]{1,8}?(?:县|(?<!社)区|旗))?"
)
_YEAR = regex(
    r"(?:19|20)\d\d\s*[年.\-/]?\s*(?:\d{1,2}\s*月?份?)?(?:学年度?)?(?:第?[一二上下]学期)?|[\d\s(（)）]+"
)
_NAMES: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("school", regex(r"[一-鿿]{2,24}?(?:小学|中学|学校|幼儿园|教学点|完小|职中|一中|二中|三中)(?!生)")),
    ("township", regex(r"[一-鿿]{1,8}?(?:镇|乡|街道办事处|街道)(?!村)")),
    ("village", regex(r"[一-鿿]{1,8}?(?<!农)(?:村|社区)(?!民|级|儿|居)")),
    ("county", regex(r"[一-鿿]{1,8}?(?:县|(?<!社)区|旗)(?!民|级|域)")),
)


_TOWN = regex(r"[镇乡]|街道")
_COUNTY_OF = regex(
    r"^[一-鿿]{2,7}?(?:省|自治区)|^[一-鿿]{2,10}?(?:市|自治州|地区|州|盟)(?=[一-鿿]{1,8}(?:县|区|旗))"
)

_OFFICE = regex(
    r"(?:[\u4e00-\u9fff]{0,6}[县区市旗])?(?:教育和?体育|教育科技|教体|教科|教育|民政|卫生健康|卫健|公安|司法)局"
)
# 清水乡河边村, but not 清水乡各村, 清水乡村级台账
_VILLAGE_OF = regex(r"(?![各全本所])[一-鿿]{1,6}?(?<![农])(?:村|社区)(?!民|级|儿|居)")


def sheet_unit(
    unit_name: str,
    titles: Sequence[str],
    sheet: str,
    path: str,
    default: str,
    units: Units,
    columns: Mapping[str, Column],
) -> Unit:
    """The unit a table answers to. ``default`` is the level of its kind, where nothing speaks.

    ``known`` is False where a name is written that the county's list does not hold. Where no name is
    written at all, the file's own name stands for one and nothing is called unknown.
    """
    if units.listed:
        found = units.find(unit_name) or (_searched(unit_name, units) if unit_name else None)
        if found is not None:
            return found
        if not unit_name:
            for text in (*titles, sheet):
                found = _searched(text, units)
                if found is not None and found.level != "county":
                    return found
            found = units.of_path(path) or _column_unit(columns, units)
            if found is not None:
                return found
    if unit_name:
        return _written(clean_unit(unit_name), default, not units.listed)
    for text in (*titles, sheet, *reversed(path.rpartition(".")[0].split("/"))):
        guessed = guess_unit(text)
        if guessed is not None:
            return Unit(guessed.level, guessed.name, guessed.township, not units.listed)
    for text in (*titles, *reversed(path.split("/")[:-1])):
        office = _OFFICE.search("".join(text.split()))
        if office is not None:  # 县教育局, 民政局: a county office hands in for the county
            return Unit("county", office.group())
    stem = path.rpartition("/")[2].rpartition(".")[0] or path
    return Unit(_level("", default), stem)


def _searched(text: str, units: Units) -> Unit | None:
    """The listed unit a text speaks of; 白石镇第二小学, which the list lacks, is a school in 白石镇, not the township."""
    found = units.search(text)
    if found is None or found.level in LOCAL:
        return found
    guessed = guess_unit(text)
    if guessed is not None and guessed.level == "school":
        return Unit("school", guessed.name, found.name if found.level == "township" else None, known=False)
    return found


def _written(name: str, default: str, known: bool) -> Unit:
    """The unit a 填报单位 names that the county's list does not hold."""
    rest = _without_area(name)
    if _OFFICE.fullmatch(rest):
        return Unit("county", name, None, known)
    guessed = guess_unit(rest)
    if guessed is not None and guessed.level == "village" and guessed.township:  # 白石镇珠岩村
        return Unit("village", guessed.name, guessed.township, known)
    level = _level(rest, default)
    if level == "school" and (guessed is None or guessed.name == rest) and not _TOWN.search(rest):
        rest = _COUNTY_OF.sub("", name)  # 青禾县职业中学: the county is part of its name
    return Unit(level, rest, None, known)


def _column_unit(columns: Mapping[str, Column], units: Units) -> Unit | None:
    """The listed unit a column names for all records: 就读学校, 乡镇 or 村."""
    for field in ("school_name", "village", "township"):
        if field in columns:
            names = [t for t in pc.unique(columns[field].text).to_pylist() if t.strip()]
            found = units.find(names[0]) if len(names) == 1 else None
            if found is not None:
                return found
    return None


def unit_above(unit_name: str, names: Sequence[str], text: str, units: Units) -> Unit | None:
    """The unit named above a table: by 填报单位, by the county's list in ``text`` (titles and sheet, run together), or by
    how one of ``names`` ends."""
    found = units.find(unit_name) or (units.search(text) if units.listed else None)
    return found or guess_unit(unit_name) or next((u for u in map(guess_unit, names) if u), None)


def guess_unit(text: str) -> Unit | None:
    """A unit named in a title or file name, by the endings of names alone."""
    whole = "".join(_YEAR.sub("", text).split())
    for rest in dict.fromkeys((_without_area(whole), whole)):
        for level, pattern in _NAMES:
            match = pattern.search(rest)
            if match:
                below = _VILLAGE_OF.match(rest, match.end()) if level == "township" else None
                return Unit("village", below.group(), match.group()) if below else Unit(level, match.group())
    return None


def path_unit(path: str, units: Units) -> Unit | None:
    """The unit a file's own name, else its folders, speak of: a listed one, or without a list by the
    endings of names."""
    found = units.of_path(path)
    if found is None and not units.listed:
        parts = reversed((path.rpartition(".")[0] or path).split("/"))
        found = next((u for u in map(guess_unit, parts) if u is not None), None)
    return found


def column_units(text: pa.Array, units: Units, level: Level) -> tuple[np.ndarray, list[Unit | None]]:
    """Units named in a column: (index into the list per row, units); each distinct text once.

    None where the list holds no such unit, or the cell is blank.
    """
    encoded = pc.dictionary_encode(text)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    known: list[Unit | None] = [units.find(t, level) for t in encoded.dictionary.to_pylist()]
    return encoded.indices.to_numpy(zero_copy_only=False), known


def months(sheets: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Sheets named after a month ("10月", "2016年9月") as (year or 0, month); sheet → its 填报日期."""
    found = {}
    for sheet, date in sheets.items():
        match = re.fullmatch(r"(?:(20\d\d)\s*[年.\-]?\s*)?(1[0-2]|0?[1-9])\s*月份?", sheet.strip())
        if match is None:
            match = re.fullmatch(r"(20\d\d)\s*[年.\-]?\s*(1[0-2]|0?[1-9])", sheet.strip())
        if match:
            year = re.match(r"\D*(20\d\d)", date)
            found[sheet] = (int(match.group(1) or (year.group(1) if year else 0)), int(match.group(2)))
    return found


def _without_area(name: str) -> str:
    """Without the province, city and county before the name: 贵州省青禾县白石镇 → 白石镇."""
    match = _AREA.match(name)
    rest = name[match.end() :] if match else name
    return rest if len(rest) >= 2 else name


def _level(name: str, default: str) -> Level:
    guessed = guess_level(name)
    if guessed is not None:
        return guessed
    levels: dict[str, Level] = {
        "county": "county", "township": "township", "village": "village", "school": "school",
    }  # fmt: skip
    return levels.get(default, "township")
