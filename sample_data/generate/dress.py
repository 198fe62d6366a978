"""How a value is written into a cell: the habits of a book, and the small untidiness that is lawful."""

from __future__ import annotations

from datetime import date
from random import Random

from sample_data.generate.people import Month
from sample_data.generate.sheet import Book, Err, Num, Raw, Row, Uncomputed, Value

Cell = str | float | date | Err | Uncomputed | None
_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_NUMBERS = ("seq", "age", "visits_count")


def day_text(day: date, style: str) -> str:
    return {
        "dot": f"{day.year}.{day.month}.{day.day}",
        "iso": f"{day:%Y-%m-%d}",
        "cn": f"{day.year}年{day.month}月{day.day}日",
        "slash": f"{day.year}/{day.month}/{day.day}",
        "compact": f"{day:%Y%m%d}",
    }[style]


def month_text(month: Month, style: str) -> str:
    return {
        "dot": f"{month.year}.{month.month}",
        "cn": f"{month.year}年{month.month}月",
        "dash": f"{month.year}-{month.month:02d}",
    }[style]


def dress(row: Row, field: str, value: Value, rng: Random) -> Cell:
    """The cell for ``value``; rows a defect touched are written tidily, so that it alone shows."""
    book = row.book
    if value is None or value == "":
        return None
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, Num):
        return value.value
    if isinstance(value, (Err, Uncomputed)):
        return value
    if isinstance(value, date):
        return _day(value, book, field)
    if isinstance(value, Month):
        return month_text(value, book.style["since"])
    if isinstance(value, int) or field in _NUMBERS:
        return str(value) if book.format == "csv" else int(value)
    return value if row.note else _untidy(str(value), field, book, rng)


def _day(day: date, book: Book, field: str) -> Cell:
    style = book.style["date"]
    if style == "serial":
        return day if book.format != "csv" else day_text(day, "iso")
    if style == "compact" and field.endswith("since"):
        style = "iso"
    return day_text(day, style)


def _untidy(text: str, field: str, book: Book, rng: Random) -> Cell:
    chance = rng.random()
    if book.style.get("plain"):
        return text
    if field.endswith("id") or field == "id_no":
        if text.endswith("X") and chance < 0.4:
            return text[:-1] + "x"
        if chance > 0.99:
            return "'" + text
        if chance > 0.985:
            return text.translate(_FULL_WIDTH) if book.format != "csv" else text
        if chance > 0.98 and book.format != "csv":
            return text + "\u00a0"
    elif field.endswith("phone") and len(text) == 11 and text.isdigit():
        if chance > 0.985:
            return f"{text[:3]}-{text[3:7]}-{text[7:]}"
        if chance > 0.975:
            return f"{text[:3]} {text[3:7]} {text[7:]}"
        if chance > 0.97:
            return f"+86{text}"
        if book.style.get("phone_numbers") and book.format != "csv":
            return int(text)
    elif field == "ethnicity" and chance < 0.3 and len(text) > 2 and text.endswith("族"):
        return text[:-1]
    elif field == "live_addr" and chance > 0.985:
        return text + " "
    return text
