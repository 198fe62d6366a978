"""The known word nearest to one that is not known: what a message about a slip of the pen proposes."""

from __future__ import annotations

from collections.abc import Iterable

from lbt_audit.model.text import Text


def nearest(word: object, known: Iterable[object], cutoff: float = 0.6) -> str | None:
    """The word of ``known`` most like ``word``; None where none is like it (``cutoff`` 0 to 1)."""
    import difflib

    close = difflib.get_close_matches(str(word), [str(k) for k in known], 1, cutoff)
    return close[0] if close else None


def did_you_mean(word: object, known: Iterable[object]) -> Text:
    """``；是否为“x”？`` to be put behind a message; empty where no word is near."""
    near = nearest(word, known)
    return Text(f"，是否为“{near}”？", f"; did you mean {near!r}?") if near else Text("", "")
