"""School years and classes: 三年级2班, 七(3)班, 初一3班, 学前班, 高二, 2024级3班."""

from __future__ import annotations

import re
from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.model.characters import simplified
from lbt_audit.model.regex import regex
from lbt_audit.values.calendar import day_number, year_of
from lbt_audit.values.integer import chinese_number
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import plain_number, squeeze, without_point_zero

FAULTS: Final = ("error_cell", "unrecognised", "became_date")
FACETS: Final[Facets] = {"stage": "", "grade": -1, "class_no": -1, "cohort": -1}
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九]?)"
_CLASS = rf"(?:[\s(\[.\-—_]*({_N})[\s)\]]*班?(?:级)?)?"
_PREFIX = r"(?:(小学部?|特殊教育|特教|初中部?|初级中学|中学|高中部?|普高|中职|职高|职业高中|中专|技校|幼儿园|学前)[:\-]?)?"
_YEAR = regex(rf"{_PREFIX}({_N})(?:年级|年)?{_CLASS}")
_PART = regex(rf"(小|初|高|职|职高|中职)({_N})(?:年级|年)?{_CLASS}")
_KINDERGARTEN = regex(rf"(?:幼儿园|学前|幼儿|幼)?(托|小小|小|中|大|混龄|混)(?:班|({_N}))?{_CLASS}")
_PRESCHOOL = regex(rf"(?:幼儿园)?(?:学前班?|学前教育|幼儿班|幼儿园|幼教班|一年制学前)(?:年级)?{_CLASS}")
_COHORT = regex(rf"(小学?|初中?|高中?|中职|职高)?((?:20)?[0-9]{{2}})(?:级|届){_CLASS}")
_CLASS_ONLY = regex(rf"[(\[]?({_N})[)\]]?班?")
_TWO_DIGITS = regex(r"([一二三四五六七八九])([一二三四五六七八九])班")  # 八三班
_HUNDREDS = regex(r"([1-9])(0[1-9]|[1-3][0-9])班?")
_SIGNS = str.maketrans("【】〔〕·•,、", "()()....")
_TERM = regex(
    r"(?<=[级班)])(?:[上下](?:半?学?期|册)?|\((?:寄宿|住校|走读|内宿|通学)\)|寄宿|住校|走读)$"
)  # 三年级下
_LETTER = regex(r"(?<![A-Za-z])[A-Ha-h](?=\)?班?$)")  # 大A班, 三(B)班
_STAGE = {
    "小": "primary",
    "特": "",
    "初": "junior",
    "中学": "junior",
    "高": "senior",
    "普": "senior",
    "中": "vocational",
    "职": "vocational",
    "技": "vocational",
    "幼": "kindergarten",
    "学": "kindergarten",
}
_FIRST = {"primary": 1, "junior": 7, "senior": 10, "vocational": 10}
_LENGTH = {"primary": 6, "junior": 3, "senior": 3, "vocational": 3}


def parse_grade(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: stage, grade (1–9 through primary and junior, 10–12 senior and vocational, 0
    kindergarten and 学前班, -1 unknown), class_no (-1 unknown), cohort (year of entry, -1 unknown).

    A bare number is a grade.
    """
    return _parse(text, cell, context, bare_is_class=False)


def parse_class_name(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """As ``parse_grade``, but a bare number or "3班" is the class, its grade unknown."""
    return _parse(text, cell, context, bare_is_class=True)


def _parse(text: str, cell: CellKind, context: Context, bare_is_class: bool) -> Parsed:
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cell == CellKind.DATE:
        return _unknown("became_date")  # 3-2 typed for grade 3 class 2
    cleaned = without_point_zero((plain_number(cleaned) or cleaned) if cell == CellKind.NUMBER else cleaned)
    if stands_in(cleaned):
        return PLACEHOLDER
    found = _TERM.sub("", simplified(squeeze(cleaned).translate(_SIGNS)))
    found = _LETTER.sub(lambda m: str(ord(m[0].upper()) - 64), found)
    found = re.sub(r"(?<=年级)(?=[0-9一二三四五六七八九十]+$)", "-", found)
    facets = _read(found, context, bare_is_class)
    return given([], facets) if facets is not None else _unknown("unrecognised")


def _read(found: str, context: Context, bare_is_class: bool) -> tuple[str, int, int, int] | None:
    if m := _PRESCHOOL.fullmatch(found):
        return "kindergarten", 0, _number(m[1]), -1
    if (m := _KINDERGARTEN.fullmatch(found)) and ("班" in found or not m[2]):
        return "kindergarten", 0, _number(m[2] or m[3]), -1
    if m := _HUNDREDS.fullmatch(found):
        grade = int(m[1])
        return _stage_of(grade), grade, int(m[2]), -1
    if m := _TWO_DIGITS.fullmatch(found):
        return _placed("", _number(m[1]), _number(m[2]))
    if bare_is_class and (m := _CLASS_ONLY.fullmatch(found)) and _number(m[1]) > 0:
        return "", -1, _number(m[1]), -1
    if m := _PART.fullmatch(found):
        stage = _STAGE[m[1][0]] if m[1] != "中职" else "vocational"
        return _placed(stage, _number(m[2]), _number(m[3]))
    if m := _COHORT.fullmatch(found):
        return _cohort(m[1], int(m[2]), _number(m[3]), context)
    if (m := _YEAR.fullmatch(found)) and _number(m[2]) > 0:
        stage = _STAGE[m[1][:2] if m[1] == "中学" else m[1][0]] if m[1] else ""
        return _placed(stage, _number(m[2]), _number(m[3]))
    return None


def _placed(stage: str, year: int, class_no: int) -> tuple[str, int, int, int] | None:
    """The grade of a year counted within its stage (初一) or through (初中七年级)."""
    if stage == "kindergarten":
        return stage, 0, class_no, -1
    if not stage:
        return (_stage_of(year), year, class_no, -1) if 1 <= year <= 12 else None
    first, length = _FIRST[stage], _LENGTH[stage]
    if 1 <= year <= length:
        return stage, first + year - 1, class_no, -1
    return (stage, year, class_no, -1) if first <= year < first + length else None


def _cohort(part: str | None, year: int, class_no: int, context: Context) -> tuple[str, int, int, int] | None:
    year += 2000 if year < 100 else 0
    now = year_of(context.as_of)
    if not now - 15 <= year <= now + 1:
        return None
    if not part:
        return "", -1, class_no, year
    stage = _STAGE[part[0]] if part != "中职" else "vocational"
    since = day_number(now, 8, 31) or 0  # the school year begins on 1 September
    grade = _FIRST[stage] + now - year - (context.as_of <= since)
    in_stage = _FIRST[stage] <= grade < _FIRST[stage] + _LENGTH[stage]
    return stage, grade if in_stage else -1, class_no, year


def _stage_of(grade: int) -> str:
    return "primary" if grade <= 6 else "junior" if grade <= 9 else "senior" if grade <= 12 else ""


def _number(text: str | None) -> int:
    if not text:
        return -1
    if text.isdigit() and text.isascii():
        return int(text)
    number = chinese_number(text)
    return -1 if number is None else number


def _unknown(fault: str) -> Parsed:
    return given([fault], tuple(FACETS.values()))


CHOICES: Final = {"stage": tuple(dict.fromkeys(filter(None, _STAGE.values())))}
GRADE = ValueKind("grade", FAULTS, FACETS, parse_grade, choices=CHOICES)
CLASS_NAME = ValueKind("class_name", FAULTS, FACETS, parse_class_name, choices=CHOICES)
