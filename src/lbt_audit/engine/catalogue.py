"""The rule catalogue: every rule of ``rules/*.yaml`` and of the county's own files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lbt_audit.checks.base import Check
from lbt_audit.checks.registry import checks
from lbt_audit.config.located import Located, load_located
from lbt_audit.engine.profile import DEFAULT_PROFILE, Profile, load_profile
from lbt_audit.engine.sources import read_sources
from lbt_audit.frames.condition import substitute
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.rule import Basis, Rule
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

REQUIRED_KEYS = (
    "code", "title", "severity", "tables", "check", "points_at", "message", "fix", "basis", "responsible",
    "deadline", "examples",
)  # fmt: skip
OPTIONAL_KEYS = ("decision", "priority")
SOURCES_FILE = "sources.yaml"
NOT_RULES = (SOURCES_FILE, "words.yaml")


@dataclass(frozen=True)
class Entry:
    """A rule as written, before lint: the mapping and where it stands."""

    data: Located
    path: Path

    @property
    def code(self) -> str:
        return str(self.data.get("code", "?"))

    def line(self, key: str | None = None) -> int:
        return self.data.lines.get(key, self.data.line) if key else self.data.line

    def error(self, zh: str, en: str) -> ConfigError:
        return ConfigError.at(self.path.name, self.line(), f"{self.code}：{zh}", f"{self.code}: {en}")


@dataclass(frozen=True)
class Catalogue:
    """Rules by code, in the order of the catalogue."""

    rules: Mapping[str, Rule]

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


def rule_files(folder: Path, extra: Iterable[Path] = ()) -> list[Path]:
    """The shipped rule files in order of their groups, then the county's own."""
    return [p for p in sorted(folder.glob("*.yaml")) if p.name not in NOT_RULES] + list(extra)


def read_entries(files: Iterable[Path]) -> list[Entry]:
    """Every rule as written. Raises ConfigError where a file is not YAML or not a list of rules."""
    entries = []
    for path in files:
        data = load_located(path)
        if not isinstance(data, list) or not all(isinstance(item, Located) for item in data):
            raise ConfigError.at(path.name, 1, "规则文件应为规则列表", "a rule file is a list of rules")
        entries += [Entry(item, path) for item in data]
    return entries


def read_basis(folder: Path) -> dict[str, Basis]:
    path = folder / SOURCES_FILE
    return read_sources(load_located(path)) if path.exists() else {}


def load_catalogue(folder: Path, extra: Iterable[Path] = (), profile: Profile | None = None) -> Catalogue:
    """The catalogue in ``folder`` and the files ``extra``, as ``profile`` wants it (else all of it, under the
    parameters of the default profile).

    Entries must be whole; ``engine.lint`` gives the full list of what is wrong with one.
    Raises ConfigError naming file and line.
    """
    basis = read_basis(folder)
    params = (profile or load_profile(folder, DEFAULT_PROFILE)).params
    changes = profile.overrides if profile else {}
    dropped = profile.drop if profile else ()
    rules: dict[str, Rule] = {}
    for entry in read_entries(rule_files(folder, extra)):
        missing = [k for k in REQUIRED_KEYS if k not in entry.data]
        if missing:
            keys = ", ".join(missing)
            raise entry.error(f"缺少 {keys}", f"{keys} is missing")
        if entry.code in rules:
            raise entry.error("规则代码重复", "duplicate code")
        if dropped and entry.code.startswith(dropped):
            continue
        try:
            rules[entry.code] = build_rule(entry, basis, params, changes.get(entry.code, {}))
        except (KeyError, TypeError, ValueError) as error:
            raise entry.error(f"内容有误：{error}", f"not as it must be: {error}") from error
    return Catalogue(rules)


def build_rule(
    entry: Entry, basis: Mapping[str, Basis], params: Mapping[str, Any], change: Mapping[str, Any]
) -> Rule:
    """A Rule from its entry and what a profile changes of it; raises KeyError or ValueError where a part is
    not as it must be."""
    data = {**entry.data, **change}
    given = {k: v for k, v in data.items() if k not in (*REQUIRED_KEYS, *OPTIONAL_KEYS)}
    check = checks()[data["check"]]
    rule = Rule(
        code=entry.code,
        title=Text.of(data["title"]),
        severity=Severity.of(data["severity"]),
        tables=tuple(data["tables"]),
        check=data["check"],
        params=given,
        points_at=tuple(data["points_at"] or ()),
        message=Text.of(data["message"]),
        fix=Text.of(data["fix"]),
        basis=tuple(basis[key] for key in data["basis"]),
        responsible=data["responsible"],
        deadline=data["deadline"],
        examples=data["examples"],
        decision=Text.of(data["decision"]) if "decision" in data else None,
        priority=int(data.get("priority", 1)),
        source=f"{entry.path.name}:{entry.line()}",
    )
    return rule if check.params is None else with_given(rule, check, given, params)


def with_given(rule: Rule, check: Check[Any], given: Mapping[str, Any], params: Mapping[str, Any]) -> Rule:
    assert check.params is not None
    given = dict(resolve_params(given, params))
    words = {key: Text.of(text) for key, text in given.pop("words", {}).items()}
    people = given.pop("for_each", ())
    variants = {
        who: replace(
            rule,
            params=check.params.model_validate(substitute(given, {"p": who})),
            points_at=tuple(substitute(rule.points_at, {"p": who})),
            words=words,
        )
        for who in people or [""]
    }
    first = next(iter(variants.values()))
    return replace(first, points_at=rule.points_at, variants=variants if people else {})


def resolve_params(value: Any, params: Mapping[str, Any]) -> Any:
    """``value`` with every ``{param: name}`` replaced by the parameter's value, and lists as tuples."""
    if isinstance(value, Mapping):
        if set(value) == {"param"}:
            return params[value["param"]]
        return {k: resolve_params(v, params) for k, v in value.items()}
    return tuple(resolve_params(v, params) for v in value) if isinstance(value, list | tuple) else value
