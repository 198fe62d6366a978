"""Profiles: policy differs by place and year, so rules are dropped, changed and given other parameters.

A file of ``rules/profiles``: ``title``, ``extends`` (another profile), ``params``, ``drop`` (codes or prefixes),
``rules`` (code → severity, deadline, responsible or a parameter of its check). The profile that extends none
declares all parameters there are, and under ``choices`` the words a parameter may be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

from lbt_audit.config.located import Located
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.resources import shown
from lbt_audit.rulebook.flaw import Flaw, unknown
from lbt_audit.rulebook.located import Place, read_model
from lbt_audit.rulebook.written import WrittenProfile

MOST = 9_999
"""A larger parameter is no number of months, days, years or records."""
_MONTH_DAY = regex("[0-9]{2}-[0-9]{2}")
DEFAULT_PROFILE = "three_month_county"


@dataclass(frozen=True)
class Profile:
    """``drop``: codes or prefixes with the place each stands at; ``changes``: code → (file, keys changed), the base
    profile's first; ``origins``: parameter → name of the file that gave it its value last."""

    name: str
    title: Text
    params: Mapping[str, Any]
    choices: Mapping[str, tuple[str, ...]]  # of parameters that are one of a few words
    drop: Mapping[str, Place]
    changes: Mapping[str, tuple[tuple[str, Located], ...]]
    places: Mapping[str, Place]  # of the codes in ``changes``
    origins: Mapping[str, str] = field(default_factory=dict)

    def drops(self, code: str) -> bool:
        return code.startswith(tuple(self.drop)) if self.drop else False


def profile_names(folder: Path) -> list[str]:
    return sorted(p.stem for p in (folder / "profiles").glob("*.yaml"))


def load_profile(folder: Path, name: str) -> Profile:
    """The profile ``name`` with all it extends. Raises ConfigError naming file and line of everything wrong."""
    return _load(folder, name, ())


def _load(folder: Path, name: str, through: tuple[str, ...]) -> Profile:
    known = profile_names(folder)
    if name not in known:
        near = did_you_mean(name, known)
        zh = near.zh or f"，可用的有：{'、'.join(known)}"
        en = near.en or f"; there are {', '.join(known)}"
        raise ConfigError.at("rules/profiles", 0, f"没有口径配置“{name}”{zh}", f"no profile {name!r}{en}")
    written, data, problems = read_model(folder / "profiles" / f"{name}.yaml", WrittenProfile)
    file = shown(folder / "profiles" / f"{name}.yaml")
    if written is None:
        raise ConfigError(problems)
    if written.extends is None:
        origins = dict.fromkeys(written.params, f"{name}.yaml")
        changes = _changes(file, data, {}, {}, {})
        return Profile(name, written.title, written.params, written.choices, *changes, origins)
    if written.extends in (*through, name):
        zh, en = f"口径互相继承：{written.extends}", f"profiles extend each other: {written.extends}"
        raise ConfigError.at(file, data.lines["extends"], zh, en)
    try:
        base = _load(folder, written.extends, (*through, name))
    except ConfigError as error:
        if written.extends in known:
            raise
        flaw = unknown("口径配置", "profile", written.extends, known)
        raise ConfigError([Problem(file, data.lines["extends"], flaw.text)]) from error
    given = data.get("params") or Located()
    merged = with_params(base, written.params, file, lambda key: given.lines[key])
    return Profile(
        name,
        written.title,
        merged.params,
        base.choices,
        *_changes(file, data, base.drop, base.changes, base.places),
        merged.origins,
    )


def _changes(
    file: str,
    data: Located,
    drop: Mapping[str, Place],
    changes: Mapping[str, tuple[tuple[str, Located], ...]],
    places: Mapping[str, Place],
) -> tuple[dict[str, Place], dict[str, tuple[tuple[str, Located], ...]], dict[str, Place]]:
    dropped = data.get("drop") or []
    rules = data.get("rules") or Located()
    return (
        {
            **drop,
            **{
                code: Place(file, line)
                for code, line in zip(dropped, getattr(dropped, "lines", ()), strict=False)
            },
        },
        {**changes, **{code: (*changes.get(code, ()), (file, change)) for code, change in rules.items()}},
        {**places, **{code: Place(file, rules.lines[code]) for code in rules}},
    )


def with_params(
    profile: Profile, params: Mapping[str, Any], file: str, line_of: Callable[[str], int]
) -> Profile:
    """Other parameters over the profile's. Raises ConfigError for all that are refused."""
    problems = []
    for name, value in params.items():
        flaw = _refused(name, value, profile.params, profile.choices)
        if flaw is not None:
            problems.append(Problem(file, line_of(name), flaw.text))
    if problems:
        raise ConfigError(problems)
    origins = {**profile.origins, **dict.fromkeys(params, Path(file).name)}
    return replace(profile, params={**profile.params, **params}, origins=origins)


def _refused(
    name: str, value: Any, params: Mapping[str, Any], choices: Mapping[str, tuple[str, ...]]
) -> Flaw | None:
    if name not in params:
        return unknown("参数", "parameter", name, params)
    default = params[name]
    if isinstance(default, bool) or isinstance(value, bool):
        good = isinstance(value, bool) and isinstance(default, bool)
        shape = ("true 或 false", "true or false")
    elif isinstance(default, int):
        good, shape = _between(value, int, MOST), (f"0 至 {MOST} 的整数", f"a whole number from 0 to {MOST}")
    elif isinstance(default, float):
        good, shape = _between(value, int | float, 1), ("0 至 1 的数字", "a number from 0 to 1")
    elif name in choices:
        options = choices[name]
        good, shape = value in options, (" 或 ".join(options), " or ".join(options))
    elif isinstance(default, str) and _is_month_day(default):
        good, shape = _is_month_day(value), ("月-日，如 09-01", "month and day, such as 09-01")
    else:
        good, shape = isinstance(value, type(default)), ("文字", "a text")
    return None if good else Flaw(f"“{name}”应为{shape[0]}", f"{name!r} must be {shape[1]}")


def _between(value: Any, kind: Any, most: int) -> bool:
    return isinstance(value, kind) and 0 <= value <= most


def _is_month_day(text: Any) -> bool:
    if not isinstance(text, str) or not _MONTH_DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"2001-{text}")  # every year has it
    except ValueError:
        return False
    return True
