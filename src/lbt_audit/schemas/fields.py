"""``schemas/fields.yaml`` → ``Dictionary``, with every mistake named by file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.model.dictionary import Dictionary, Fact, Group, normalise_header
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.field import Field, Privacy
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.text import Text
from lbt_audit.schemas.tables import load_tables

__all__ = ["VALUE_KINDS", "Dictionary", "load_fields"]

# The names of lbt_audit.values.registry.KINDS, which is not imported here: it needs pyarrow.
VALUE_KINDS = frozenset(
    {
        "name", "citizen_id", "date", "phone", "place", "address", "code", "codes", "yes_no", "relation",
        "ethnicity", "integer", "grade", "class_name", "xueji_no", "disability_card", "text",
    }
)  # fmt: skip
_GROUP_KEYS = {"word", "en", "headers", "person"}
_FACT_KEYS = {"zh", "en", "labels"}
_FIELD_KEYS = {
    "group", "kind", "codes", "privacy", "zh", "en", "titles", "aliases", "leaves", "vague", "each", "spare",
}  # fmt: skip
_REQUIRED = ("group", "kind", "privacy", "zh", "en")


def load_fields(path: Path) -> Dictionary:
    """Read the dictionary and, beside it, what each kind of table is recognised by.

    Raises ConfigError listing every problem as ``file:line``.
    """
    data = load_mapping(path)
    reader = _Reader(path.name)
    dictionary = reader.read(data)
    if reader.problems:
        raise ConfigError(reader.problems)
    signatures = {kind: table.signature for kind, table in load_tables(path.parent).items()}
    return Dictionary(
        dictionary.fields,
        dictionary.groups,
        dictionary.facts,
        dictionary.vague,
        dictionary.spares,
        signatures,
    )


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def problem(self, line: int, zh: str, en: str) -> None:
        self.problems.append(Problem(self.name, line, Text(zh, en)))

    def read(self, data: Located) -> Dictionary:
        self._keys(data, {"groups", "fields", "facts"})
        groups = dict(self._groups(data.get("groups") or Located()))
        vague: dict[str, str] = {}
        spares: dict[str, str] = {}
        fields: dict[str, Field] = {}
        lines: dict[str, int] = {}
        raw = data.get("fields") or Located()
        for key, entry in raw.items():
            line = raw.lines[key]
            if not self._entry(key, entry, line, groups):
                continue
            for field in _expand(key, entry, groups):
                if field.key in fields:
                    self.problem(line, f"字段“{field.key}”重复", f"duplicate field {field.key!r}")
                fields[field.key] = field
                lines[field.key] = line
                vague.update(dict.fromkeys(entry.get("vague") or (), field.key))
                if "spare" in entry:
                    spares[field.key] = entry["spare"]
        for key, spare in spares.items():
            if spare not in fields:
                self.problem(lines[key], f"没有字段“{spare}”", f"no field {spare!r}")
        self._clashes(fields, lines)
        facts = {
            key: Fact(key, Text(entry["zh"], entry["en"]), tuple(entry["labels"]))
            for key, entry in (data.get("facts") or {}).items()
            if self._keys(entry, _FACT_KEYS, required=_FACT_KEYS)
        }
        return Dictionary(fields, groups, facts, vague, spares)

    def _groups(self, data: Located) -> Iterator[tuple[str, Group]]:
        for key, entry in data.items():
            if self._keys(entry, _GROUP_KEYS, required={"word", "en", "headers"}):
                word = Text(entry["word"], entry["en"])
                yield key, Group(key, word, tuple(entry["headers"]), entry.get("person", False))

    def _keys(self, data: Any, known: Iterable[str], required: Iterable[str] = ()) -> bool:
        known = list(known)
        for key in data:
            if key not in known:
                near = did_you_mean(key, known)
                self.problem(data.lines[key], f"未知的键“{key}”{near.zh}", f"unknown key {key!r}{near.en}")
        missing = [key for key in required if key not in data]
        for key in missing:
            self.problem(data.line, f"缺少“{key}”", f"{key!r} is missing")
        return not missing

    def _entry(self, key: str, entry: Any, line: int, groups: dict[str, Group]) -> bool:
        if not isinstance(entry, Located):
            self.problem(line, f"“{key}”应为键值结构", f"{key!r} must be a mapping")
            return False
        good = self._keys(entry, _FIELD_KEYS, required=_REQUIRED)
        if not good:
            return False
        checks: list[tuple[str, Iterable[str]]] = [
            ("kind", VALUE_KINDS),
            ("privacy", get_args(Privacy)),
        ]
        if "{p}" not in entry["group"]:
            checks.append(("group", groups))
        for name, allowed in checks:
            if entry[name] not in allowed:
                near = did_you_mean(entry[name], allowed)
                self.problem(
                    entry.lines[name],
                    f"“{name}”不能是“{entry[name]}”{near.zh}",
                    f"{name!r} cannot be {entry[name]!r}{near.en}",
                )
                good = False
        for who in entry.get("each") or ():
            if who not in groups:
                near = did_you_mean(who, groups)
                self.problem(entry.lines["each"], f"没有表头组“{who}”{near.zh}", f"no group {who!r}{near.en}")
                good = False
        if entry["kind"] in ("code", "codes") and "codes" not in entry:
            self.problem(line, f"“{key}”须指明代码表（codes）", f"{key!r} must name its code list (codes)")
            good = False
        return good

    def _clashes(self, fields: dict[str, Field], lines: dict[str, int]) -> None:
        """A full header, or a leaf of a group, may mean one field only."""
        seen: dict[tuple[str, str], str] = {}
        for field in fields.values():
            full = [("", normalise_header(h)) for h in (*field.titles, *field.aliases)]
            leaves = [(field.group, normalise_header(h)) for h in field.leaves]
            for place, header in full + leaves:
                other = seen.setdefault((place, header), field.key)
                if other != field.key:
                    self.problem(
                        lines[field.key],
                        f"表头“{header}”同时属于 {other} 和 {field.key}",
                        f"header {header!r} belongs to both {other} and {field.key}",
                    )


def _expand(key: str, entry: Located, groups: dict[str, Group]) -> Iterator[Field]:
    for who in entry.get("each") or [""]:
        group = groups.get(who)
        marks = (who, group.word.zh, group.word.en.capitalize()) if group else ("", "", "")

        def fill(text: str, marks: tuple[str, str, str] = marks) -> str:
            if "{" not in text:
                return text
            return text.replace("{p}", marks[0]).replace("{P}", marks[1]).replace("{E}", marks[2])

        yield Field(
            key=fill(key),
            title=Text(fill(entry["zh"]), fill(entry["en"])),
            kind=entry["kind"],
            group=fill(entry["group"]),
            privacy=entry["privacy"],
            titles=tuple(fill(h) for h in entry.get("titles") or ()),
            aliases=tuple(fill(h) for h in entry.get("aliases") or ()),
            leaves=tuple(entry.get("leaves") or ()),
            codes=entry.get("codes"),
        )
