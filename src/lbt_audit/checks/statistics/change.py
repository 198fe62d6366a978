"""Figures of statistics tables against those of last period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import Field

from lbt_audit.checks.base import Check, Outcome, Skipped, Word
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.statistics.sides import Subject, said_of, side_of
from lbt_audit.checks.statistics.tables import Sheet, number, several
from lbt_audit.frames.book import Book
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled
from lbt_audit.rulebook.params import Params

MOST = 4  # figures told in a message; all of them are pointed at


class Change(Params):
    share: float = Field(gt=0, description="part of last period's figure by which it may change")
    least: int = Field(ge=1, description="children by which it must change at least")
    explained_by: tuple[str, ...] = Field(
        default=(),
        description="words of a note under the table, or in the line's remark, that explain a change",
    )


def run(rule: Rule[Change], book: Book) -> Mapping[str, Outcome] | Skipped:
    """Figures that changed much against last period's table of the same unit without a note. One issue per unit, told of
    its own table where it handed one in, else of the line a higher unit keeps of it."""
    if book.previous is None:
        return Skipped("needs_previous", rule.tables)
    last = sorted(said_of(rule, book.previous).items(), key=lambda entry: -entry[0].month)
    before = {
        replace(subject, month=0): places for subject, places in last
    }  # the newest, if there are several
    hits, checked = [], 0
    for subject, places in said_of(rule, book).items():
        if subject.month or subject not in before:
            continue
        checked += 1
        sheet, at = _own(subject, places)
        hit = (
            None
            if _explained(rule.params, sheet, at)
            else _hit(rule, subject, (sheet, at), _own(subject, before[subject]))
        )
        hits += [hit] if hit else []
    return (
        {"": PlaceHits(tuple(hits), checked=checked)} if checked else Skipped("needs_previous", rule.tables)
    )


def _own(subject: Subject, places: Sequence[tuple[Sheet, int]]) -> tuple[Sheet, int]:
    return next(((s, at) for s, at in places if s.table.unit.name == subject.unit.name), places[0])


def _explained(params: Change, sheet: Sheet, at: int) -> bool:
    texts = (*sheet.counts.notes, sheet.counts.lines[at].remark)
    return any(word in text for text in texts for word in params.explained_by)


def _hit(
    rule: Rule[Change], subject: Subject, here: tuple[Sheet, int], there: tuple[Sheet, int]
) -> PlaceHit | None:
    now, last = side_of(*here).figures, side_of(*there).figures
    sheet = here[0]
    titles = {h.indicator: sheet.title(j) for j, h in enumerate(sheet.counts.headings) if not h.share}
    parts: list[Text] = []
    places: list[Place] = []
    for indicator, (value, cells) in now.items():
        if indicator not in last:
            continue
        before, theirs = last[indicator]
        change = value - before
        if abs(change) < rule.params.least or abs(change) <= rule.params.share * before:
            continue
        values = {
            "column": titles[indicator], "before": number(before), "now": number(value),
            "change": f"{change:+.0f}", "share": f"{100 * change / before:+.0f}%" if before else "—",
        }  # fmt: skip
        parts.append(filled(rule.words["each"], values))
        places += [*cells, *theirs]
    if not parts:
        return None
    details: dict[str, str | Text] = {
        "unit": subject.unit.name,
        "what": several(parts, MOST, rule.words["more"]),
        "count": str(len(parts)),
    }
    key = f"{subject.unit.path}|{subject.definition}|{'.'.join(sorted(subject.base))}"
    return PlaceHit(tuple(places), key, details, unit=subject.unit if subject.unit.known else None)


CHECK = Check(
    name="figures_changed",
    params=Change,
    crosses="county",
    details={
        "unit": "the unit they speak of",
        "what": "every figure that changed, in words",
        "count": "figures that changed",
    },
    words={
        "each": Word(
            "one figure: `{column}` with last period's number `{before}`, this one's `{now}`, the `{change}` and its `{share}`",
            ("column", "before", "now", "change", "share"),
        ),
        "more": Word("that there are more than are told (`{count}` in all)", ("count",)),
    },
    about="places",
    on_book=run,
)
