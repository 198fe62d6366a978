"""What the columns of a statistics table count, taken together: parts of the one before, ages that touch, percentages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lbt_audit.intake.statistics.words import SUBSET, Meaning
from lbt_audit.intake.table import Heading
from lbt_audit.model.statistics import ALL, Indicator, Statistics, band

_SEXES = frozenset({"male", "female"})


def heading(path: Sequence[str], meaning: Meaning | None, number: int | None) -> Heading:
    """The heading with this path of levels."""
    header = "/".join(" ".join(level.split()) for level in path)
    if meaning is None:
        share = any(word in header for word in ("%", "％", "占比", "比例", "率"))
        return Heading(header, None, number, share)
    return Heading(header, meaning.indicator, number, meaning.share)


def joined(one: Meaning | None, other: Meaning | None) -> Meaning | None:
    """What counts children of whom both hold."""
    if one is None or other is None:
        return None
    return Meaning(one.indicator | other.indicator, one.share or other.share)


def nested(meanings: list[Meaning | None], paths: Sequence[tuple[str, ...]]) -> list[Meaning | None]:
    """其中：女 counts the girls of what stands before; and so does the next of its kind (男) after it."""
    result: list[Meaning | None] = []
    outer: Meaning | None = Meaning(ALL)
    inside = False
    for own, path in zip(meanings, paths, strict=True):
        meaning = own
        if path and SUBSET.match(path[-1].strip()):
            inside = True
        elif inside and not (meaning is not None and meaning.indicator and meaning.indicator <= _SEXES):
            inside = False
        if inside and len(path) == 1:
            meaning = joined(outer, meaning)
        elif not inside:
            outer = meaning
        result.append(meaning)
    return result


def settled(headings: Sequence[Heading], statistics: Statistics) -> list[Heading]:
    """Ages that touch (0-6, 6-12) end before the next begins; what two columns count alike, neither is said to count."""
    bands = {k: a for h in headings for k in h.indicator or () if (a := statistics.ages(k)) is not None}
    starts = {first for first, _ in bands.values()}
    cut = {
        key: band(first, last - 1) for key, (first, last) in bands.items() if last in starts and last > first
    }
    found = [
        h if h.indicator is None else replace(h, indicator=frozenset(cut.get(k, k) for k in h.indicator))
        for h in headings
    ]
    twice: Counter[tuple[Indicator | None, bool]] = Counter((h.indicator, h.share) for h in found)
    first_total = next((at for at, h in enumerate(found) if h.indicator == ALL and not h.share), -1)
    return [
        replace(h, indicator=None)
        if h.indicator is not None and twice[h.indicator, h.share] > 1 and at != first_total
        else h
        for at, h in enumerate(found)
    ]


def with_shares(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Every percentage with its number and the total it is a share of, where the header leaves that open."""
    counts = {h.indicator: at for at, h in reversed(list(enumerate(headings))) if not h.share}
    whole = counts.get(ALL)
    return tuple(
        replace(h, part=counts.get(h.indicator), whole=whole)
        if h.share and h.indicator is not None and "全" not in h.header
        else h
        for h in headings
    )
