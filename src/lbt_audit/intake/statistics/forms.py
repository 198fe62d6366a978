"""Which published form a statistics table follows, and which formulas bind its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lbt_audit.intake.statistics.words import Lexicon
from lbt_audit.intake.table import Balance, Heading
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.statistics import (
    ALL,
    Formula,
    Indicator,
    Reading,
    Statistics,
    StatisticsForm,
    Term,
    read_sides,
)
from lbt_audit.model.text import Text

_LEAST = 3  # things counted that a form must know
_HALF = 0.5  # of the things a form counts
_SHARE = 0.6  # of the things a table counts
_NUMBERED = 8  # columns that are numbered as the form's
_AGREED = 0.75  # of the numbered columns whose words are understood
_FORMULA = regex(
    r"[^\s=＝,，;；。:：]{1,12}(?:\s*[+＋]\s*[^\s=＝+＋,，;；。]{1,12})*\s*[=＝]\s*[^,，;；。\n]+"
)
_BLANKS = regex(r"\s+")
_COLUMN = regex(r"第?(\d{1,3})(?:栏|列)?")
UNDER_TABLE = Text("本表下所印公式", "the formula printed under this table")


@dataclass(frozen=True)
class Recognised:
    """``headings`` with what only the form's numbering says; ``balances``: its formulas and those printed here."""

    headings: tuple[Heading, ...]
    form: StatisticsForm | None
    reading: Text | None
    balances: tuple[Balance, ...]


def recognise(
    headings: Sequence[Heading],
    value: np.ndarray,
    title: str,
    printed: Iterable[str],
    statistics: Statistics,
    words: Lexicon,
    schools: bool,
) -> Recognised:
    """``value``: figures, lines × headings; ``title``: all that stands over the table; ``printed``: texts around it;
    ``schools``: a school or an education office handed it in."""
    form = _form(headings, title, statistics, schools)
    numbered = form is not None and _same_numbers(headings, form)
    reading: Reading | None = None
    if form is not None:
        if numbered:
            headings = _by_number(headings, form.columns)
        reading = _reading(headings, value, form, numbered)
        if reading is not None and numbered:
            headings = _by_number(headings, reading.columns)
    balances: dict[object, Balance] = {}
    if form is not None:
        columns = dict(form.columns) | dict(reading.columns if reading else {})
        for formula in (*form.formulas, *(reading.formulas if reading else ())):
            for balance in _balances(formula, headings, columns, numbered, form.printed):
                balances.setdefault(balance.sides, balance)
    columns = dict(form.columns) if form is not None else {}
    refused = {
        side
        for r in (form.readings if form else ())
        if r is not reading
        for f in r.formulas
        for side in f.sides
    }
    for formula in _printed(printed, words):
        kept = replace(
            formula, sides=tuple(side for side in formula.sides if side not in refused or len(side) == 1)
        )
        texts = [
            t for t, side in zip(formula.print.split("="), formula.sides, strict=True) if side in kept.sides
        ]
        for balance in _balances(replace(kept, print="=".join(texts)), headings, columns, True, UNDER_TABLE):
            balances.setdefault(balance.sides, balance)
    said = reading.title if reading is not None and form is not None and len(form.readings) > 1 else None
    return Recognised(tuple(headings), form, said, tuple(balances.values()))


def _form(
    headings: Sequence[Heading], title: str, statistics: Statistics, schools: bool
) -> StatisticsForm | None:
    """The form that counts most of what the table counts, or that the title names."""
    mine = {h.indicator for h in headings if h.indicator is not None and not h.share}
    best: tuple[float, str] | None = None
    for key, form in statistics.forms.items():
        common = len(mine & form.indicators)
        named = any(word in title for word in form.titles)
        numbers = sum(1 for h in headings if h.number in form.columns)
        whole = common >= _HALF * len(form.indicators) and common >= _SHARE * len(mine)
        numbered = bool(form.columns) and numbers >= _NUMBERED and _same_numbers(headings, form)
        if not (whole or (named and common >= _LEAST) or (numbered and (named or common >= _LEAST))):
            continue
        if form.definition == "school" and not (schools or named):
            continue
        score = common + (5 if named else 0)
        if best is None or score > best[0]:
            best = (score, key)
    return statistics.forms[best[1]] if best else None


def _same_numbers(headings: Sequence[Heading], form: StatisticsForm) -> bool:
    """Whether the numbers of the columns are the form's: of those whose words are understood, nearly all agree."""
    both = [
        (h.indicator, form.columns[h.number])
        for h in headings
        if h.number is not None and h.number in form.columns and h.indicator is not None
    ]
    alike = sum(1 for mine, theirs in both if mine == theirs)
    return any(h.number is not None for h in headings) and alike >= _AGREED * len(both)


def _by_number(headings: Sequence[Heading], columns: Mapping[int, Indicator]) -> list[Heading]:
    taken = {h.indicator for h in headings}
    return [
        replace(h, indicator=columns[h.number])
        if h.indicator is None
        and h.number is not None
        and columns.get(h.number, ALL) not in {ALL, *taken}
        and not h.share
        else h
        for h in headings
    ]


def _reading(
    headings: Sequence[Heading], value: np.ndarray, form: StatisticsForm, numbered: bool
) -> Reading | None:
    """Of several readings the one that holds on more lines; the first where none does better."""
    best: tuple[int, Reading] | None = None
    for reading in form.readings:
        columns = dict(form.columns) | dict(reading.columns)
        found = [b for f in reading.formulas for b in _balances(f, headings, columns, numbered, form.printed)]
        holds = sum(int(_holds(b, value).sum()) for b in found)
        if best is None or holds > best[0]:
            best = (holds, reading)
    return best[1] if best else None


def _holds(balance: Balance, value: np.ndarray) -> np.ndarray:
    left, right = (np.nansum(value[:, list(side)], axis=1) for side in balance.sides)
    known = ~np.isnan(value[:, list(balance.sides[0])]).any(axis=1)
    return np.asarray(known & (left == right))


def _balances(
    formula: Formula,
    headings: Sequence[Heading],
    columns: Mapping[int, Indicator],
    numbered: bool,
    source: Text,
) -> Iterator[Balance]:
    """The formula over the columns of this table, its first side against each other; nothing where a column lacks."""
    counts = {h.indicator: at for at, h in reversed(list(enumerate(headings))) if not h.share}
    numbers = {h.number: at for at, h in enumerate(headings) if h.number is not None} if numbered else {}

    def place(term: Term) -> int | None:
        if not isinstance(term, int):
            return counts.get(term)
        known = counts.get(columns[term]) if term in columns else None
        return numbers.get(term) if known is None else known

    parts = formula.print.split("=")
    sides = [
        [p for term in side if (p := place(term)) is not None or term not in formula.optional]
        for side in formula.sides
    ]
    for text, side in zip(parts[1:], sides[1:], strict=True):
        left, right = (tuple(p for p in places if p is not None) for places in (sides[0], side))
        complete = len(left) + len(right) == len(sides[0]) + len(side) == len({*left, *right})
        if complete and left and len(right) > (1 if formula.optional else 0):
            yield Balance(f"{parts[0]}={text}", (left, right), source)


def _printed(texts: Iterable[str], words: Lexicon) -> Iterator[Formula]:
    """Formulas in what is printed around a table: 1=2+5+8, 第1栏=第2栏+第3栏, 合计=男+女."""

    def term(word: str) -> Term | None:
        number = _COLUMN.fullmatch(word)
        if number is not None:
            return int(number[1])
        meaning = words.read([word])
        return meaning.indicator if meaning is not None and not meaning.share else None

    for text in texts:
        for found in _FORMULA.findall(text.replace("＝", "=").replace("＋", "+")):
            plain = _BLANKS.sub("", found)
            sides = read_sides(_COLUMN.sub(r"\1", plain) if plain[0] in "第1234567890" else plain, term)
            if sides is not None and any(len(side) > 1 for side in sides):
                yield Formula(plain, sides)
