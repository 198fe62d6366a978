"""A county's own file of holidays and make-up working days (``date,type``)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.own_file import read_bytes
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text

_DATE = regex(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_LINE = 200  # characters that tell a day and what it is
_TYPES = {
    **dict.fromkeys(("workday", "work", "班", "上班", "调休上班", "补班"), True),
    **dict.fromkeys(("holiday", "rest", "off", "休", "放假", "节假日", "休息"), False),
}


def read_holidays(path: Path) -> dict[date, bool]:
    """Day → whether people work on it. Raises ConfigError naming every line that cannot be used."""
    data = read_bytes(path, path.name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    if "\0" in text:
        raise ConfigError.at(
            path.name, text[: text.index("\0")].count("\n") + 1, "不是文本文件", "is no text file"
        )
    days: dict[date, bool] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        row = next(csv.reader([line[:_LINE]]), [])
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        kind = _TYPES.get(cells[1].lower()) if len(cells) > 1 else None
        day = _day(cells[0])
        if day is not None and kind is not None:
            days[day] = kind
        elif number > 1 or any(c.isdigit() for c in cells[0]):  # the first line may be a header
            problems.append(
                Problem(
                    path.name,
                    number,
                    Text(
                        f"应为“日期,班/休”，读到：{','.join(cells)}",
                        f"expected “date,workday|holiday”, got: {','.join(cells)}",
                    ),
                )
            )
    if problems:
        raise ConfigError(problems)
    return days


def _day(text: str) -> date | None:
    match = _DATE.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
