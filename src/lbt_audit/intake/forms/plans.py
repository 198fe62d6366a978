"""Forms printed alike are walked once: the way found on the first one is gone again with the values of the others."""

from __future__ import annotations

from dataclasses import dataclass

from lbt_audit.intake.forms.cells import Cell, Cells, Words
from lbt_audit.intake.forms.spans import Span, spans
from lbt_audit.intake.forms.walk import SENTENCE, Walk, is_note, is_weak
from lbt_audit.intake.table import Unmapped

_KEPT = 512  # kinds of print; blank cells make others of one
_TEXTS = 50_000
_SIGNED = ((0, "signed"), (1, "signed"))  # 填报单位：白石镇, short and long

Place = tuple[int, int]
Signature = tuple[object, ...]


@dataclass(frozen=True)
class _Way:
    """What was found where. ``given``: key, how it was found, header, its cells (with the part of the text, where it is
    not all) and the place of a blank, in the order they were met."""

    rows: list[int]
    start: int
    given: list[tuple[str, str, str, list[tuple[Place, str | None]], Place]]
    left: list[int]
    unmapped: list[Unmapped]


class Plans:
    """The ways through forms of one kind."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._ways: dict[Signature, _Way] = {}
        self._words: dict[str, object] = {}

    def walked(self, cells: Cells) -> list[tuple[Span, Walk]]:
        """Every form of a sheet with what it says."""
        signature = self._signature(cells)
        way = self._ways.get(signature)
        if way is not None:
            return [self._again(way, cells)]
        found = [(span, self._walk(span)) for span in spans(cells, self.words)]
        if len(found) == 1 and not found[0][1].facts and not found[0][1].value_bound:
            if len(self._ways) >= _KEPT:
                self._ways.clear()
            self._ways[signature] = _way_of(*found[0])
        return found

    def _walk(self, span: Span) -> Walk:
        return Walk(span.cells, self.words, [r for r in span.rows if r >= span.start]).walk()

    def _again(self, way: _Way, cells: Cells) -> tuple[Span, Walk]:
        span = Span(cells, way.rows, way.start)
        walk = Walk(cells, self.words, [r for r in way.rows if r >= way.start])
        for key, match, header, region, blank in way.given:
            walk.give(key, match, header, [_part(cells.filled[at], part) for at, part in region], blank)
        walk.left, walk.unmapped = list(way.left), list(way.unmapped)
        return span, walk

    def _signature(self, cells: Cells) -> Signature:
        """All that decides the way: where cells are, the words among them, whether a value is long."""
        seen: list[object] = []
        for number, line in cells.rows.items():
            seen.append(number)
            for cell in line:
                seen += (cell.left, cell.bottom, cell.right, cell.at, self._word(cell.text))
        return tuple(seen)

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
        if words.is_label(text) or words.group(text) is not None or words.inside(text) or is_note(text):
            return text
        if words.has_fact(text):
            return _SIGNED[len(text) >= SENTENCE]
        if ":" in text or "：" in text or words.fact(text) is not None or is_weak(text):
            return text
        return len(text) >= SENTENCE


def _way_of(span: Span, walk: Walk) -> _Way:
    given = [
        (
            key,
            match,
            header,
            [((c.top, c.left), None if text == c.text else text) for c, text in region],
            blank,
        )
        for key, match, header, region, blank in walk.given
    ]
    return _Way(span.rows, span.start, given, list(walk.left), list(walk.unmapped))


def _part(cell: Cell, part: str | None) -> tuple[Cell, str]:
    return cell, cell.text if part is None else part
