"""Rows that are plainly about children, whatever the sheet calls itself: none of them is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.fill import Filler
from lbt_audit.intake.sheets.headers.mapping import HeaderMap
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.table import Column
from lbt_audit.model.regex import regex

ADULT = 19  # years by which nobody on a list of children is older, calendar years counted
FEW = 3  # children's numbers outside every register that make a list of children
_EXPONENT = r"^([1-8])\.([0-9]{13,16})E\+?17$"  # a number of 18 digits as Excel keeps it
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NUMBER = rf"^[^0-9]{{0,6}}[1-8][0-9]{{5}}{_YEAR}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{{1,3}}[0-9Xx]?[^0-9]{{0,6}}$"
_GRADES = frozenset({"grade", "class_name", "school_status"})
_TELLING = _GRADES | {"id_no", "birth_date", "age"}
_SAYING = 4  # one row in so many must show it


def numbered_children(sheet: Sheet, rows: np.ndarray, year: int) -> np.ndarray:
    """Which of ``rows`` (positions) hold the identity number of somebody born in the ``ADULT`` years up to ``year``."""
    found = np.zeros(len(rows), np.bool_)
    if not len(rows):
        return found
    for column in range(sheet.width):
        if sheet.filled[rows, column].any():
            text = pc.replace_substring_regex(
                pc.utf8_normalize(sheet.take(column, rows), "NFKC"), _EXPONENT, r"\1\2"
            )
            found |= _young(text, _NUMBER, year)
    return found


def unread_children(sheet: Sheet, read: Collection[int], year: int) -> list[int]:
    """Numbers of rows with a child's identity number that no register of the sheet holds."""
    open_ = np.flatnonzero(~np.isin(sheet.numbers, np.fromiter(read, np.int64, len(read))))
    found: list[int] = sheet.numbers[open_[numbered_children(sheet, open_, year)]].tolist()
    return found


def lists_children(sheet: Sheet, rows: np.ndarray, headers: HeaderMap, year: int) -> bool:
    """Whether ``rows`` show that they are about children: by number, day of birth, age, grade or class. Most of those
    that say something of it do, and so many that those with nothing but a name may be children too."""
    if not len(rows):
        return False
    shown = numbered_children(sheet, rows, year)
    said = np.array(shown)
    for field, mapped in headers.columns.items():
        text = sheet.take(mapped.index, rows)
        if field in _TELLING:
            said |= sheet.filled[rows, mapped.index]
        if field == "birth_date":
            shown |= _young(text, _YEAR, year)
        elif field == "age":
            shown |= _matches(text, rf"^\s*(?:1[0-{ADULT - 10}]|[0-9])(?:\.0)?(?:周?岁)?\s*$")
        elif field in _GRADES:
            shown |= sheet.filled[rows, mapped.index]
    return bool(shown.sum() * 2 > said.sum() and shown.sum() * _SAYING >= len(rows))


_ELDERS = r"(?:老人|老年人?|妇女)"
_SORT = rf"(?:农村)?(?:留守|空巢|孤寡|独居)*(?:{_ELDERS}|儿童|学生|幼儿)"
_CODED = r"老人|老年|妇女|空巢|孤寡|^\s*0?[12]\s*$"  # 留守人员类型 of the export: 01 elders, 02 women
_OTHERS = {"zz_person_type": _CODED, "left_type": _CODED.partition("|^")[0]}
_HEADING = regex(
    rf"^[(（]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?[)）、.．]?(?P<sort>{_SORT})"
    r"(?:人员|对象)?(?:花?名册|名单|台账|登记表?|情况|部分|类)*(?:[(（:：,，]?(?:合?共|合?计|小计)?\d+[人名户个][)）]?)?[:：]?$"
)
_LOOKED_AT = 50  # records that show whether a column says what sort of person each is


def others(sheet: Sheet, header: int, rows: np.ndarray, columns: Mapping[str, Column]) -> np.ndarray | None:
    """Records (``rows``, positions below ``header``) of elders and women in a register of all who are left behind
    (三留守): by their type, or by the heading they stand under; None where it says of nobody that he is one."""
    marked = np.zeros(len(rows), np.bool_)
    for field, pattern in _OTHERS.items():
        if field in columns:
            marked |= _matches(columns[field].text, pattern)
    if not marked.any() and len(rows):
        marked = _typed(sheet, rows) | _under_headings(sheet, header, rows)
    return marked if marked.any() else None


def of_children(sheet: Sheet, header: int, rows: np.ndarray) -> np.ndarray:
    """``rows`` (positions below ``header``) but those of elders and women, and the headings over them."""
    records = rows[sheet.count[rows] > FEW]
    grown = others(sheet, header, records, {}) if len(records) else None
    return rows if grown is None else records[~grown]


def _typed(sheet: Sheet, rows: np.ndarray) -> np.ndarray:
    """Elders and women by a column that holds nothing but such words, whatever its header."""
    for column in range(sheet.width):
        text = sheet.take(column, rows[:_LOOKED_AT])
        if not _matches(text, rf"^\s*{_SORT}\s*$").any():
            continue
        source, _ = Filler.of(sheet, rows).sources(column, {})
        text = sheet.text[column].take(pa.array(rows[source]))
        marked = _matches(text, _ELDERS)
        if marked.any() and _matches(text, rf"^\s*(?:{_SORT})?\s*$").all():
            return marked
    return np.zeros(len(rows), np.bool_)


def _under_headings(sheet: Sheet, header: int, rows: np.ndarray) -> np.ndarray:
    """Elders and women by the heading over their rows: 留守老人（共3人）."""
    between = np.setdiff1d(np.arange(header + 1, int(rows[-1])), rows)
    heads, elders = [-1], [False]
    for row in between[(sheet.count[between] <= FEW)].tolist():
        found = _HEADING.match("".join("".join(text.split()) for _, text in sheet.cells(row)))
        if found is not None:
            heads.append(row)
            elders.append(re.search(_ELDERS, found["sort"]) is not None)
    return np.asarray(elders)[np.searchsorted(heads, rows) - 1]


def _young(text: pa.Array, pattern: str, year: int) -> np.ndarray:
    born = pc.struct_field(pc.extract_regex(text, pattern), "year")
    born = np.asarray(pc.fill_null(pc.cast(born, pa.int32()), 0))
    return np.asarray((born > year - ADULT) & (born <= year + 1))


def _matches(text: pa.Array, pattern: str) -> np.ndarray:
    return np.asarray(pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False), np.bool_)
