"""Which kind of register a table is: by its fields and the words of its title, not its file name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatch

from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass

_LEVEL = 1.5  # a village's register is likelier a village book than a township's roster
_OTHER_LEVEL = 0.8  # and the list of a township, whatever it is called (台账), no village's and no school's
_FILE = 0.2  # a file name's words only part what is otherwise equal
_TIE = 0.25


@dataclass(frozen=True)
class Verdict:
    """The kind, or None where the sheet is no register; ``alternatives`` fit nearly as well. ``nearest``: of a list
    no kind was recognised in, the kind it comes nearest to."""

    kind: str | None
    alternatives: tuple[str, ...] = ()
    scores: Mapping[str, float] | None = None
    nearest: str | None = None


def recognise(
    fields: Collection[str],
    title: str,
    file_name: str,
    level: str | None,
    kinds: Mapping[str, Kind],
    claimed: Mapping[str, Collection[str]] | None = None,
) -> Verdict:
    """Weigh ``fields`` (mapped), the words of ``title`` (titles and sheet name) and the unit's level. ``claimed``: what
    a register may be about → the fields bare headers mean in it."""
    scores: dict[str, float] = {}
    short: dict[str, float] = {}  # kinds whose threshold is not reached
    fallback: str | None = None
    for kind, schema in kinds.items():
        if schema.layout == "form":
            continue
        signature = schema.signature
        present = {*fields, *(claimed or {}).get(schema.about or "", ())}
        if any(not present & needed for needed in signature.needs):
            continue
        score = sum(w for f, w in signature.fields.items() if f in present)
        score += sum(w for word, w in signature.titles.items() if word in title)
        if score < signature.threshold:
            short[kind] = score
            continue
        if signature.fallback:
            fallback = kind
            continue
        if level is not None and level == schema.level:
            score += _LEVEL
        elif level == "township" and schema.child == "listed":
            score -= _OTHER_LEVEL
        score += _FILE * sum(w for word, w in signature.titles.items() if word in file_name)
        scores[kind] = score
    if not scores:
        listed = [k for k in short if kinds[k].child != "none" and short[k] > 0]
        return Verdict(fallback, nearest=max(listed, key=lambda k: (short[k], k), default=None))
    ranked = sorted(scores, key=lambda k: (-scores[k], k))
    best = ranked[0]
    close = tuple(k for k in ranked[1:] if scores[best] - scores[k] <= _TIE)
    return Verdict(best, close, scores)


def chosen_kind(path: str, kinds: Sequence[tuple[str, str]]) -> str | None:
    """The kind the user said files like ``path`` are; the last matching pattern decides."""
    for pattern, kind in reversed(kinds):
        if fnmatch(path, pattern) or fnmatch(path.rpartition("/")[2], pattern):
            return kind
    return None
