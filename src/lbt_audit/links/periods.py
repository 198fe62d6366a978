"""Links across periods: a register of this month and one of last month as a book of two lists."""

from __future__ import annotations

from dataclasses import replace

from lbt_audit.frames.book import Book
from lbt_audit.links.links import Links
from lbt_audit.model.kind import PREVIOUS, Kind


def links_between(book: Book, one: str, other: str) -> Links:
    """The links that hold two registers against each other: the book's own, or, where one is last period's
    (``previous.roster``), those of the two alone, so that a child is not looked for in every list of both months."""
    if not (one.startswith(PREVIOUS) or other.startswith(PREVIOUS)):
        return Links.of(book)
    return book.derived(_Pairs).links(one, other)


class _Pairs:
    def __init__(self, book: Book) -> None:
        self.book = book
        self._made: dict[tuple[str, str], Links] = {}

    def links(self, one: str, other: str) -> Links:
        # This period's comes first: an issue about both is filed under it.
        now, before = sorted((one, other), key=lambda kind: (kind.startswith(PREVIOUS), kind))
        if (now, before) not in self._made:
            book = self.book
            ranked = enumerate((now, before))
            kinds = {k: replace(_kind(book, k), rank=rank) for rank, k in ranked}
            frames = {k: book.registers[k] for k in (now, before) if k in book.registers}
            self._made[now, before] = Links(replace(book, frames=frames, kinds=kinds, _derived={}))
        return self._made[now, before]


def _kind(book: Book, name: str) -> Kind:
    kind = book.kinds[name.removeprefix(PREVIOUS)]
    return kind.before if name.startswith(PREVIOUS) else kind
