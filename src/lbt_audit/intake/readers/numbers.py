"""Numbers → text: in the shortest spelling, and Excel's day numbers as ISO dates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_ZERO_1900 = np.datetime64("1899-12-30", "s")
_ZERO_1904 = np.datetime64("1904-01-01", "s")
_LAST = 2_958_466  # 10000-01-01
_FIRST = 61  # before it 1900 counts a 29 February that never was


def number_text(value: float) -> str:
    """A binary number in the shortest decimal spelling that gives it back; 5.2242820100101E+17."""
    if abs(value) < 1e15 and float(value).is_integer():
        return str(int(value))
    return repr(float(value)).replace("e", "E")


def iso_dates(numbers: pa.Array, epoch_1904: bool, monthly: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    """(ISO texts, mask of those that are days at all) for serial numbers spelt as text.

    "2015-03-12", with " hh:mm:ss" where a time is given. Where ``monthly`` (the format shows no day)
    and the day is the first, only "2015-03" is known: a typed month is stored as its first day.
    Times without a day, negative and absurd numbers are no days; their text is meaningless.
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
        full = np.char.replace(moment.astype("U19"), "T", " ")
        text = np.where(timed, full, text)
    first = monthly & ~timed & (whole == whole.astype("datetime64[M]"))
    if first.any():
        text = np.where(first, whole.astype("datetime64[M]").astype("U7"), text)
    return pa.array(text.tolist(), pa.string()), days


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
