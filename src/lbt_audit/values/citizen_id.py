"""Citizen identity numbers (GB 11643-1999) and the other documents found in their column."""

from __future__ import annotations

import re
from typing import Any, Final

from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.regex import regex
from lbt_audit.values.area import area_mask
from lbt_audit.values.calendar import day_number, year_of
from lbt_audit.values.check_digit import expected_check
from lbt_audit.values.citizen_id_bulk import bulk_citizen_ids
from lbt_audit.values.kind import NO_DATE, Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in

FAULTS: Final = (
    "error_cell",
    "length",
    "characters",
    "check_digit",
    "precision_lost",
    "birth_segment",
    "birth_future",
    "area_unknown",
    "several",
)
FACETS: Final[Facets] = {
    "norm": "",
    "birth": NO_DATE,
    "sex": 0,
    "area": "",
    "valid": False,
    "digits15": "",
    "expected": "",
    "id_type_guess": "",
    "pending": False,
    "note": "",
}
REMARKS: Final = frozenset(["area_unknown"])

_PENDING = regex(
    r"办理|未办|没办|待办|在办|未上户|没上户|未落户|未登记户|无户口|没有户口|没户口|黑户|未入户|未上|补办|无身份证|无证|没有身份证|未申报"
)
_PREFIX = regex(
    r"^(?:居民|公民|二代|儿童|学生|本人)?(?:身份证件?|身份|证件)(?:号码|号)?(?:为|是)?[:;,.\s、]*|^(?:ID|NO\.?|证号)[:.\s]*"
)
_BLANKS = regex(r"[\s\-_.·]+")
_LOOKALIKE = str.maketrans(
    {"×": "X", "Х": "X", "Χ": "X", "╳": "X", "✕": "X", "✗": "X", "✖": "X", "*": "X", "х": "X"}
)
_LETTERS = str.maketrans(
    {"O": "0", "Ο": "0", "О": "0", "〇": "0", "○": "0", "I": "1", "L": "1", "|": "1", "丨": "1"}
)
_EIGHTEEN = regex(r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9A-Z])")
_STRAY = regex(r"[0-9A-Z]{1,3}")  # 18 characters and another: one too many, and nobody knows which
_OTHERS = (
    ("hk_mo_tw_permit", regex(r"[HM][0-9]{8}(?:[0-9]{2})?|[A-Z]{1,2}[0-9]{6}\([0-9A]\)")),
    ("foreign_permit", regex(r"[A-Z]{3}[0-9]{12}")),
    ("passport", regex(r"(?:[EGDSP]|E[A-Z]|[A-Z]{2})[0-9]{7,8}")),
    ("other", regex(r"[A-Z][0-9]{9}")),  # 出生医学证明
)
GUESSES: Final = ("resident", "fifteen", *dict.fromkeys(name for name, _ in _OTHERS))
_EXPONENT = regex(r"([0-9])(?:\.([0-9]+))?E\+?([0-9]{1,3})", re.IGNORECASE)


def parse_citizen_id(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: norm (18 upper-case characters, or what stands there; "" when digits are lost), birth (day),
    sex (GB/T 2261.1), area (6 digits), valid (form, birth and check digit right), digits15 (what a number
    cell still holds), expected (check character that would fit: a hint only), id_type_guess, pending
    (no number yet, with state PLACEHOLDER), note (tidied | prefix | lookalike | extra_value).
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if _EXPONENT.fullmatch(cleaned) or (cell == CellKind.NUMBER and not _is_short_integer(cleaned)):
        return _number(cleaned, cell, context)
    upper = cleaned.upper()
    found = _PREFIX.sub("", upper, count=1)
    notes = ["prefix"] if found != upper and found else []
    found = found if notes else upper
    squeezed = _BLANKS.sub("", found)
    if not any(c.isdigit() for c in squeezed):
        if _PENDING.search(cleaned):
            return Parsed(State.PLACEHOLDER, (), _facets(pending=True))
        if stands_in(cleaned):
            return PLACEHOLDER
        return given(["characters"], _facets(norm=squeezed, id_type_guess="other"))
    if stands_in(cleaned):
        return PLACEHOLDER
    if squeezed != text and not notes:
        notes.append("tidied")
    return _written(found, squeezed, notes, context)


def _written(found: str, squeezed: str, notes: list[str], context: Context) -> Parsed:
    if _EIGHTEEN.fullmatch(squeezed):
        return _resident(squeezed, [], notes, context)
    mended = squeezed.translate(_LOOKALIKE)
    if len(mended) == 18 and _EIGHTEEN.fullmatch(mended[:17].translate(_LETTERS) + mended[17]):
        # Read for the facets, never accepted: what stands there is not a number.
        reading = mended[:17].translate(_LETTERS) + mended[17]
        return _resident(reading, ["characters"], [*notes, "lookalike"], context)
    for guess, form in _OTHERS:
        if form.fullmatch(squeezed.replace("（", "(").replace("）", ")")):
            return given([], _facets(norm=squeezed, id_type_guess=guess, note=",".join(notes)))
    inside = list(dict.fromkeys(_EIGHTEEN.findall(found) or _EIGHTEEN.findall(squeezed)))
    if inside and not _STRAY.fullmatch(squeezed.replace(inside[0], "", 1)):
        faults = ["several"] if len(inside) > 1 else []
        return _resident(inside[0], faults, [*notes, "extra_value"], context)
    digits = squeezed.isascii() and squeezed.isdigit()
    if digits and len(squeezed) == 15:
        old = _fifteen(squeezed, notes, context)
        if old is not None:
            return old
    faults = ["length"] if digits or re.fullmatch(r"[0-9]+X[0-9X]*", squeezed) else ["characters"]
    guess = "hk_mo_tw_permit" if digits and len(squeezed) == 8 and not _is_day(squeezed) else ""
    return given(faults, _facets(norm=squeezed, id_type_guess=guess, note=",".join(notes)))


def _resident(number: str, faults: list[str], notes: list[str], context: Context) -> Parsed:
    formed = not faults
    area, expected = number[:6], expected_check(number[:17])
    foreign = (
        number[0] == "9"
    )  # 外国人永久居留身份证 of 2023: 9, then province and country instead of an area
    birth = day_number(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    dated = birth is not None and int(number[6:10]) >= 1900
    fits = expected == number[17]
    lost = not fits and number.endswith("000")
    faults = list(faults)
    if not fits:
        faults.append("precision_lost" if lost else "check_digit")
    if not dated:
        faults.append("birth_segment")
    elif birth is not None and birth > context.as_of:
        faults.append("birth_future")
    if not foreign and not area_mask(context.extra_areas)[int(area)]:
        faults.append("area_unknown")
    past = dated and "birth_future" not in faults
    guess = (
        "foreign_permit" if foreign else "hk_mo_tw_permit" if area[:2] in ("81", "82", "83") else "resident"
    )
    facets = _facets(
        norm="" if lost else number,
        birth=birth if dated else NO_DATE,
        sex=0 if lost else 2 - int(number[16]) % 2,
        area=area,
        valid=fits and past and formed,
        digits15=number[:15] if lost else "",
        expected="" if lost else expected,
        id_type_guess=guess,
        note=",".join(notes),
    )
    return given(faults, facets, REMARKS)


def _fifteen(number: str, notes: list[str], context: Context) -> Parsed | None:
    """The form of 1989, of adults only; None if it is rather the beginning of an 18-digit number."""
    birth = day_number(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    if birth is None or 1900 + int(number[6:8]) < year_of(context.as_of) - 100:
        return None
    faults = [] if area_mask(context.extra_areas)[int(number[:6])] else ["area_unknown"]
    sex = 2 - int(number[14]) % 2
    facets = _facets(
        norm=number, birth=birth, sex=sex, area=number[:6], id_type_guess="fifteen", note=",".join(notes)
    )
    return given(faults, facets, REMARKS)


def _number(text: str, cell: CellKind, context: Context) -> Parsed:
    """A number cell, or text in E+ form: 15 digits at most are left, and none is ever made up."""
    try:
        value = float(text)
    except (ValueError, OverflowError):
        value = float("inf")
    if not 1e15 <= value < 1e18:
        fault = "length" if 0 <= value < float("inf") else "characters"
        return given([fault], _facets(norm=text))
    mantissa = f"{value:.14e}".partition("e")[0].replace(".", "")
    exponent = _EXPONENT.fullmatch(text)
    if cell == CellKind.TEXT and exponent and len(exponent.group(2) or "") < 14:
        return given(["precision_lost"], FACETS_LOST)  # the text shows fewer digits than the number had
    if value < 1e17:
        return given(["length", "precision_lost"], _facets(digits15=mantissa))
    birth = day_number(int(mantissa[6:10]), int(mantissa[10:12]), int(mantissa[12:14]))
    dated = birth is not None and int(mantissa[6:10]) >= 1900
    faults = ["precision_lost"]
    if not dated:
        faults.append("birth_segment")
    elif birth is not None and birth > context.as_of:
        faults.append("birth_future")
    if not area_mask(context.extra_areas)[int(mantissa[:6])]:
        faults.append("area_unknown")
    facets = _facets(
        birth=birth if dated else NO_DATE, area=mantissa[:6], digits15=mantissa, id_type_guess="resident"
    )
    return given(faults, facets)


def _is_short_integer(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15


def _is_day(digits: str) -> bool:
    return day_number(int(digits[:4]), int(digits[4:6]), int(digits[6:])) is not None


def _facets(**known: Any) -> tuple[Any, ...]:
    return tuple(known.get(name, default) for name, default in FACETS.items())


FACETS_LOST: Final = _facets(id_type_guess="resident")

CITIZEN_ID = ValueKind(
    "citizen_id",
    FAULTS,
    FACETS,
    parse_citizen_id,
    bulk_citizen_ids,
    REMARKS,
    {"id_type_guess": GUESSES},
    beside=frozenset(["pending"]),
)
