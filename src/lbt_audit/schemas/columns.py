"""Entries of ``schemas/columns/*.yaml`` → ``Field``: what a column holds and the headers it goes by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from typing import Any, Final, get_args

from lbt_audit.model.dictionary import Fact, Group, normalise_header
from lbt_audit.model.field import Field, Privacy
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.schemas.checks import READINGS, TAKES, read_checks
from lbt_audit.schemas.problems import Problems

KEYS: Final = {
    "zh", "en", "checks", "privacy", "group", "titles", "aliases", "leaves", "vague", "worded", "each", "spare", "asked",
    "instead",
}  # fmt: skip
REQUIRED: Final = ("zh", "en", "checks", "privacy")
NO_FIELD: Final = Text("没有字段“{}”", "no such field {!r}")
NO_GROUP: Final = Text("没有表头组“{}”", "no header group {!r}")


@dataclass
class Columns:
    """Every field read so far, with what its entry says besides; filled file by file."""

    groups: Mapping[str, Group]
    facts: Mapping[str, Fact]  # what may stand outside the records
    lists: Collection[str]  # names of the code lists there are
    fields: dict[str, Field] = field(default_factory=dict)
    vague: dict[str, str] = field(default_factory=dict)
    spares: dict[str, str] = field(default_factory=dict)
    worded: dict[str, str] = field(default_factory=dict)
    _headers: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, data: Mapping[str, Any], home: str, problems: Problems) -> list[str]:
        """The keys of the fields ``data`` declares. ``home``: the header group where an entry names none."""
        names: list[str] = []
        lines: dict[str, int] = {}
        for key, entry in data.items():
            for made, line in self._entry(key, entry, home, problems):
                names.append(made.key)
                lines[made.key] = line
                if made.key in self.fields:
                    problems.add(line, f"字段“{made.key}”重复", f"duplicate field {made.key!r}")
                self.fields[made.key] = made
                self.vague.update(dict.fromkeys(entry.get("vague") or (), made.key))
                self.worded.update({normalise_header(h): made.key for h in entry.get("worded") or ()})
                if "spare" in entry:
                    self.spares[made.key] = entry["spare"]
                self._clashes(made, line, problems)
        for key in names:
            for other in (*self.fields[key].instead, self.spares.get(key, key)):
                if other not in self.fields:
                    problems.unknown(lines[key], NO_FIELD, other, self.fields)
        return names

    def _entry(self, key: str, entry: Any, home: str, problems: Problems) -> Iterator[tuple[Field, int]]:
        if not problems.keys(entry, KEYS, required=REQUIRED):
            return
        persons: list[str] = entry.get("each") or [entry.get("group", home)]
        unknown = [g for g in persons if g not in self.groups]
        for group in unknown:
            problems.unknown(
                entry.lines.get("each", entry.lines.get("group", entry.line)), NO_GROUP, group, self.groups
            )
        checks = read_checks(entry["checks"], entry.lines["checks"], self.lists, problems)
        if not problems.choice(entry, "privacy", get_args(Privacy)) or unknown or checks is None:
            return
        for group in persons:
            yield _field(key, entry, self.groups[group], "each" in entry, checks), entry.line

    def _clashes(self, made: Field, line: int, problems: Problems) -> None:
        """A full header, or a leaf of a group, may mean one field only."""
        full = [("", h) for h in (*made.titles, *made.aliases)]
        for place, header in full + [(made.group, h) for h in made.leaves]:
            other = self._headers.setdefault((place, normalise_header(header)), made.key)
            if other != made.key:
                problems.add(
                    line,
                    f"表头“{header}”同时属于 {other} 和 {made.key}",
                    f"header {header!r} belongs to both {other} and {made.key}",
                )


def _field(
    key: str, entry: Mapping[str, Any], group: Group, person: bool, checks: Mapping[str, Any]
) -> Field:
    """The field of ``entry``, filled in for the person ``group`` is about where it stands for several."""
    marks = (("{p}", group.key), ("{P}", group.word.zh), ("{E}", group.word.en.capitalize()))

    def fill(text: Any) -> Any:
        if isinstance(text, str):
            for mark, word in marks if person else ():
                text = text.replace(mark, word)
        elif isinstance(text, Mapping):
            return {fill(k): fill(v) for k, v in text.items()}
        elif isinstance(text, list):
            return [fill(v) for v in text]
        return text

    reading, argument = next(iter(checks.items()))
    return Field(
        key=fill(key),
        title=Text(fill(entry["zh"]), fill(entry["en"])),
        kind=READINGS[reading],
        group=group.key,
        privacy=entry["privacy"],
        titles=tuple(fill(h) for h in entry.get("titles") or ()),
        aliases=tuple(fill(h) for h in entry.get("aliases") or ()),
        leaves=tuple(entry.get("leaves") or ()),
        codes=argument.get("list") or TAKES.get(reading),
        checks=checks,
        asked=fill(entry.get("asked")),
        instead=tuple(fill(f) for f in entry.get("instead") or ()),
    )
