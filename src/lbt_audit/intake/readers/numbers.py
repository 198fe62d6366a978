"""Numbers → text: in the shortest spelling, and Excel's day numbers as ISO dates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.readers.number_formats import MONTH, MONTH_DAY, YEAR

_ZERO_1900 = np.datetime64("1899-12-30", "s")
_ZERO_1904 = np.datetime64("1904-01-01", "s")
_LAST = 2_958_466  # 10000-01-01
_NOISE = 9  # decimals beyond which digits come from storing the number
_FIRST = 61  # before it 1900 counts a 29 February that never was


def number_text(value: float) -> str:
    """A binary number in the shortest decimal spelling that gives it back; 5.2242820100101E+17."""
    if abs(value) < 1e15 and float(value).is_integer():
        return str(int(value))
    return repr(float(value)).replace("e", "E")


def iso_dates(numbers: pa.Array, epoch_1904: bool, parts: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    """(texts as the sheet shows them, mask of those that are days at all) for day numbers spelt as text.

    "2015-03-12", with " hh:mm:ss" where a time is given; by ``parts`` (`number_formats.DAY` …) "2015-03",
    "2015" or "3月12日": what is not shown may stand there by accident, as the year that Excel adds to a
    typed 3-12 and the first day it adds to a month. Times without a day, negative and absurd numbers are no
    days; their text is meaningless.
    """
    value = _floats(numbers)
    days = np.zeros(len(value), np.bool_)
    with np.errstate(invalid="ignore"):
        days = (value >= (0 if epoch_1904 else _FIRST)) & (value < (_LAST - 1462 if epoch_1904 else _LAST))
        days |= (value >= 1) & (value < 60) & (not epoch_1904)
    seconds = np.rint(np.where(days, value, 1) * 86_400).astype(np.int64)
    if not epoch_1904:
        seconds += np.where(seconds < 60 * 86_400, 86_400, 0)
    moment = (_ZERO_1904 if epoch_1904 else _ZERO_1900) + seconds.astype("timedelta64[s]")
    whole = moment.astype("datetime64[D]")
    text = whole.astype("U10")
    timed = moment != whole
    if timed.any():
        text = np.where(timed, np.char.replace(moment.astype("U19"), "T", " "), text)
    for part, unit in ((MONTH, "M"), (YEAR, "Y")):
        if (parts == part).any():
            text = np.where(parts == part, whole.astype(f"datetime64[{unit}]").astype("U7"), text)
    if (parts == MONTH_DAY).any():
        spelt = [f"{d.month}月{d.day}日" for d in whole.astype(object)]
        text = np.where(parts == MONTH_DAY, spelt, text)
    return pa.array(text.tolist(), pa.string()), days


def padded_decimals(text: str, decimals: int) -> str:
    """2016.1 under the format 0.00 is 2016.10 to everybody; a whole number, and more digits, stay."""
    whole, point, rest = text.partition(".")
    if not point or not (whole + rest).isdigit():
        return text
    if len(rest) > decimals and len(rest) > _NOISE:  # 2016.0999999999999 is how 2016.1 is stored
        near = f"{float(text):.{decimals}f}"
        return near if abs(float(near) - float(text)) < 10**-_NOISE else text
    return f"{whole}.{rest.ljust(decimals, '0')}"


def padded_zeros(text: str, width: int) -> str:
    """7 under the format 000 is 007 to everybody; what is no whole number stays."""
    return text.zfill(width) if text.isdigit() and len(text) < width and len(text) <= 15 else text


def _floats(numbers: pa.Array) -> np.ndarray:
    """float64, NaN where the text is no number."""
    try:
        return np.asarray(pc.cast(numbers, pa.float64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        return np.array([_float(t) for t in numbers.to_pylist()], np.float64)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
