"""The known word nearest to one that is not known: what a message about a slip of the pen proposes."""

from __future__ import annotations

from collections.abc import Iterable

from lbt_audit.model.text import Text


def nearest(word: object, known: Iterable[object], cutoff: float = 0.6) -> str | None:
    """The word of ``known`` most like ``word``, of equals the one that begins most like it; None where none is like it
    (``cutoff`` 0 to 1)."""
    import difflib

    given = str(word)
    texts = [str(k) for k in known]
    close = difflib.get_close_matches(given, texts, max(len(texts), 1), cutoff)
    likeness = {k: difflib.SequenceMatcher(None, k, given).ratio() for k in close}
    return max(sorted(close), key=lambda k: (likeness[k], _alike_from_the_start(k, given)), default=None)


def _alike_from_the_start(one: str, other: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def did_you_mean(word: object, known: Iterable[object]) -> Text:
    """``；是否为“x”？`` to be put behind a message; empty where no word is near."""
    near = nearest(word, known)
    return Text(f"，是否为“{near}”？", f"; did you mean {near!r}?") if near else Text("", "")
