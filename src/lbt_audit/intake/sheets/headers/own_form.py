"""Whether the headers of a table are those of the county's own form of some register, and what they mean there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lbt_audit.intake.sheets.headers.mapping import written
from lbt_audit.model.dictionary import header_levels
from lbt_audit.model.kind import Heading, Kind

_SHARE = 0.6  # of the form's columns in the table, and of the table's in the form

Paths = Sequence[tuple[int, tuple[str, ...]]]


def own_form(paths: Paths, kinds: Iterable[Kind]) -> Kind | None:
    """The kind whose own form the table is: most of its columns are there, and few besides."""
    forms = [kind for kind in kinds if kind.headings]
    if not forms:
        return None
    have = {key for _, key in _keys(paths)}
    shared = [(len(have & asked), len(asked), kind) for kind in forms if (asked := set(_asked(kind)))]
    like = [
        (n / (len(have) + size - n), kind) for n, size, kind in shared if n >= _SHARE * max(size, len(have))
    ]
    return max(like, key=lambda found: found[0])[1] if like else None


def form_columns(paths: Paths, kind: Kind) -> Mapping[int, Heading]:
    """Column → what the county's own form of ``kind`` says of it; of columns the form does not have, nothing."""
    asked = _asked(kind)
    return {index: asked[key] for index, key in _keys(paths) if key in asked} if asked else {}


def numbered_headers(headers: Iterable[str]) -> Iterator[str]:
    """Headers as a schema writes them: of several of the same words each after the first with its number."""
    seen: Counter[tuple[str, ...]] = Counter()
    for header in headers:
        levels = header_levels(header)
        seen[levels] += 1
        yield header if seen[levels] == 1 else f"{header} #{seen[levels]}"


def _asked(kind: Kind) -> dict[tuple[tuple[str, ...], int], Heading]:
    return dict(zip(_numbers(header_levels(h.printed) for h in kind.headings), kind.headings, strict=True))


def _keys(paths: Paths) -> list[tuple[int, tuple[tuple[str, ...], int]]]:
    headed = [(index, header_levels(written(path))) for index, path in paths if path]
    return [(index, key) for (index, _), key in zip(headed, _numbers(x for _, x in headed), strict=True)]


def _numbers(headers: Iterable[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], int]]:
    seen: Counter[tuple[str, ...]] = Counter()
    for levels in headers:
        seen[levels] += 1
        yield levels, seen[levels]
