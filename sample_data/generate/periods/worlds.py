"""The files of the second and third period: the first period's, put right where the story says so."""

from __future__ import annotations

from datetime import date

from sample_data.generate.counties import make
from sample_data.generate.defects.tools import clear, put
from sample_data.generate.people import AS_OF, years
from sample_data.generate.periods.changes import choose, live_on
from sample_data.generate.periods.story import (
    ABSENT,
    DAYS,
    LATER,
    Planted,
    Story,
    is_empty_book,
    of_township,
    tell,
)
from sample_data.generate.sheet import Book, Row
from sample_data.generate.world import Expected, World

_SOON = 60  # days before the 16th birthday of which an audit speaks
_NEAR = 62


def first() -> tuple[World, Story]:
    """The first period, ``qinghe``, and the story that begins with it."""
    world = make("qinghe")
    return world, tell(world)


def later(period: int) -> tuple[World, Story]:
    """The files of period 1 or 2 (index in DAYS). ``expected`` begins with the first period's, in the
    same places; which of them still stand in the files, the story says (``standing``)."""
    world, story = first()
    pristine = _by_row(make("qinghe", defects=False))
    for planted in story.gone(period):
        _put_right(planted, pristine)
    _leave_across(world, story, pristine)
    chosen = choose(world)
    absent = ABSENT if period == 1 else ""
    world.books = [b for b in world.books if of_township(b) and b.unit != absent and not is_empty_book(b)]
    world.extras = {}
    _plant_more(world, story, period)
    day = DAYS[period]
    _growing_up(world, day)
    _soon_sixteen(world, story, period)
    live_on(world, period, chosen)
    for book in world.books:
        _date_forward(book, day)
    return world, story


def _by_row(world: World) -> dict[tuple[str, str, int], Row]:
    return {
        (book.path, row.child.family.key, row.child.family.children.index(row.child)): row
        for book in world.books
        for row in book.rows
        if row.child is not None
    }


def _put_right(planted: Planted, pristine: dict[tuple[str, str, int], Row]) -> None:
    """Write into the rows what the register says."""
    for row in planted.rows:
        child = row.child
        if child is None or child.trap:
            continue
        right = pristine.get((row.book.path, child.family.key, child.family.children.index(child)))
        if right is None:  # an entry that has no place in this list
            row.sheet.rows = [r for r in row.sheet.rows if r is not row]
            continue
        kept = {f: row.values[f] for f in row.book.hollow if f in row.values}
        row.values = dict(right.values) | kept


def _leave_across(world: World, story: Story, pristine: dict[tuple[str, str, int], Row]) -> None:
    """Issues that need files of several places, some not handed in: their rows are put right, and yet
    the ledger may not close them."""
    for planted in story.planted:
        inside = [of_township(r.book) for r in planted.rows]
        if any(inside) and not all(inside):
            _put_right(planted, pristine)


def _plant_more(world: World, story: Story, period: int) -> None:
    """New defects: four in November, of which December corrects one, and two more in December."""
    world.used |= {r.child.family.key for p in story.planted for r in p.rows if r.child is not None}
    begin = len(world.expected)
    for kind, place in (
        ("village_book", "清塘村"),
        ("roster", "白石镇"),
        ("school_ledger", "白石镇中心小学"),
    ):
        for row in world.take(kind, 1, "guardian_phone", where=lambda r, p=place: r.book.unit == p):
            world.expect("B06", "监护人电话空白", rows=[row], defect=f"new-{len(world.expected) - begin}")
    (row,) = world.take("roster", 1, where=lambda r: r.book.unit == "清水乡")
    world.expect("B05", "只写“外省务工”", rows=[row], defect=f"new-{len(world.expected) - begin}")
    if period == 2:
        for place in ("白石镇", "清水乡"):
            (row,) = world.take("roster", 1, "guardian_id", where=lambda r, p=place: r.book.unit == p)
            world.expect("B06", "监护人证号空白", rows=[row], defect=f"new-{len(world.expected) - begin}")
    for number, expected in enumerate(world.expected[begin:]):
        (row,) = expected.rows
        story.planted.append(Planted(expected.defect, [begin + number], [row]))
        if number == 0:
            story.planted[-1].fate = LATER
        if period == 2 and number == 0:
            continue  # corrected
        if expected.rule == "B05":
            put(row, father_work_place="外省务工")
        else:
            clear(row, "guardian_phone" if number < 3 else "guardian_id")


def _growing_up(world: World, day: date) -> None:
    """Children get older. Who is 16 has left the lists; so has, to keep the story short, who soon will
    be, unless some row of the child has a defect."""
    touched = {id(row.child) for book in world.books for row in book.rows if row.note}
    for book in world.books:
        for sheet in [s for s in book.sheets if s.rows]:
            kept = []
            for row in sheet.rows:
                child = row.child
                if child is not None:
                    birthday = date(child.birth.year + 16, child.birth.month, min(child.birth.day, 28))
                    if (birthday - day).days <= (0 if id(child) in touched else _NEAR):
                        continue
                    if row.values.get("age") == years(child.birth, AS_OF):
                        row.values["age"] = years(child.birth, day)
                kept.append(row)
            sheet.rows = kept
            if not kept:
                book.sheets.remove(sheet)


def _soon_sixteen(world: World, story: Story, period: int) -> None:
    """Children with a defect who are still listed though they will be 16 within 60 days: a notice."""
    day = DAYS[period]
    for row in [r for b in world.of("roster") for r in b.rows]:
        if row.child is None or any(row in e.rows for e in world.expected if e.rule in ("G01", "G12")):
            continue
        birth = row.child.birth
        if 0 < (date(birth.year + 16, birth.month, min(birth.day, 28)) - day).days <= _SOON:
            soon = world.expect("G12", "60天内满16周岁", rows=[row], defect=f"sixteen-{row.child.family.key}")
            story.planted.append(Planted(soon.defect, [len(world.expected) - 1], [row]))


def standing(world: World, story: Story, period: int) -> set[int]:
    """Positions in ``expected`` of the issues an audit of the period must find."""
    if not period:
        return set(range(len(world.expected)))
    gone = {i for planted in story.gone(period) for i in planted.issues}
    books = {id(book) for book in world.books}
    return {
        at
        for at, expected in enumerate(world.expected)
        if at not in gone and {id(b) for b in books_of(expected)} <= books and books_of(expected)
    }


def books_of(expected: Expected) -> list[Book]:
    """The files an issue stands in; none where it is about a file that is no book."""
    found = [row.book for row in expected.rows]
    found += [expected.book] if expected.book is not None else []
    return found + ([expected.sheet.book] if expected.sheet is not None else [])


def _date_forward(book: Book, day: date) -> None:
    """Dates of filling in, names of files, the closing date in the notes."""
    here, then = f"{AS_OF.year}年{AS_OF.month}月", f"{day.year}年{day.month}月"
    book.path = book.path.replace(f"({AS_OF.month}月)", f"({day.month}月)")
    if book.format == "xls":  # smaller, and no worse than what they sent before
        book.path += "x"
        book.style.pop("content", None)
    book.facts = {
        label: f"{then}{text.removeprefix(here)}"
        if text.startswith(here) and label.startswith("填报")
        else text
        for label, text in book.facts.items()
    }
    last = f"{AS_OF.year}年{AS_OF.month}月{AS_OF.day}日"
    book.notes = tuple(n.replace(last, f"{then}{day.day}日") for n in book.notes)
