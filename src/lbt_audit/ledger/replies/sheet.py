"""Returned reply workbooks → answered rows, whatever people did to the workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from lbt_audit.intake.grid import Grid
from lbt_audit.ledger.numbers import said
from lbt_audit.ledger.replies.day import done_day
from lbt_audit.ledger.replies.form import ANSWERS, REQUIRED, STATES, UNIT, column_of, filled, state_of
from lbt_audit.ledger.replies.mark import Heading, heading_of, headings
from lbt_audit.model.cell import CellKind
from lbt_audit.model.location import column_letter
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.values.kind import Context

_FINGERPRINT = regex(r"[0-9a-f]{16}")
_HEADER_ROWS = 30  # how far down the header may have moved
_SHOWN = ("rule", "child", "place", "message", UNIT)  # columns that say which issue a row is of


@dataclass(frozen=True)
class Refusal:
    """A row or file that was not taken, and why."""

    place: str
    text: Text


@dataclass(frozen=True)
class Answer:
    """One answered row as it came back, nothing masked. ``done_on`` None = no date given; ``shown`` holds what is
    still there of the columns that say which issue it is of; ``letters`` the column of each key of the form."""

    key: str  # fingerprint of its issue, or the number people say
    state: str
    measure: str
    person: str
    done_on: date | None
    evidence: str
    shown: Mapping[str, str]
    heading: Heading
    sheet: str  # path:sheet
    row: int
    letters: Mapping[str, str]

    def place(self, key: str) -> str:
        return f"{self.sheet}!{self.letters.get(key, '')}{self.row}"


@dataclass
class Returned:
    """One returned file; ``keys`` are the numbers of all issues in it, answered or not."""

    path: str
    answers: list[Answer] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def read_replies(path: str, grids: Sequence[Grid], on: date, context: Context) -> Returned:
    """Answered rows of one returned workbook; rows with no answer are passed over."""
    returned = Returned(path)
    found = False
    for grid in grids:
        header = _find_header(grid)
        if header is not None:
            found = True
            _read_sheet(returned, grid, *header, on, context)
    if not found:
        text = Text(
            "没有找到“问题编号”和“整改情况”两栏，不是整改回复表",
            "no columns “Issue” and “Reply”: this is not a reply workbook",
        )
        returned.refusals.append(Refusal(path, text))
    return returned


def _find_header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for i in range(min(_HEADER_ROWS, len(grid.row_numbers))):
        columns: dict[str, int] = {}
        for c in range(len(grid.text)):
            key = column_of(grid.text[c][i].as_py())
            if key is not None:
                columns.setdefault(key, c)
        if all(key in columns for key in REQUIRED):
            return i, columns
    return None


def _read_sheet(
    returned: Returned, grid: Grid, header: int, columns: Mapping[str, int], on: date, context: Context
) -> None:
    sheet = f"{returned.path}:{grid.sheet}"
    letters = {key: column_letter(c) for key, c in columns.items()}
    lists = {key: grid.text[c].to_pylist() for key, c in columns.items()}
    keys = [_key(text) for text in lists["issue"]]
    numbered = {i for i, key in enumerate(keys) if is_fingerprint(key) or said(key)}
    returned.keys.update(keys[i] for i in numbered)
    above = headings(grid, numbered)
    for i in range(header + 1, len(grid.row_numbers)):
        cells = {key: values[i].strip() for key, values in lists.items()}
        row = int(grid.row_numbers[i])
        if not _answered(cells) or column_of(cells["issue"]) == "issue":
            continue

        def refuse(key: str, text: Text, row: int = row) -> None:
            returned.refusals.append(Refusal(f"{sheet}!{letters[key]}{row}", text))

        if i not in numbered:
            refuse("issue", _key_problem(cells["issue"]))
            continue
        state = state_of(cells["state"])
        if state is None:
            options = "、".join(t.zh for t in STATES.values()), ", ".join(t.en for t in STATES.values())
            refuse("state", Text(f"整改情况须为：{options[0]}", f"the reply must be one of {options[1]}"))
            continue
        done_on = None
        if "done_on" in columns:
            kind = CellKind(int(grid.kinds[i, columns["done_on"]]))
            done_on, problem = done_day(cells["done_on"], kind, on, context)
            if problem is not None:
                refuse("done_on", problem)
                continue
        returned.answers.append(
            Answer(
                key=keys[i],
                state=state,
                measure=filled(cells.get("measure", "")),
                person=filled(cells.get("person", "")),
                done_on=done_on,
                evidence=filled(cells.get("evidence", "")),
                shown={key: filled(cells[key]) for key in _SHOWN if key in cells},
                heading=heading_of(i, above),
                sheet=sheet,
                row=row,
                letters=letters,
            )
        )


def _answered(cells: Mapping[str, str]) -> bool:
    """Whether anything but placeholders stands in a column the unit fills in."""
    return state_of(cells["state"]) is not None or any(filled(cells.get(key, "")) for key in ANSWERS)


def _key(text: str) -> str:
    """A fingerprint, or a number (清溪镇-2610-012), as it was written: spreadsheets and people add blanks and capitals."""
    plain = re.sub(r"\s+", "", text)
    return said(plain) or plain.lower()


def is_fingerprint(key: str) -> bool:
    return _FINGERPRINT.fullmatch(key) is not None


def _key_problem(key: str) -> Text:
    """Not repeated is what may be anything, a name too."""
    if not key:
        return Text("问题编号被删除，无法对应到台账", "the issue number was removed")
    shown = key if re.fullmatch(r"[0-9A-Fa-f]{1,16}", key) else ""
    return Text(
        f"问题编号{f'“{shown}”' if shown else ''}被改动，无法对应到台账",
        f"the issue number {f'{shown!r} ' if shown else ''}was changed",
    )
