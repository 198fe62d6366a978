"""What one audit says to the ledger: which issues it saw and which files it could see them in.

Nothing enters the ledger that names a child in clear: an audit run without masks is masked here, and
the names in the paths of one-child forms are too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.identity.children import ChildIndex
from lbt_audit.ledger.recording.readings import Files, Home, Key
from lbt_audit.model.record import dataclass
from lbt_audit.values.mask import mask_array, mask_text, mask_value

COLUMNS = (
    "fingerprint", "rule", "severity", "title", "message", "fix", "child", "child_key", "unit", "township",
    "responsible_level", "responsible_unit", "responsible_township", "deadline", "urgent", "follows",
)  # fmt: skip
AT_ONCE = "D0"
"""The deadline class of what concerns a child's safety: to be looked into the same day."""
_WORDS = ("unit", "responsible_unit")  # "" rather than nothing

Stand = tuple[str, str, str, str]  # fingerprint, unit, kind of file, column ("" for the file as such)


@dataclass(frozen=True)
class Observation:
    """``rows``: one tuple per issue (COLUMNS, then place). ``standing``: where each issue stands: in the files
    it points at and, where a list lacks the child, in that list's files of the child's units. ``readings``:
    (unit, kind) → records read, without the units of which a file could not be read; ``columns``: (unit, kind,
    column) read to the end; ``ran``: codes of the rules that ran to their end; ``children``: who stands where,
    None where the audit was not asked."""

    rows: list[tuple[Any, ...]]
    standing: set[Stand]
    readings: dict[Key, int]
    columns: set[tuple[str, str, str]]
    ran: frozenset[str]
    children: ChildIndex | None


def observe(audit: Audit) -> Observation:
    """Turn an audit's columns into the rows the ledger keeps."""
    files = Files.of(audit)
    issues = audit.issues
    lists = {name: issues[name].to_pylist() for name in COLUMNS if name != "urgent"}
    lists["urgent"] = [c == AT_ONCE for c in issues["deadline_class"].to_pylist()]
    for name in _WORDS:
        lists[name] = [word or "" for word in lists[name]]
    lists["deadline"] = [d.isoformat() for d in lists["deadline"]]
    if audit.run.mask == "none":
        lists["child"] = mask_array(issues["child"], "name", "partial").to_pylist()
        lists["message"] = lists["title"]
    places, standing = _places(audit, lists["fingerprint"], files)
    return Observation(
        rows=list(zip(*(lists[name] for name in COLUMNS), places, strict=True)),
        standing=standing | _lists(audit, lists["fingerprint"], files),
        readings={
            key: n for key, n in files.readings.items() if key[0] not in files.doubtful or key[1][:1] == "#"
        },
        columns=files.columns,
        ran=frozenset(r.rule.code for r in audit.rules if r.status == "ran"),
        children=audit.children,
    )


def _places(audit: Audit, fingerprints: Sequence[str], files: Files) -> tuple[list[str], set[Stand]]:
    """The first place of each issue in words, and every file and column it stands in."""
    locations, issues = audit.locations, audit.issues
    at = locations["issue"].to_numpy()
    place = [""] * len(fingerprints)
    standing: set[Stand] = set()
    first = np.ones(len(at), np.bool_)
    first[1:] = at[1:] != at[:-1]
    columns = ("path", "sheet", "row", "column", "field")
    paths, sheets, rows, letters, fields = (locations[name].to_pylist() for name in columns)
    homes = list(zip(*(issues[name].to_pylist() for name in ("unit", *Home._fields)), strict=True))
    of_child = issues["child"].is_valid().to_pylist()
    for i, issue in enumerate(at.tolist()):
        path, sheet = paths[i], sheets[i]
        unit, *home = homes[issue]
        key = files.reading(path, sheet, unit or "", Home(*home))
        standing.add((fingerprints[issue], *key, ""))
        if of_child[issue] and fields[i] and key != files.before:
            standing.add((fingerprints[issue], *key, fields[i]))
        if first[i]:
            cell = f"{letters[i] or ''}{rows[i] or ''}"
            source = _without_names(":".join(p for p in (path, sheet) if p), files.names.get(path, ()))
            place[issue] = source + (f"!{cell}" if cell else "")
    return place, standing


def _lists(audit: Audit, fingerprints: Sequence[str], files: Files) -> set[Stand]:
    """The lists that issues rest on without pointing at them."""
    rests = audit.rests
    at = rests["issue"]
    homes = zip(*(audit.issues[c].take(at).to_pylist() for c in Home._fields), strict=True)
    known: dict[tuple[str, Home], set[Key]] = {}
    standing: set[Stand] = set()
    for issue, kind, names in zip(at.to_pylist(), rests["kind"].to_pylist(), homes, strict=True):
        asked = (kind, Home(*names))
        if asked not in known:
            known[asked] = files.lists_of(*asked)
        standing.update((fingerprints[issue], *key, "") for key in known[asked])
    return standing


def _without_names(source: str, names: Sequence[str]) -> str:
    """A path without the names of the children its file is about, nor identity numbers."""
    for name in names:
        if name in source:
            source = source.replace(name, mask_value(name, "name"))
    return mask_text(source)
