"""Something wrong in what a rule says: in both languages, and where below the value it was found in."""

from __future__ import annotations

from collections.abc import Iterable

from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.text import Text

Path = tuple[str | int, ...]
"""Keys of mappings and positions in lists, from the value looked at to the part that is wrong."""


class Flaw(ValueError):  # noqa: N818
    """One thing wrong. Raised where a value is read; whoever reads the file knows its line."""

    def __init__(self, zh: str, en: str, path: Path = ()) -> None:
        super().__init__(en)
        self.text = Text(zh, en)
        self.path = path

    def below(self, *path: str | int) -> Flaw:
        """The same, seen from the value ``path`` leads down from."""
        return Flaw(self.text.zh, self.text.en, (*path, *self.path))


class Flaws(ValueError):  # noqa: N818
    """Everything wrong with one value."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("; ".join(str(f) for f in self.flaws))


def unknown(zh: str, en: str, word: object, known: Iterable[object]) -> Flaw:
    """No such ``zh``/``en`` (字段, field) as ``word``; the nearest one is proposed."""
    near = did_you_mean(word, known)
    return Flaw(f"没有{zh}“{word}”{near.zh}", f"no such {en}: {word!r}{near.en}")
