"""The rule book: every rule file read, held against the vocabulary, and put together under a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from lbt_audit.config.located import Located, LocatedList, load_located
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Basis, Rule
from lbt_audit.model.text import Text
from lbt_audit.resources import shown
from lbt_audit.rulebook.build import Entry, build_rule
from lbt_audit.rulebook.flaw import Flaws, unknown
from lbt_audit.rulebook.follows import circles
from lbt_audit.rulebook.heads import SOURCES_FILE, rule_files
from lbt_audit.rulebook.linked import Linked
from lbt_audit.rulebook.located import Place, read_model
from lbt_audit.rulebook.problems import Problems
from lbt_audit.rulebook.profile import Profile
from lbt_audit.rulebook.vocabulary import Vocabulary
from lbt_audit.rulebook.written import CHANGEABLE, KEYS, Sources


@dataclass(frozen=True)
class Catalogue:
    """Rules by code, in the order of the catalogue."""

    rules: Mapping[str, Rule]
    entries: Mapping[str, Entry] = field(default_factory=dict, repr=False)
    vocabulary: Vocabulary | None = field(default=None, repr=False)
    linked: Mapping[str, Linked] = field(default_factory=dict, repr=False)
    problems: Problems = field(default_factory=Problems, repr=False)

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


@dataclass(frozen=True)
class RuleFiles:
    """Rule files as they are written: rules by code, sources by key, and what is wrong with the files."""

    entries: Mapping[str, Entry]
    sources: Mapping[str, Basis]
    problems: tuple[Problem, ...]


def read_rule_files(folder: Path, own: Iterable[Path] = ()) -> RuleFiles:
    """The rules in ``folder`` and the county's files ``own``."""
    problems: list[Problem] = []
    sources = _sources(folder / SOURCES_FILE, problems)
    entries: dict[str, Entry] = {}
    for path in rule_files(folder, own):
        for entry in _entries(path, problems):
            first = entries.setdefault(entry.code, entry)
            if first is not entry:
                where = f"{first.file}:{first.data.lines['code']}"
                text = Text(f"规则代码重复，已见于 {where}", f"duplicate code, already at {where}")
                problems.append(_problem(entry.code, Place(entry.file, entry.data.lines["code"]), text))
    return RuleFiles(entries, sources, tuple(problems))


def make_catalogue(files: RuleFiles, profile: Profile, vocabulary: Vocabulary) -> Catalogue:
    """The rules as ``profile`` wants them.

    ``vocabulary`` knows fields, facts and kinds of check; sources and parameters are added here. Raises
    ConfigError with everything wrong in rules, sources and profile, each with file and line.
    """
    codes = vocabulary.codes or tuple(files.entries)
    vocabulary = replace(vocabulary, params=profile.params, sources=files.sources, codes=codes)
    problems = [*files.problems, *_strangers(profile, files.entries)]
    entries = {
        code: replace(entry, changes=profile.changes.get(code, ())) for code, entry in files.entries.items()
    }
    rules = {}
    for code, entry in entries.items():
        try:
            rules[code] = build_rule(entry, vocabulary)
        except Flaws as flaws:
            problems += _problems(entry, flaws)
    for code, flaw in circles({code: rule.follows for code, rule in rules.items()}):
        problems += _problems(entries[code], Flaws([flaw]))
    if problems:
        raise ConfigError(problems)
    return Catalogue({c: r for c, r in rules.items() if not profile.drops(c)}, entries, vocabulary)


def lint_profile(files: RuleFiles, profile: Profile, vocabulary: Vocabulary) -> list[Problem]:
    """What is wrong with a profile: its codes, and the rules it changes."""
    changed = {code: files.entries[code] for code in profile.changes if code in files.entries}
    try:
        vocabulary = replace(vocabulary, codes=tuple(files.entries))
        make_catalogue(replace(files, entries=changed, problems=()), replace(profile, drop={}), vocabulary)
    except ConfigError as error:
        return [*_strangers(profile, files.entries), *error.problems]
    return _strangers(profile, files.entries)


def _sources(path: Path, problems: list[Problem]) -> dict[str, Basis]:
    if not path.exists():
        return {}
    written, _, found = read_model(path, Sources)
    problems += found
    named = written.root.items() if written is not None else ()
    return {key: Basis(key, s.document, s.article, s.date, s.number) for key, s in named}


@lru_cache(maxsize=64)
def _written(path: Path, _: tuple[int, int]) -> Any:
    """What stands in a rule file; read again only when it has changed."""
    return load_located(path)


def _changed(path: Path) -> tuple[int, int]:
    """(when it was written last, bytes), zeros where it cannot be asked, which reading it tells of."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def _entries(path: Path, problems: list[Problem]) -> Iterator[Entry]:
    try:
        data = _written(path, _changed(path))
    except ConfigError as error:
        problems += error.problems
        return
    if not isinstance(data, LocatedList):
        text = Text("规则文件应为规则列表", "a rule file is a list of rules")
        problems.append(Problem(shown(path), 1, text))
        return
    for item, line in zip(data, data.lines, strict=True):
        if isinstance(item, Located) and isinstance(item.get("code"), str):
            yield Entry(item, shown(path))
        else:
            text = Text("规则应为键值结构，含 code", "a rule is a mapping with a code")
            problems.append(Problem(shown(path), line, text))


def _strangers(profile: Profile, entries: Mapping[str, Entry]) -> list[Problem]:
    """Codes a profile names that no rule has, and keys of rules it may not change."""
    problems = [
        _problem("drop", place, unknown("规则", "rule", prefix, entries).text)
        for prefix, place in profile.drop.items()
        if not any(code.startswith(prefix) for code in entries)
    ]
    for code, changes in profile.changes.items():
        if code not in entries:
            text = unknown("规则", "rule", code, entries).text
            problems.append(_problem("rules", profile.places[code], text))
        for file, change in changes:
            for key in change:
                if key in KEYS and key not in CHANGEABLE:
                    text = Text(f"口径配置不能改“{key}”", f"a profile cannot change {key!r}")
                    problems.append(_problem(code, Place(file, change.lines[key]), text))
    return problems


def _problems(entry: Entry, flaws: Flaws) -> Iterator[Problem]:
    for flaw in flaws.flaws:
        file, line, _ = entry.place(flaw.path)
        yield _problem(entry.code, Place(file, line), flaw.text)


def _problem(code: str, place: Place, text: Text) -> Problem:
    return Problem(*place, Text(f"{code}：{text.zh}", f"{code}: {text.en}"))
