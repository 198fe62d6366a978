"""Forms printed alike are walked once: the way found on the first one is gone again with the values of the others."""

from __future__ import annotations

from collections.abc import Iterable

from lbt_audit.intake.forms.cells import Cell, Cells, Words
from lbt_audit.intake.forms.spans import Span, spans
from lbt_audit.intake.forms.walk import SENTENCE, Walk, is_note, is_weak
from lbt_audit.intake.sheets.facts import Line
from lbt_audit.intake.sheets.headers.likeness import FORM_ROWS
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.table import Unmapped
from lbt_audit.model.record import dataclass

_KEPT = 512  # kinds of print; blank cells make others of one
_TEXTS = 50_000
_SIGNED = ((0, "signed"), (1, "signed"))  # 填报单位：白石镇, short and long

Place = tuple[int, int]
Signature = tuple[object, ...]


@dataclass(frozen=True)
class Form:
    """A form as found: ``head``: what stands over it; ``left``: its lines that hold no field; ``first``: its first row."""

    walk: Walk
    head: list[Line]
    left: list[Line]
    first: int

    @classmethod
    def of(cls, span: Span, walk: Walk) -> Form:
        def lines(rows: Iterable[int]) -> list[Line]:
            return [(row, [(c.left, c.text) for c in span.cells.rows[row]]) for row in rows]

        head = [r for r in span.rows if r < span.start]
        return cls(walk, lines(head), lines(walk.left), (*head, *walk.rows)[0])


@dataclass(frozen=True)
class _Way:
    """What was found where. ``given``: key, how it was found, header, its cells (each with its place among all cells and
    the part of the text, where it is not all) and the place of a blank, in the order they were met. ``head``, ``left``:
    row numbers with column and place of their cells."""

    given: list[tuple[str, str, str, list[tuple[Cell, int, str | None]], Place]]
    head: list[tuple[int, list[tuple[int, int]]]]
    left: list[tuple[int, list[tuple[int, int]]]]
    unmapped: list[Unmapped]
    first: int
    cells: Cells
    rows: list[int]

    def again(self, texts: list[str], words: Words) -> Form:
        """The form with these texts in its cells."""
        walk = Walk(self.cells, words, self.rows)
        for key, match, header, region, blank in self.given:
            cells = [(cell, texts[at] if part is None else part) for cell, at, part in region]
            walk.give(key, match, header, cells, blank)
        walk.unmapped = list(self.unmapped)
        head, left = (
            [(row, [(column, texts[at]) for column, at in line]) for row, line in lines]
            for lines in (self.head, self.left)
        )
        return Form(walk, head, left, self.first)


class Plans:
    """The ways through forms of one kind."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._ways: dict[Signature, _Way] = {}
        self._words: dict[str, object] = {}

    def forms(self, sheet: Sheet) -> list[Form]:
        """Every form of a sheet with what it says."""
        signature = self._signature(sheet) if sheet.rows <= FORM_ROWS else None
        way = self._ways.get(signature) if signature is not None else None
        if way is not None:
            return [way.again(sheet.texts, self.words)]
        cells = Cells.of(sheet)
        found = [(span, self._walk(span)) for span in spans(cells, self.words)]
        if (
            signature is not None
            and len(found) == 1
            and not found[0][1].facts
            and not found[0][1].value_bound
        ):
            if len(self._ways) >= _KEPT:
                self._ways.clear()
            self._ways[signature] = _way_of(*found[0], sheet)
        return [Form.of(span, walk) for span, walk in found]

    def _walk(self, span: Span) -> Walk:
        return Walk(span.cells, self.words, [r for r in span.rows if r >= span.start]).walk()

    def _signature(self, sheet: Sheet) -> Signature:
        """All that decides the way: where cells are, the words among them, whether a value is long."""
        known = self._words
        try:
            words = [known[text] for text in sheet.texts]
        except KeyError:
            words = [self._word(text) for text in sheet.texts]
        return sheet.layout, tuple(words)

    def _word(self, text: str) -> object:
        """What the way can know of a text: all of it, where it is or holds a label; of a value whether it is long."""
        known = self._words.get(text)
        if known is None:
            if len(self._words) >= _TEXTS:
                self._words.clear()
            known = self._words[text] = self._worked_out(text)
        return known

    def _worked_out(self, text: str) -> object:
        words = self.words
        if not text.strip():
            return text
        if words.is_label(text) or words.group(text) is not None or words.inside(text) or is_note(text):
            return text
        if words.has_fact(text):
            return _SIGNED[len(text) >= SENTENCE]
        if ":" in text or "：" in text or words.fact(text) is not None or is_weak(text):
            return text
        return len(text) >= SENTENCE


def _way_of(span: Span, walk: Walk, sheet: Sheet) -> _Way:
    numbers = sheet.numbers.tolist()
    at = {(numbers[row], column): n for n, (row, column, _) in enumerate(sheet.places)}

    def lines(rows: Iterable[int]) -> list[tuple[int, list[tuple[int, int]]]]:
        return [(row, [(c.left, at[row, c.left]) for c in span.cells.rows[row]]) for row in rows]

    given = [
        (
            key,
            match,
            header,
            [(c, at[c.top, c.left], None if text == c.text else text) for c, text in region],
            blank,
        )
        for key, match, header, region, blank in walk.given
    ]
    head = [row for row in span.rows if row < span.start]
    return _Way(
        given,
        lines(head),
        lines(walk.left),
        list(walk.unmapped),
        (*head, *walk.rows)[0],
        span.cells,
        list(walk.rows),
    )
