"""A county's files while they are being made: books, plain files, what must be found, what must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sample_data.generate.people import Register
from sample_data.generate.sheet import Book, Row, Sheet
from sample_data.generate.write import write

LISTS = ("roster", "village_book", "school_ledger", "enrolment", "orphans")


@dataclass
class Expected:
    """One issue: a rule on one record, group of records, sheet or file.

    ``defect`` names the planted defect; ``side`` the issue that follows from it lawfully.
    """

    rule: str
    defect: str
    note: str
    rows: list[Row] = field(default_factory=list)
    book: Book | None = None
    sheet: Sheet | None = None
    path: str = ""
    fields: tuple[str, ...] = ()
    severity: str | None = None
    side: bool = False
    says: str = ""  # words the issue must use: the kind of difference between two names
    books: list[Book] = field(default_factory=list)  # of an issue about several whole files
    unit: str = ""  # of an issue about a unit that points at no file


@dataclass
class World:
    """``across``: issues that show only when lists are held against each other.

    ``aims``: defects planted for a rule of ``across`` (its note, severity and words).
    ``used`` holds families that defects or traps already speak of: nobody else may touch them.
    """

    register: Register
    books: list[Book]
    expected: list[Expected] = field(default_factory=list)
    across: list[Expected] = field(default_factory=list)
    aims: dict[str, dict[str, Any]] = field(default_factory=dict)
    extras: dict[str, bytes] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.used |= {f.key for f in self.register.families if f.trap}

    def of(self, kind: str) -> list[Book]:
        return [b for b in self.books if b.kind == kind]

    def book(self, part: str) -> Book:
        """The list whose path contains ``part``; not a book of help, visits or rooms."""
        found = [b for b in self.books if part in b.path and b.kind in LISTS]
        if len(found) != 1:
            raise LookupError(f"{part}: {len(found)} books")
        return found[0]

    def free(
        self,
        kind: str,
        *fields: str,
        where: Callable[[Row], bool] | None = None,
        siblings: bool = False,
    ) -> Iterator[Row]:
        """Rows no defect has touched: only children both of whose parents are away (or, with ``siblings``, whoever),
        in books that have ``fields``.

        They come from the books in turn, so that defects spread over the county.
        """
        queues = [
            [r for r in b.rows if self.is_free(r, siblings) and (where is None or where(r))]
            for b in self.of(kind)
            if b.has(*fields) and not b.style.get("spared")
        ]
        turn = self.counts.get(kind, 0)
        queues = queues[turn % len(queues) :] + queues[: turn % len(queues)] if queues else []
        self.counts[kind] = turn + 1
        depth = 5  # not the first rows of a sheet, which layout tests look at
        longest = max((len(q) for q in queues), default=0)
        for at in [*range(depth, longest), *range(min(depth, longest))]:
            for queue in queues:
                if at < len(queue) and self.is_free(queue[at], siblings):
                    yield queue[at]

    def is_free(self, row: Row, siblings: bool = False) -> bool:
        child = row.child
        return (
            child is not None
            and not row.note
            and child.family.key not in self.used
            and not child.remark
            and (
                siblings
                or (
                    child.family.kind == "both" and len(child.family.children) == 1 and child.health == "健康"
                )
            )
        )

    def take(
        self,
        kind: str,
        count: int,
        *fields: str,
        where: Callable[[Row], bool] | None = None,
        siblings: bool = False,
    ) -> list[Row]:
        """``count`` free rows for a defect to change."""
        taken: list[Row] = []
        for row in self.free(kind, *fields, where=where, siblings=siblings):
            assert row.child is not None
            self.used.add(row.child.family.key)
            taken.append(row)
            if len(taken) == count:
                return taken
        raise LookupError(f"only {len(taken)} of {count} rows in {kind} with {fields}")

    def expect(self, rule: str, note: str, **more: object) -> Expected:
        """Record an issue; ``defect`` defaults to the rule and its running number."""
        count = self.counts[rule] = self.counts.get(rule, 0) + 1
        expected = Expected(rule, str(more.pop("defect", f"{rule}-{count}")), note, **more)  # type: ignore[arg-type]
        for row in expected.rows:
            row.note = row.note or expected.defect
        self.expected.append(expected)
        return expected

    def follow(
        self, cause: Expected, rule: str, *, rows: list[Row] | None = None, note: str = "", **more: object
    ) -> None:
        """An issue that lawfully comes with ``cause``."""
        where = cause.rows if rows is None else rows
        self.expected.append(
            Expected(rule, cause.defect, note or f"随 {cause.defect} 出现", where, side=True, **more)  # type: ignore[arg-type]
        )

    def aim(self, rule: str, note: str, rows: list[Row], **more: Any) -> str:
        """Mark rows changed for a rule on several lists; ``follow_across`` works out what comes of it.

        ``more``: severity, ``says``. The defect's name (``F02-3``) stands in the rows' notes.
        """
        count = self.counts[rule] = self.counts.get(rule, 0) + 1
        defect = f"{rule}-{count}"
        self.aims[defect] = {"note": note, **more}
        for row in rows:
            assert not row.note, f"{defect}: {row.note}"
            row.note = defect
        return defect

    def cross(self, rule: str, note: str, **more: Any) -> Expected:
        """Record an issue between lists: planted where its rows were changed for this rule, else it
        follows from defects planted in one of the lists."""
        aimed = next((r.note for r in more.get("rows", ()) if r.note in self.aims_of(rule)), "")
        if aimed:
            more |= {"defect": aimed, "side": False, **self.aims[aimed]}
            note = more.pop("note")
        more.setdefault("side", True)
        number = self.counts[f"across {rule}"] = self.counts.get(f"across {rule}", 0) + 1
        expected = Expected(rule, str(more.pop("defect", f"{rule}-s{number}")), note, **more)
        self.across.append(expected)
        return expected

    def aims_of(self, rule: str) -> set[str]:
        return {defect for defect in self.aims if defect.startswith(f"{rule}-")}

    def taken_names(self) -> set[str]:
        """Names and first nine digits of telephones that stand in any row; those given away since are added to it."""
        if not self._taken:
            texts = {str(v) for book in self.books for row in book.rows for v in row.values.values() if v}
            self._taken |= {text[:9] if text.isdigit() else text for text in texts}
        return self._taken

    def every_aim_is_reached(self) -> None:
        """What was planted for a rule of ``across`` leads to an issue of that rule."""
        reached = {(e.rule, e.defect) for e in self.across if not e.side}
        missed = [d for d in self.aims if (d.partition("-")[0], d) not in reached]
        if missed:
            raise ValueError(f"planted, but no issue follows: {missed}")

    def save(self, root: Path) -> None:
        for book in self.books:
            write(book, root)
        for path, content in self.extras.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
