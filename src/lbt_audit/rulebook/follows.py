"""What rules follow from leads back to causes and never in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lbt_audit.rulebook.flaw import Flaw


def circles(follows: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Flaw]]:
    """(rule, flaw below it) for each entry of ``follows`` (rule → rules it follows from) from which one comes back."""
    reached: dict[str, set[str]] = {}

    def causes(code: str) -> set[str]:
        if code not in reached:
            reached[code] = set()  # what is met again on the way leads nowhere new
            for cause in follows.get(code, ()):
                reached[code] |= {cause, *causes(cause)}
        return reached[code]

    for code, named in follows.items():
        for position, cause in enumerate(named):
            reached.clear()
            if cause == code:
                yield (
                    code,
                    Flaw("规则不能由自己引起", "a rule cannot follow from itself", ("follows", position)),
                )
            elif code in causes(cause):
                zh = f"“{cause}”又由“{code}”引起，成了循环"
                en = f"{cause!r} in turn follows from {code!r}: a circle"
                yield code, Flaw(zh, en, ("follows", position))
