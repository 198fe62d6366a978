"""The most probable field of each header nobody knows, each field once: by its words, by its cells, by what stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal

import numpy as np

from lbt_audit.drafts.example import ExampleColumn
from lbt_audit.drafts.likeness import Header, header_of, likeness
from lbt_audit.drafts.values import Cells, support
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.field import Field
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

Sure = Literal["known", "likely", "possible", "unsure", "unknown"]
WORDS: Final[Mapping[Sure, Text]] = {
    "known": Text("认得", "known"),
    "likely": Text("很可能", "likely"),
    "possible": Text("可能", "possible"),
    "unsure": Text("存疑", "unsure"),
    "unknown": Text("认不出", "unknown"),
}
_LIKELY, _POSSIBLE, _LEAST = 0.8, 0.65, 0.5
_BY_WORDS, _BY_CELLS = 0.72, 0.28  # what each has to say
_BESIDE = 0.04  # a neighbour about the same person
_SOMEBODY = 0.12  # a field of a person the header does not name
_ADULT, _MINOR = 0.8, 0.6  # shares of persons of full age, of minors
_BORN_ALIKE = 0.8  # of the days of birth that stand in the number beside them
_ALONE = 0.35  # what cells are worth whose header says nothing at all


@dataclass(frozen=True)
class Proposal:
    """``field``: None where nothing is probable. ``score``: 0 to 1; ``why``: what it rests on."""

    field: str | None
    sure: Sure
    score: float = 0.0
    why: tuple[Text, ...] = ()


@dataclass(frozen=True)
class _Column:
    at: int  # among the columns of the form
    header: Header
    cells: Cells


def propose(
    columns: Sequence[ExampleColumn],
    cells: Mapping[int, Cells],
    known: Mapping[int, str],
    allowed: Collection[str],
    dictionary: Dictionary,
) -> dict[int, Proposal]:
    """Position of a column → proposal, for the columns that are not ``known`` (position → field). ``allowed``: the
    fields the register may have; ``cells``: by position."""
    unknown = [
        _Column(n, header_of(c.path, dictionary), cells[n]) for n, c in enumerate(columns) if n not in known
    ]
    fields = [dictionary.fields[key] for key in allowed if key not in known.values()]
    told = {
        (column.at, field.key): found
        for column in unknown
        for field in fields
        if (found := _weighed(column, field, dictionary)) is not None
    }
    settled = dict(known)
    made: dict[int, Proposal] = {}
    while told:
        scores = {
            key: score
            + _near(key, settled, dictionary, len(columns))
            + _born(key, settled, columns, dictionary)
            for key, (score, _) in told.items()
        }
        best = max(scores, key=lambda key: (scores[key], -key[0], key[1]))
        if scores[best] < _LEAST:
            break
        at, field = best
        made[at] = Proposal(field, _sure(scores[best]), min(scores[best], 1.0), told[best][1])
        settled[at] = field
        told = {key: found for key, found in told.items() if key[0] != at and key[1] != field}
    nothing = Proposal(None, "unknown")
    return {column.at: made.get(column.at, nothing) for column in unknown}


def _sure(score: float) -> Sure:
    return "likely" if score >= _LIKELY else "possible" if score >= _POSSIBLE else "unsure"


def _weighed(column: _Column, field: Field, dictionary: Dictionary) -> tuple[float, tuple[Text, ...]] | None:
    """What words and cells make of a field; None where one of them speaks against it."""
    words, said = likeness(column.header, field, dictionary)
    value, shown = support(column.cells, field)
    whose = column.header.whose
    person = dictionary.groups[field.group].person if field.group in dictionary.groups else False
    if value <= -1 or (whose is not None and another(whose, field, dictionary)):
        return None
    if not words:
        # Numbers of persons, telephones, days speak for themselves; words (健康, 是) might be anything.
        if value < 1 or field.kind in ("integer", "name"):
            return None
        words = _ALONE
    score = _BY_WORDS * words + _BY_CELLS * (value or words)
    if person and whose is None:
        score -= _SOMEBODY
    score += _of_age(column.cells, field)
    return score, tuple(text for text in (said, shown) if text is not None)


def another(whose: str, field: Field, dictionary: Dictionary) -> bool:
    """Whether the header speaks of another person than the field."""
    groups = dictionary.groups
    if whose == field.group or any(word in field.title.zh for word in (groups[whose].word.zh, "被")):
        return False
    return (whose in groups and groups[whose].person) or (
        field.group in groups and groups[field.group].person
    )


def _of_age(cells: Cells, field: Field) -> float:
    """Identity numbers tell whether a child's, a father's or a mother's."""
    if field.kind != "citizen_id" or cells.minors is None or cells.males is None:
        return 0.0
    adult, child = 1 - cells.minors >= _ADULT, cells.minors >= _MINOR
    if field.group == "child":
        return 0.2 if child else -0.4
    if child:
        return -0.4
    alike = {"father": cells.males, "mother": 1 - cells.males}.get(field.group)
    return 0.0 if alike is None or not adult else 0.15 if alike >= _ADULT else -0.3


def _near(key: tuple[int, str], settled: Mapping[int, str], dictionary: Dictionary, width: int) -> float:
    """Columns of one person stand beside each other."""
    at, field = key
    group = dictionary.fields[field].group
    sides = (settled.get(n) for n in (at - 1, at + 1) if 0 <= n < width)
    return sum(_BESIDE for side in sides if side is not None and dictionary.fields[side].group == group)


def _born(
    key: tuple[int, str], settled: Mapping[int, str], columns: Sequence[ExampleColumn], dictionary: Dictionary
) -> float:
    """Days of birth are those in the numbers of the person whose they are."""
    at, field = key
    number = {"birth_date": "id_no", "father_birth": "father_id", "mother_birth": "mother_id"}.get(field)
    beside = next((n for n, f in settled.items() if f == number), None)
    if number is None or beside is None:
        return 0.0
    pairs = zip(columns[at].cells, columns[beside].cells, strict=True)
    alike = [_year(n) in day for day, n in pairs if day.strip() and len(n.strip()) == 18]
    return 0.0 if not alike else 0.2 if np.mean(alike) >= _BORN_ALIKE else -0.3


def _year(number: str) -> str:
    return number.strip()[6:10]
