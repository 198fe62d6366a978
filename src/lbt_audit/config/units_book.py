"""The list of units from a workbook: one row per village or school."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from lbt_audit.model.errors import ConfigError

_HEADERS = {
    "township": ("乡镇", "乡镇名称", "乡（镇）", "乡(镇)", "township"),
    "village": ("村", "村名", "村居", "村(居)", "村（居）", "行政村", "村名称", "village"),
    "school": ("学校", "学校名称", "school"),
    "alias": ("别名", "其他写法", "简称", "aliases", "alias"),
}
_SPLIT = re.compile(r"[、，,;；/\s]+")

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
    if path.suffix.lower() in (".csv", ".txt"):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030", errors="replace")
        return [list(csv.reader(io.StringIO(text)))]
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        return [
            [[_plain(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        kind = type(error).__name__
        raise ConfigError.at(
            path.name,
            0,
            f"单位名单工作簿无法读取（{kind}）",
            f"the workbook of units cannot be read ({kind})",
        ) from error


def _plain(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


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
