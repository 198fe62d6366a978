"""The rule book: every rule file read, held against the vocabulary, and put together under a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lbt_audit.config.located import Located, LocatedList, load_located
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.rule import Basis, Rule
from lbt_audit.model.text import Text
from lbt_audit.rulebook.build import Entry, build_rule
from lbt_audit.rulebook.flaw import Flaws, unknown
from lbt_audit.rulebook.heads import SOURCES_FILE, rule_files
from lbt_audit.rulebook.located import Place, read_model
from lbt_audit.rulebook.profile import Profile
from lbt_audit.rulebook.vocabulary import Vocabulary
from lbt_audit.rulebook.written import CHANGEABLE, KEYS, Sources


@dataclass(frozen=True)
class Catalogue:
    """Rules by code, in the order of the catalogue."""

    rules: Mapping[str, Rule]
    entries: Mapping[str, Entry] = field(default_factory=dict, repr=False)
    vocabulary: Vocabulary | None = field(default=None, repr=False)

    @property
    def params(self) -> Mapping[str, Any]:
        """Parameters with the values the rules were read under."""
        return self.vocabulary.params if self.vocabulary else {}

    def selected(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Rule]:
        """Rules whose code starts with one of ``select`` (all if empty) and none of ``ignore``.

        Raises ConfigError for a code no rule starts with: a slip of the pen would audit nothing.
        """
        for code in (*select, *ignore):
            if not any(known.startswith(code) for known in self.rules):
                raise ConfigError.at(
                    "rules", 0,
                    f"当前口径下没有代码以“{code}”开头的规则", f"no rule of this profile has a code starting with {code!r}",
                )  # fmt: skip
        return [
            rule
            for code, rule in self.rules.items()
            if (not select or code.startswith(tuple(select)))
            and not code.startswith(tuple(ignore) or ("\0",))
        ]

    def under(self, code: str, params: Mapping[str, Any]) -> Rule:
        """One rule as it is with other values of parameters."""
        if self.vocabulary is None or not params:
            return self.rules[code]
        return build_rule(
            self.entries[code], replace(self.vocabulary, params={**self.vocabulary.params, **params})
        )


def load_catalogue(folder: Path, own: Iterable[Path], profile: Profile, vocabulary: Vocabulary) -> Catalogue:
    """The rules in ``folder`` and the county's files ``own``, as ``profile`` wants them.

    ``vocabulary`` knows fields, facts and kinds of check; sources and parameters are added here. Raises
    ConfigError with everything wrong in rule files, sources and profile, each with file and line.
    """
    reader = _Reader()
    sources = reader.sources(folder / SOURCES_FILE)
    vocabulary = replace(vocabulary, params=profile.params, sources=sources)
    entries = reader.entries(rule_files(folder, own))
    reader.profile(profile, entries, vocabulary)
    rules = {}
    for code, entry in entries.items():
        rule = reader.rule(entry, vocabulary)
        if rule is not None and not profile.drops(code):
            rules[code] = rule
    if reader.problems:
        raise ConfigError(reader.problems)
    return Catalogue(rules, entries, vocabulary)


class _Reader:
    """Gathers what is wrong and reads on."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def sources(self, path: Path) -> dict[str, Basis]:
        if not path.exists():
            return {}
        written, _, problems = read_model(path, Sources)
        self.problems += problems
        return (
            {}
            if written is None
            else {key: Basis(key, s.document, s.article, s.date, s.number) for key, s in written.root.items()}
        )

    def entries(self, files: Iterable[Path]) -> dict[str, Entry]:
        """Every rule as written, by code."""
        found: dict[str, Entry] = {}
        for path in files:
            for entry in self._entries(path):
                first = found.setdefault(entry.code, entry)
                if first is not entry:
                    where = f"{first.file}:{first.data.lines['code']}"
                    flaw = Text(f"规则代码重复，已见于 {where}", f"duplicate code, already at {where}")
                    self._add(entry.code, Place(entry.file, entry.data.lines["code"]), flaw)
        return found

    def _entries(self, path: Path) -> Iterator[Entry]:
        try:
            data = load_located(path)
        except ConfigError as error:
            self.problems += error.problems
            return
        if not isinstance(data, LocatedList):
            text = Text("规则文件应为规则列表", "a rule file is a list of rules")
            self.problems.append(Problem(path.name, 1, text))
            return
        for item, line in zip(data, data.lines, strict=True):
            if isinstance(item, Located) and "code" in item:
                yield Entry(item, path.name)
            else:
                text = Text("规则应为键值结构，含 code", "a rule is a mapping with a code")
                self.problems.append(Problem(path.name, line, text))

    def profile(self, profile: Profile, entries: dict[str, Entry], vocabulary: Vocabulary) -> None:
        """Lay what the profile changes over the entries."""
        for prefix, place in profile.drop.items():
            if not any(code.startswith(prefix) for code in entries):
                self._add("drop", place, unknown("规则", "rule", prefix, entries).text)
        for code, changes in profile.changes.items():
            if code not in entries:
                self._add("rules", profile.places[code], unknown("规则", "rule", code, entries).text)
                continue
            entry = entries[code]
            for file, change in changes:
                for key in change:
                    if key in KEYS and key not in CHANGEABLE:
                        text = Text(f"口径配置不能改“{key}”", f"a profile cannot change {key!r}")
                        self._add(code, Place(file, change.lines[key]), text)
            entries[code] = replace(entry, changes=changes)

    def rule(self, entry: Entry, vocabulary: Vocabulary) -> Rule | None:
        try:
            return build_rule(entry, vocabulary)
        except Flaws as flaws:
            for flaw in flaws.flaws:
                file, line, _ = entry.place(flaw.path)
                self._add(entry.code, Place(file, line), flaw.text)
            return None

    def _add(self, code: str, place: Place, text: Text) -> None:
        self.problems.append(Problem(*place, Text(f"{code}：{text.zh}", f"{code}: {text.en}")))
