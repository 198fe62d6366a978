"""A county's own file of holidays and make-up working days (``date,type``)."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.text import Text
from lbt_audit.model.trouble import os_trouble

_DATE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_TYPES = {
    **dict.fromkeys(("workday", "work", "班", "上班", "调休上班", "补班"), True),
    **dict.fromkeys(("holiday", "rest", "off", "休", "放假", "节假日", "休息"), False),
}


def read_holidays(path: Path) -> dict[date, bool]:
    """Day → whether people work on it. Raises ConfigError naming every line that cannot be used."""
    try:
        data = path.read_bytes()
    except OSError as error:
        why = os_trouble(error)
        raise ConfigError.at(path.name, 0, f"无法读取：{why.zh}", f"cannot be read: {why.en}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    days: dict[date, bool] = {}
    problems = []
    reader = csv.reader(io.StringIO(text))
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        kind = _TYPES.get(cells[1].lower()) if len(cells) > 1 else None
        day = _day(cells[0])
        if day is not None and kind is not None:
            days[day] = kind
        elif reader.line_num > 1 or any(c.isdigit() for c in cells[0]):  # the first line may be a header
            problems.append(
                Problem(
                    path.name,
                    reader.line_num,
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
