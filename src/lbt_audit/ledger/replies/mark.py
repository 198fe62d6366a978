"""Whose reply workbook it is: what stands above the rows.

The workbook says so twice, in its title (“… 白石镇 整改回复表 统计截止日 …”) and in a mark at the end of its
instructions, ``〔责任单位：白石镇〕`` or ``〔责任单位：白石镇／大坪村〕``; both outlive saving as .xls or .csv. People
retype titles, and copy rows with their numbers into the workbook of another unit.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date

import pyarrow.compute as pc

from lbt_audit.intake.grid import Grid
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Lang

_MARK = regex(r"〔责任单位[:：]([^〕]+)〕|\[Unit:([^\]]+)\]")
_TITLE = regex(r"^.{0,100}?(?:整改回复|: reply to the list of issues)")
_AS_OF = regex(r"(?:统计截止日|Data as of)\s*([0-9]{4}-[0-9]{2}-[0-9]{2})")
_ANY = "责任单位|Unit|整改回复|reply to the list"
_MOST = 500  # characters of a title looked at


def mark_text(unit: str, township: str | None, lang: Lang) -> str:
    """The mark of a unit's workbook; with the township of a village or school that shares its name."""
    named = f"{township}／{unit}" if township and township != unit else unit
    return (f"〔责任单位：{named}〕" if lang == "zh" else f" [Unit: {named}]") if unit else ""


@dataclass(frozen=True)
class Heading:
    """What stands above rows: ``unit`` and ``township`` of the mark, the ``title`` before 整改回复表, the day of
    the audit; "" and None where it does not say."""

    unit: str = ""
    township: str = ""
    title: str = ""
    as_of: date | None = None


def headings(grid: Grid, rows_of_issues: Container[int]) -> list[tuple[int, Heading]]:
    """Headings with the row (index) from which each holds. A sheet pasted together of several workbooks has several."""
    found: list[tuple[int, Heading]] = []
    hits: dict[int, list[str]] = {}
    for column in grid.text:
        mask = pc.match_substring_regex(column, _ANY)
        for row in pc.indices_nonzero(mask).to_pylist():
            if row not in rows_of_issues:
                hits.setdefault(row, []).append(column[row].as_py()[:_MOST])
    for row in sorted(hits):
        for text in hits[row]:
            title, mark, day = _TITLE.match(text), _MARK.search(text), _AS_OF.search(text)
            if title is not None and mark is None:
                found.append((row, Heading(title=title[0], as_of=_day(day[1]) if day else None)))
            elif mark is not None:
                township, _, unit = (mark[1] or mark[2]).strip().rpartition("／")
                if found and not found[-1][1].unit:
                    found[-1] = (found[-1][0], replace(found[-1][1], unit=unit, township=township))
                else:
                    found.append((row, Heading(unit, township)))
    return found


def heading_of(row: int, found: list[tuple[int, Heading]]) -> Heading:
    """The heading a row (index) stands under: the nearest above, else the first of the sheet."""
    above = [heading for start, heading in found if start <= row]
    return above[-1] if above else found[0][1] if found else Heading()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
