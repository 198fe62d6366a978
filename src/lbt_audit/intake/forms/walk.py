"""One form read from the top left: which cell is the value of which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from lbt_audit.intake.forms.cells import Cell, Cells, Words
from lbt_audit.intake.forms.items import Item, item_of
from lbt_audit.intake.sheets.headers.rows import WEAK
from lbt_audit.intake.table import Note, Unmapped
from lbt_audit.model.dictionary import normalise_header
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_NOTE = regex(r"^(?:注|填表说明|填写说明|填报说明|说明|附注|注意|注意事项)(?:\d*[:：.、．]|$)")
SENTENCE = 10  # characters; so much below a label on a line of its own is its value


def is_note(text: str) -> bool:
    """Whether a text begins the notes under a form."""
    return _NOTE.match("".join(text.split())) is not None


def is_weak(text: str) -> bool:
    """A word that is a value as often as a label."""
    return normalise_header(text) in WEAK


Given = tuple[str, str, str, list[tuple[Cell, str]], tuple[int, int]]


@dataclass
class Walk:
    """Reads the rows ``rows`` (numbers) of a sheet. ``items`` by field; ``left``: rows that hold no field."""

    cells: Cells
    words: Words
    rows: Sequence[int]
    items: dict[str, Item] = field(default_factory=dict)
    facts: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)  # as ``give`` takes it
    value_bound: bool = False  # something besides the items is made of a value

    def __post_init__(self) -> None:
        self._open: list[tuple[str, int, int]] = []  # groups: key, last row they stand beside, column
        self._tops: dict[tuple[int, int], str] = {}  # persons printed over columns
        self._section: str | None = None  # a group on a line of its own
        self._row_person: str | None = None  # whom the labels further left in the row are about
        self._said: str | None = None  # the same, where one of them names him: 甲方：杨大山
        self._last_person: str | None = None
        self._done: set[int] = set()

    def walk(self) -> Walk:
        for row in self.rows:
            line = self.cells.rows[row]
            if self.items and len(line) <= 2 and line and is_note(line[0].text):
                self.left += [r for r in self.rows if r >= row]
                break
            if row in self._done or not line:
                continue
            if any(self.words.has_fact(c.text) for c in line):
                self.left.append(row)
                continue
            before = len(self.items)
            self._open = [g for g in self._open if g[1] >= row]
            self._row_person = self._said = None
            self._row(row, line)
            if len(self.items) == before:
                self.left.append(row)
        return self

    def _row(self, row: int, line: list[Cell]) -> None:
        groups = [self.words.group(c.text) for c in line]
        if len(line) == 1 and self._alone(line[0], groups[0]):
            return
        if len(line) > 1 and all(groups) and sum(map(self.words.is_person, groups)) > 1:
            self._tops = {(c.left, c.right): g for c, g in zip(line, groups, strict=True) if g}
            return
        heads = self._heads(line)
        if heads:
            self._columns(heads, line)
        else:
            self._tops = self._tops if len(line) > 1 else {}
            self._pairs(line)

    # ---- a group or a label on a line of its own

    def _alone(self, cell: Cell, group: str | None) -> bool:
        below = self.cells.rows.get(cell.bottom + 1, [])
        under = len(below) == 1 and below[0].left == cell.left
        under = under and not self._word(below[0]) and not self.words.inside(below[0].text)
        wide = cell.right > cell.left or (under and len(below[0].text) >= SENTENCE)
        if self.words.is_label(cell.text) and under and wide:
            self._emit(cell.text, [(below[0], below[0].text)], (below[0].top, below[0].left))
            self._done.add(below[0].top)
            return True
        asks = self.words.is_label(cell.text) and cell.right == cell.left and group not in self.words.parties
        if group is not None and not asks:
            self._section, self._open, self._tops, self._last_person = group, [], {}, None
            return True
        return False

    # ---- labels above their values

    def _heads(self, line: list[Cell]) -> list[Cell]:
        """The labels of a row that holds nothing but labels side by side, groups before them left out."""
        heads: list[Cell] = []
        for i, cell in enumerate(line):
            following = line[i + 1] if i + 1 < len(line) else None
            if following is not None and following.left != cell.right + 1:
                return []
            if self._is_group(cell, following):
                if heads:
                    return []
                self._enter(cell)
            elif self._weak(cell) and heads:
                return []
            elif self.words.is_label(cell.text) and not self.words.inside(cell.text):
                heads.append(cell)
            elif heads or i + 2 >= len(line):  # before the others it may be 称谓, over the persons
                return []
        return heads if len(heads) > 1 else []

    def _columns(self, heads: list[Cell], line: list[Cell]) -> None:
        """Values under ``heads``: one row, or a row for each person named in it."""
        self._done.add(line[0].top)
        row = max(c.bottom for c in heads) + 1
        whose = any(self.words.is_person(g) for g, _, _ in self._open) or bool(self._tops)
        for number in range(row, self.rows[-1] + 2):
            below = self.cells.rows.get(number, [])
            if any(self.words.is_label(c.text) and normalise_header(c.text) not in WEAK for c in below):
                break
            named = next((c for c in below if self.words.is_person(self.words.group(c.text))), None)
            named = None if whose else named  # 祖父 under 监护人情况 is what the guardian is to the child
            if number > row and named is None:
                break
            person = None if named is None else self.words.group(named.text)
            for head in heads:
                self._row_person = person or self._above(head)
                cell = self.cells.filled.get((number, head.left))
                if cell is None or cell is not named:
                    region = [] if cell is None else [(cell, cell.text)]
                    self._emit(head.text, region, (number, head.left))
            self._done.add(number)
        self._tops = {}

    # ---- labels to the left of their values

    def _pairs(self, line: list[Cell]) -> None:
        label: tuple[str, int, int] | None = None  # text, row, the column after it
        region: list[tuple[Cell, str]] = []

        def flush(next_left: int | None) -> None:
            nonlocal label, region
            if label is not None and (region or next_left != label[2]):
                self._give(label, region)
            elif label is None and len(region) > 1:  # two values: a label nobody knows and its value
                self.value_bound = True
                self.unmapped.append(Unmapped(region[0][0].left, " ".join(region[0][1].split()), None, 1))
            label, region = None, []

        for i, cell in enumerate(line):
            following = line[i + 1] if i + 1 < len(line) else None
            inside = self.words.inside(cell.text)
            if inside:
                if inside[0][0] == "":
                    region.append((cell, inside[0][1]))
                    inside = inside[1:]
                flush(None)
                for name, value in inside[:-1]:
                    self._emit(name, [(cell, value)], (cell.top, cell.left))
                name, value = inside[-1]
                if value:
                    self._emit(name, [(cell, value)], (cell.top, cell.left))
                else:
                    label = (name, cell.top, cell.right + 1)
            elif (
                label is not None
                and not region
                and label[2] == cell.left
                and self._weak(cell, label[0], following)
            ):
                region.append((cell, cell.text))
            elif self._is_group(cell, following):
                flush(cell.left)
                self._enter(cell)
            elif self.words.is_label(cell.text):
                flush(cell.left)
                label = (cell.text, cell.top, cell.right + 1)
            else:
                fact = self.words.fact(cell.text) if label is None else None
                if fact is not None and following is not None:
                    self.facts.setdefault(fact, (following.text.strip(), following.top, following.left))
                region.append((cell, cell.text))
        flush(None)

    def _give(self, label: tuple[str, int, int], region: list[tuple[Cell, str]]) -> None:
        name, row, column = label
        persons = {self._above(c) for c, _ in region} - {None}
        if persons and (len(region) > 1 or self._is_anybodys(name)):
            for cell, text in region:
                self._row_person = self._above(cell)
                self._emit(name, [(cell, text)], (row, cell.left))
            return
        if len(region) > 1 and region[0][0].left > column and region[1][0].left == region[0][0].right + 1:
            region = []  # a label nobody knows and its value, after a blank
        self._emit(name, region, (row, column))

    # ---- what a cell is

    def _word(self, cell: Cell) -> bool:
        return self.words.is_label(cell.text) or self.words.group(cell.text) is not None

    def _weak(self, cell: Cell, label: str = "", following: Cell | None = None) -> bool:
        """A word that is a value as often: 祖父 after 与被监护人关系, 电话 after 联系方式 where no number follows."""
        worded = normalise_header(label) in self.words.dictionary.worded
        return is_weak(cell.text) or (worded and (following is None or self._word(following)))

    def _is_group(self, cell: Cell, following: Cell | None) -> bool:
        """A group is followed at once by a label (父亲 | 姓名); as a label it has its value there."""
        group = self.words.group(cell.text)
        if group is None:
            return False
        if not self.words.is_label(cell.text):
            return True
        if following is None or following.left != cell.right + 1:
            return False
        return bool(self.words.inside(following.text)) or (
            self._word(following) and not (self._weak(following) and not self.words.is_person(group))
        )

    def _enter(self, cell: Cell) -> None:
        group = self.words.group(cell.text)
        if group is not None:
            self._open.append((group, self.cells.reaches(cell, self.rows[-1]), cell.left))
            self._row_person = group if self.words.is_person(group) else None
            self._last_person = None

    def _is_anybodys(self, name: str) -> bool:
        """Whether a label alone would not be one of the child's that is still to come."""
        found = self.words.find(name, ())
        return found is None or found[0] in self.items or self.words.is_vague(name)

    def _above(self, cell: Cell) -> str | None:
        return next((g for (a, b), g in self._tops.items() if a <= cell.left <= b), None)

    # ---- what a label means

    def _emit(self, name: str, region: list[tuple[Cell, str]], blank: tuple[int, int]) -> None:
        found = self._field(name)
        header = self.words.header(name)
        if found is None:
            if region:
                self.unmapped.append(Unmapped(blank[1], header, None, 1))
            return
        self.given.append((*found, header, region, blank))
        self.give(*found, header, region, blank)

    def give(
        self, key: str, match: str, header: str, region: list[tuple[Cell, str]], blank: tuple[int, int]
    ) -> None:
        """Take the cells ``region`` for the value of a field; ``blank``: where it would stand."""
        item = item_of(self.words.dictionary.fields[key].kind, region, blank, header, match)
        known = self.items.get(key)
        if known is None or (not known.text and item.text):
            self.items[key] = item
        elif item.text and item.text != known.text:
            detail = {"header": header, "first": known.header}
            self.notes.append(Note("duplicate_field", item.row, item.column, key, detail))

    def _field(self, name: str) -> tuple[str, str] | None:
        words, fields = self.words, self.words.dictionary.fields
        beside = tuple(g for g, _, _ in sorted(self._open, key=lambda g: g[2]))
        groups = ((self._section,) if self._section else ()) + beside
        person = self._row_person or next((g for g in reversed(beside) if words.is_person(g)), None)
        person = person or (self._section if self._section in words.parties else None)
        found = words.meaning(name, groups, person)
        printed = next((g for g in reversed(groups) if words.is_person(g)), None)
        if found is None:
            return None
        bare = person is not None and person in (printed, self._said) and fields[found[0]].group == "child"
        if bare and words.is_leaf(name):
            return None  # 父亲 | 民族: the dictionary knows no such field, and the child's it is not
        if person is None and self._last_person and self._is_anybodys(name):
            other = words.find(name, (self._last_person,))
            found = other if other is not None and other[0] not in self.items else found
        group, said = fields[found[0]].group, words.group(name)
        if words.is_person(said):
            self._said = self._row_person = self._last_person = said
        elif words.is_person(group):
            self._row_person = self._last_person = group
        elif not words.is_leaf(name):
            self._last_person = None
        return found
