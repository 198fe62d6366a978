"""The story of three periods: who hands in what, and what becomes of every planted defect.

Two of the six townships hand in again. Each of their defects that can be corrected in its own rows is
given a fate of ``FATES``, in turn, in the order in which the defects were planted; everything else
stays as it is. So the story still holds when the generator plants other defects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sample_data.generate.sheet import Book, Row
from sample_data.generate.world import Expected, World

FIRST, SECOND, THIRD = date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)
DAYS = (FIRST, SECOND, THIRD)
REPLIED = date(2026, 11, 16)  # the day the reply workbooks come in
TOWNSHIPS = ("白石镇", "清水乡")
# This village hands nothing in in November: none of its issues may be closed then.
ABSENT = "石桥村"
# Units that send a reply workbook back; all others leave theirs unanswered.
REPLYING = (*TOWNSHIPS, ABSENT, "清水初级中学")


@dataclass(frozen=True)
class Fate:
    """``reply``: what the responsible unit answers (done, under_way, disputed; "" = nothing).
    ``second``, ``third``: whether the defect stands in the files of that period."""

    name: str
    reply: str
    second: bool
    third: bool


FATES = (
    Fate("corrected", "done", False, False),
    Fate("false_claim", "done", True, True),  # said to be corrected, never was
    Fate("nothing", "", True, True),
    Fate("silently_corrected", "", False, False),
    Fate("back", "done", False, True),  # closed in the second period, there again in the third
    Fate("under_way", "under_way", True, False),
    Fate("late", "done", True, False),  # falsely claimed at first, corrected in the third period
    Fate("disputed", "disputed", True, True),
)
STAYS = Fate("nothing", "", True, True)
PASSES = Fate("passes", "", False, False)  # no longer wrong: time went by, or the file was saved anew
LATER = Fate("third_only", "", True, False)  # gone in the third period, nobody said anything
# Defects that are a matter of days: three months away are over by the end of November.
PASSING = ("G05",)
# Not corrected in this story: their issue depends on the day (16th birthday, dates in the future).
_DATED = ("G01", "G12", "D05", "A08")
_CORRECTABLE = "BCDG"


@dataclass
class Planted:
    """One planted defect: its issues (positions in ``World.expected``) and its fate."""

    name: str
    issues: list[int]
    rows: list[Row]
    fate: Fate = STAYS


@dataclass
class Story:
    """``gone``: per period, positions of the issues whose defect does not stand in its files."""

    planted: list[Planted] = field(default_factory=list)

    def gone(self, period: int) -> list[Planted]:
        if not period:
            return []
        return [p for p in self.planted if not (p.fate.second if period == 1 else p.fate.third)]


def of_township(book: Book) -> bool:
    return book.path.startswith(TOWNSHIPS)


def tell(world: World) -> Story:
    """The story of ``world``, the first period."""
    defects: dict[str, list[int]] = {}
    for at, expected in enumerate(world.expected):
        defects.setdefault(expected.defect, []).append(at)
    story = Story()
    turn = 0
    for name, issues in defects.items():
        members = [world.expected[i] for i in issues]
        planted = Planted(name, issues, [r for e in members for r in e.rows])
        story.planted.append(planted)
        if (members[0].rule in PASSING and _inside(members)) or any(
            e.book is not None and _saved_anew(e.book) for e in members
        ):
            planted.fate = PASSES
        elif members[0].rule == "G12" and _inside(members):
            planted.fate = LATER  # by then the child is 16 and has left the lists
        elif _correctable(members):
            planted.fate = FATES[turn % len(FATES)]
            turn += 1
    return story


def _saved_anew(book: Book) -> bool:
    """The empty book is not sent again, the web page named .xls comes as a workbook."""
    return of_township(book) and (is_empty_book(book) or book.style.get("content") == "html")


def is_empty_book(book: Book) -> bool:
    return all(sheet.sample_row for sheet in book.sheets)


def _inside(members: list[Expected]) -> bool:
    return all(e.rows and all(of_township(r.book) for r in e.rows) for e in members)


def _correctable(members: list[Expected]) -> bool:
    """Whether putting the rows right puts the issues right, in files that are handed in again.

    Children the register itself makes odd (``traps``) have nothing to be put right."""
    return _inside(members) and all(
        e.rule[0] in _CORRECTABLE
        and e.rule not in _DATED
        and not any(r.child and r.child.trap for r in e.rows)
        for e in members
    )
