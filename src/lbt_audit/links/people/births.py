"""What a record says of its child's birth besides a plain date: a lunar date, an age."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pyarrow.compute as pc

from lbt_audit.frames.days import day_number, day_of
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import some
from lbt_audit.matching.dates.lunar import lunar_days
from lbt_audit.model.regex import regex
from lbt_audit.values.integer import chinese_number
from lbt_audit.values.kind import NO_DATE

_OLDEST: Final = 30  # an age above that is no child's
_AGE: Final = regex(r"([0-9]{1,2})(?:周|虚)?岁")
_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
_LUNAR: Final = regex(
    r"(?:农历|阴历|旧历|古历|夏历)?((?:19|20)[0-9]{2}|[〇零○一二三四五六七八九]{4})年(?:农历|阴历|旧历|古历|夏历)?"
    r"(闰?)([正冬腊]|[一二三四五六七八九十]{1,2}|[0-9]{1,2})月"
    r"(?:初?([一二三四五六七八九十]{1,3}|廿[一二三四五六七八九]?|[0-9]{1,2})[日号]?)?(?:[（(]?(?:农历|阴历)[）)]?)?"
)


def births(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """First and last day of birth (int32) by the date column; dates said to be lunar are put into the calendar."""
    typed = frame["birth_date"]
    lo, hi = typed.facets["lo"], typed.facets["hi"]
    rows = _faulty(frame, "lunar")
    if not len(rows):
        return lo, hi
    lo, hi = lo.copy(), hi.copy()
    texts = frame.squeezed("birth_date")
    for row in rows.tolist():
        found = read_lunar(texts[row].as_py())
        if found is not None:
            lo[row], hi[row] = found
    return lo, hi


def read_lunar(text: str) -> tuple[int, int] | None:
    """First and last day number of a lunar date or month in words (2021年三月初十), None where it is none."""
    m = _LUNAR.fullmatch(text)
    if m is None:
        return None
    year = int(m[1].translate(_DIGITS))
    month = _MONTHS.get(m[3]) or _number(m[3])
    day = _number(m[4].replace("廿", "二十")) if m[4] else None
    if month is None or (m[4] and day is None):
        return None
    return lunar_days(year, -month if m[2] else month, day)


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() and text.isascii() else chinese_number(text)


def ages(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """First and last day of birth (int32) of a child of the age given, in full years on the day of the audit;
    ``NO_DATE`` where none is given."""
    age = np.full(len(frame), -1, np.int64)
    if some(frame, "age"):
        age = frame["age"].facets["value"].astype(np.int64)
    if some(frame, "birth_date"):
        texts = frame.squeezed("birth_date")
        for row in np.flatnonzero(pc.match_substring(texts, "岁").to_numpy(zero_copy_only=False)).tolist():
            found = _AGE.fullmatch(texts[row].as_py())
            if found is not None:
                age[row] = int(found[1])
    # 0 is what an empty formula leaves.
    given = (age > 0) & (age <= _OLDEST)
    birthdays = np.array(
        [_years_before(frame.context.as_of, years) for years in range(_OLDEST + 2)], np.int32
    )
    index = np.where(given, age, 0)
    lo, hi = birthdays[index + 1] + 1, birthdays[index]
    return np.where(given, lo, NO_DATE).astype(np.int32), np.where(given, hi, NO_DATE).astype(np.int32)


def _years_before(day: int, years: int) -> int:
    then = day_of(day)
    leap = then.month == 2 and then.day == 29
    return day_number(date(then.year - years, then.month, 28 if leap else then.day))


def _faulty(frame: Frame, text_class: str) -> np.ndarray:
    classes = frame["birth_date"].facets["text_class"]
    hit = classes == text_class if isinstance(classes, np.ndarray) else pc.equal(classes, text_class)
    return np.flatnonzero(np.asarray(hit))
