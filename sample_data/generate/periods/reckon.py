"""How every planted issue stands after every step, worked out from the story alone.

Nothing here asks the ledger. An issue in the files of a period is found; one that is not, and all of
whose files (unit and kind) were handed in, is closed; a new one is open after the next audit, whether it
was looked at or not; a claim makes ``claimed``, and finding it again
after that ``false_closing``; finding it after closing ``relapsed``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from lbt_audit.engine.rules.load import load_all
from lbt_audit.model.rule import Rule
from sample_data.generate.layout import lay_out
from sample_data.generate.periods.story import DAYS, FIRST, REPLIED, REPLYING, SECOND, THIRD, Planted
from sample_data.generate.periods.story import TOWNSHIPS as PLACES
from sample_data.generate.periods.worlds import books_of, first, later, standing
from sample_data.generate.places import COUNTY, SCHOOLS, TOWNSHIPS
from sample_data.generate.world import Expected

UNCLOSED = ("new", "open", "claimed", "false_closing", "relapsed")
# Counted by hand: working days of November and December 2026 (no holidays), DF as the county files say.
DUE = {
    FIRST: {"D0": date(2026, 10, 31), "D3": date(2026, 11, 4), "D5": date(2026, 11, 6), "D10": date(2026, 11, 13),
            "DF": date(2026, 11, 20), "DM": date(2026, 11, 30)},
    SECOND: {"D0": date(2026, 11, 30), "D3": date(2026, 12, 3), "D5": date(2026, 12, 7), "D10": date(2026, 12, 14),
             "DF": date(2026, 12, 20), "DM": date(2026, 12, 31)},
    THIRD: {"D0": date(2026, 12, 31), "D3": date(2027, 1, 6), "D5": date(2027, 1, 8), "D10": date(2027, 1, 15),
            "DF": date(2027, 1, 20), "DM": date(2027, 1, 31)},
}  # fmt: skip
_ONCE = Counter(v for villages in TOWNSHIPS.values() for v in villages)  # 新民村 is the name of two
_SCHOOL_NAMES = {name: s.name for s in SCHOOLS for name in (s.name, *s.aliases)}


@dataclass
class Course:
    """One issue through the periods. ``present``: whether it stands in the files of each;
    ``read``: whether all its files were handed in; ``stood``: status after each step."""

    at: int
    expected: Expected
    defect: str
    fate: str
    responsible: str
    present: list[bool]
    read: list[bool]
    reply: str = ""
    refused: bool = False  # its number was changed in the reply
    waived_until: date | None = None
    status: str = ""
    due: date | None = None
    first_due: date | None = None
    stood: list[str] = field(default_factory=list)

    def audited(self, period: int, waivers: bool) -> None:
        day = DAYS[period]
        if self.present[period]:
            if self.status in ("", "closed"):
                self.due = DUE[day][_rule(self.expected.rule).deadline]
                self.first_due = self.first_due or self.due
            self.status = {"": "new", "new": "open", "claimed": "false_closing", "closed": "relapsed"}.get(
                self.status, self.status
            )
        elif self.status and self.status != "closed" and self.read[period]:
            self.status = "closed"
        elif self.status == "new":  # not looked at, but no longer of the newest audit
            self.status = "open"
        self._note(day, waivers)

    def replied(self) -> None:
        if self.reply == "done" and not self.refused:
            self.status = "claimed"
        self._note(REPLIED, waivers=False)

    def _note(self, day: date, waivers: bool) -> None:
        words = [self.status]
        if self.status in UNCLOSED:
            until = self.waived_until if waivers else None
            if until is not None and day <= until:
                words = ["waived"]
            else:
                words += ["expired"] if until is not None else []
                words += ["overdue"] if self.due is not None and day > self.due else []
        self.stood.append(" ".join(words))


@cache
def _rules() -> dict[str, Rule]:
    return dict(load_all()[0].rules)


def _rule(code: str) -> Rule:
    return _rules()[code]


def courses() -> list[Course]:
    """Every planted issue of the three periods, in the order of planting; told as it stood first."""
    worlds = [first(), later(1), later(2)]
    found: dict[tuple[str, int], Course] = {}
    handed_in = [{(b.unit, b.kind) for b in world.books} for world, _ in worlds]
    for period, (world, story) in enumerate(worlds):
        for sheet in [s for b in world.books for s in b.sheets]:
            lay_out(sheet)  # numbers the rows
        stands = standing(world, story, period)
        for planted in story.planted:
            for number, at in enumerate(planted.issues):
                key = (planted.name, number)
                if key not in found:
                    found[key] = _course(at, world.expected[at], planted, handed_in)
                found[key].present[period] = at in stands
    _tell_apart(list(found.values()))
    return list(found.values())


def _tell_apart(found: list[Course]) -> None:
    """Villages of one name that both have something to correct are named with their township, as the ledger does."""
    for name in (name for name, times in _ONCE.items() if times > 1):
        ours = [c for c in found if c.responsible == name]
        towns = [min(books_of(c.expected), key=lambda b: b.path).path.partition("/")[0] for c in ours]
        for course, town in zip(ours, towns, strict=True) if len(set(towns)) > 1 else ():
            course.responsible = town + name


def _course(at: int, expected: Expected, planted: Planted, handed_in: list[set[tuple[str, str]]]) -> Course:
    needed = {(b.unit, b.kind) for b in books_of(expected)}
    unit = responsible(expected)
    return Course(
        at, expected, planted.name, planted.fate.name, unit,
        [False, False, False], [bool(needed) and needed <= h for h in handed_in],
        planted.fate.reply if unit in REPLYING else "",
    )  # fmt: skip


def responsible(expected: Expected) -> str:
    """The unit that must correct it: who handed the file in, or the village, township or school named."""
    books = sorted(books_of(expected), key=lambda b: b.path)
    if not books:  # nobody can read the file: its name says whose it is
        return next((v for villages in TOWNSHIPS.values() for v in villages if v in expected.path), COUNTY)
    rule = _rule(expected.rule)
    told = getattr(rule.params, "records", None) or ()  # of other registers it is only said what they hold
    books.sort(key=lambda b: b.kind not in told)
    level = rule.responsible
    if level == "county":
        return COUNTY
    row = next((r for r in expected.rows if r.book is books[0]), None)
    unit = books[0].unit
    if books[0].kind == "enrolment":  # of many schools: the office whose folder it lies in answers
        unit = books[0].path.partition("/")[0]
    elif row is not None and row.sheet.unit:
        unit = row.sheet.name
    if level == "township":
        return _township(unit)
    column = {"village": "village", "school": "school_name"}.get(level, "")
    if row is not None and column and books[0].has(column):
        named = str(row.values.get(column) or "")
        if _ONCE[named] == 1 if column == "village" else named in _SCHOOL_NAMES:
            return _SCHOOL_NAMES.get(named, named)
    return unit


def _township(unit: str) -> str:
    if unit in TOWNSHIPS:
        return unit
    of_school = {s.name: s.township for s in SCHOOLS}
    return of_school.get(unit) or next((t for t, villages in TOWNSHIPS.items() if unit in villages), unit)


def run(found: list[Course]) -> list[Course]:
    """Through the four steps: audit, replies, audit, audit."""
    for course in found:
        course.stood, course.status, course.due = [], "", None
        course.audited(0, waivers=False)
        course.replied()
        course.audited(1, waivers=True)
        course.audited(2, waivers=True)
    return found


def waived(found: list[Course]) -> tuple[Course, Course]:
    """The two waivers of the county files of the second and third period: one of an issue nobody
    corrects, until the end of November; one of an issue that was corrected, so that it is not used."""
    alone = Counter(course.defect for course in found)
    mine = [c for c in found if alone[c.defect] == 1 and c.present[0] and c.read[1]]
    used = next(
        c
        for c in mine
        if c.fate == "nothing" and c.responsible in PLACES and not c.reply and c.expected.rule[0] != "A"
    )
    unused = next(c for c in mine if c.fate == "silently_corrected")
    used.waived_until, unused.waived_until = SECOND, date(2027, 3, 31)
    return used, unused


def counts(found: list[Course], step: int) -> Counter[str]:
    return Counter(word for course in found for word in course.stood[step].split())
