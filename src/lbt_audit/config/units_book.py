"""The list of units from a workbook: one row per village or school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import MB, Limits
from lbt_audit.intake.read import read_files
from lbt_audit.intake.reasons import reason_text
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.regex import regex

_HEADERS = {
    "township": ("乡镇", "乡镇名称", "乡（镇）", "乡(镇)", "township"),
    "village": ("村", "村名", "村居", "村(居)", "村（居）", "行政村", "村名称", "village"),
    "school": ("学校", "学校名称", "school"),
    "alias": ("别名", "其他写法", "简称", "aliases", "alias"),
}
_LIMITS = Limits(cells=2_000_000, file_bytes=16 * MB, part_bytes=64 * MB, memory=2048 * MB, seconds=20)
_SPLIT = regex(r"[、，,;；/\s]+")

UnitLists = tuple[dict[str, tuple[str, ...]], dict[str, str | None], dict[str, str]]


def read_units_book(path: Path) -> UnitLists:
    """Townships with villages, schools with township, aliases. Blank 乡镇 cells repeat the one above.

    Raises ConfigError where the file cannot be read or has no 乡镇 column with 村 or 学校 beside it.
    """
    for rows in _sheets(path):
        for number, row in enumerate(rows):
            columns = _columns(row)
            if "township" in columns and ("village" in columns or "school" in columns):
                return _collect(rows[number + 1 :], columns)
    raise ConfigError.at(
        path.name,
        0,
        "没有找到“乡镇”和“村”或“学校”列",
        "no sheet has a column 乡镇 (township) with 村 (village) or 学校 (school)",
    )


def _sheets(path: Path) -> list[list[list[str]]]:
    """The rows of each sheet, read as registers are: in a process of its own, within limits."""
    (result,) = read_files([InputFile(path.name, path)], limits=_LIMITS)
    if result.reason is not None:
        why = reason_text(result.reason, result.detail)
        raise ConfigError.at(
            path.name, 0, f"单位名单无法读取：{why.zh}", f"the list of units cannot be read: {why.en}"
        )
    columns = ([text.to_pylist() for text in grid.text] for grid in result.grids)
    return [[list(row) for row in zip(*texts, strict=True)] for texts in columns]


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        name = re.sub(r"\s+", "", cell).lower()
        for key, titles in _HEADERS.items():
            if name in titles:
                found.setdefault(key, index)
    return found


def _collect(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> UnitLists:
    villages: dict[str, list[str]] = {}
    schools: dict[str, str | None] = {}
    aliases: dict[str, str] = {}
    township = ""
    for row in rows:
        cells = {key: row[i].strip() if i < len(row) else "" for key, i in columns.items()}
        if not any(cells.values()):
            continue
        township = cells["township"] or township
        village, school = cells.get("village", ""), cells.get("school", "")
        if township:
            entry = villages.setdefault(township, [])
            if village and village not in entry:
                entry.append(village)
        if school:
            schools[school] = township or None
        for alias in _SPLIT.split(cells.get("alias", "")):
            if alias:
                aliases[alias] = school or village or township
    return {name: tuple(v) for name, v in villages.items()}, schools, aliases
