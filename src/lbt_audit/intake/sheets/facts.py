"""What stands outside the records: 填报单位, 填报日期, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.characters import simplified
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.regex import regex

Found = dict[str, tuple[str, int, int]]
Line = tuple[int, list[tuple[int, str]]]
"""A row number with the (column, text) of its non-blank cells."""

_SEAL = r"\s*(?:[(（][^()（）]{0,6}[)）])?\s*"
_SEALED = regex(r"^[(（](?:盖章|公章|签章|章|签名|签字)[)）]\s*")  # 填报单位：(盖章) 白石镇
_DATE = regex(r"(?:19|20)\d\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*(?:\d{1,2}\s*日?)?")
_EMPTY = regex(r"[\s_＿—\-.．。年月日(（)）盖章签名字]*")


def read_facts(sheet: Sheet, rows: Iterable[int], dictionary: Dictionary) -> Found:
    """Facts in ``rows`` (positions outside header and records) as key → (text, row number, column)."""
    return facts_in(_lines(sheet, rows), dictionary)


def facts_in(lines: Iterable[Line], dictionary: Dictionary) -> Found:
    """Facts in lines outside the records as key → (text, row number, column).

    A label may share its cell with the value and with other labels ("填报单位(盖章):白石镇  填报日期:…"),
    or stand in a cell of its own, the value to the right. A label without value gives "".
    """
    pattern, keys = _labels(tuple((f.key, f.labels) for f in dictionary.facts.values()))
    found: Found = {}
    for number, cells in lines:
        for at, (column, text) in enumerate(cells):
            if ":" not in text and "：" not in text:
                continue
            labels = list(pattern.finditer(simplified(text)))
            if not labels:
                continue
            for i, match in enumerate(labels):
                end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
                value, where = text[match.end() : end].strip(), column
                if not value and i + 1 == len(labels) and at + 1 < len(cells):
                    next_column, next_text = cells[at + 1]
                    if not pattern.search(simplified(next_text)) and not _is_label(next_text):
                        value, where = next_text.strip(), next_column
                key = keys[_squeeze(match.group("label"))]
                value = _SEALED.sub("", value)
                if key == "unit_name" and (day := _DATE.search(value)) is not None and day.start():
                    # 填报单位：白石镇人民政府   2026年10月31日
                    found.setdefault("fill_date", (day.group().strip(), number, where))
                    value = value[: day.start()].strip()
                if key not in found or (not _said(found[key][0]) and _said(value)):
                    found[key] = (value if _said(value) else "", number, where)
    return found


def loose_date(sheet: Sheet, rows: Iterable[int]) -> tuple[str, int, int] | None:
    """A date standing alone above the header, where no 填报日期 is labelled."""
    return date_in(_lines(sheet, rows))


def date_in(lines: Iterable[Line]) -> tuple[str, int, int] | None:
    """A date standing alone in one of these lines."""
    for number, cells in lines:
        for column, text in cells:
            match = _DATE.search(text)
            if match and len(_squeeze(text)) <= len(_squeeze(match.group())) + 4:
                return match.group().strip(), number, column
    return None


def _lines(sheet: Sheet, rows: Iterable[int]) -> Iterator[Line]:
    return ((int(sheet.numbers[row]), list(sheet.cells(row))) for row in rows)


def labels_in(text: str, dictionary: Dictionary) -> set[str]:
    """Keys of the facts whose labels stand in a cell, such as 填报单位: or 校长:."""
    pattern, keys = _labels(tuple((f.key, f.labels) for f in dictionary.facts.values()))
    return {keys[_squeeze(m.group("label"))] for m in pattern.finditer(simplified(text))}


def label_pattern(dictionary: Dictionary) -> str:
    """RE2 pattern of a text without blanks that begins with a fact's label."""
    _, keys = _labels(tuple((f.key, f.labels) for f in dictionary.facts.values()))
    words = "|".join(re.escape(label) for label in sorted(keys, key=len, reverse=True))
    return rf"^(?:{words})(?:[(（][^()（）]{{0,6}}[)）])?[:：]"


@lru_cache(maxsize=8)
def _labels(facts: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    keys = {_squeeze(label): key for key, labels in facts for label in labels}
    ordered = sorted(keys, key=len, reverse=True)
    # Blanks between the characters of a label are typed for alignment: 填 表 人.
    words = "|".join(r"\s*".join(re.escape(c) for c in label) for label in ordered)
    return re.compile(rf"(?<![一-鿿])(?P<label>{words}){_SEAL}[:：]"), keys


def _squeeze(text: str) -> str:
    return "".join(text.split()).replace("（", "(").replace("）", ")")


def _is_label(text: str) -> bool:
    return text.rstrip().endswith((":", "："))


def _said(text: str) -> bool:
    return _EMPTY.fullmatch(text) is None
