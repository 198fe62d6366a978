"""Profiles: policy differs by place and year, so rules are selected, dropped and re-parametrised.

A profile file: ``title``, ``extends`` (another profile), ``params``, ``drop`` (codes or prefixes),
``rules`` (code → severity, deadline, responsible or a parameter of its check).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lbt_audit.config.located import load_mapping
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.text import Text

KEYS = {"title", "extends", "params", "drop", "rules"}
DEFAULT_PROFILE = "three_month_county"


@dataclass(frozen=True)
class Profile:
    name: str
    title: Text
    params: Mapping[str, Any]
    drop: tuple[str, ...]
    overrides: Mapping[str, Mapping[str, Any]]


def profile_names(folder: Path) -> list[str]:
    return sorted(p.stem for p in (folder / "profiles").glob("*.yaml"))


def load_profile(folder: Path, name: str) -> Profile:
    """The profile ``name`` with all it extends. Raises ConfigError naming file and line."""
    path = folder / "profiles" / f"{name}.yaml"
    if not path.exists():
        known = profile_names(folder)
        near = difflib.get_close_matches(name, known, 1)
        if near:
            zh, en = f"，是否为“{near[0]}”？", f"; did you mean {near[0]!r}?"
        else:
            zh, en = f"，可用的有：{'、'.join(known)}", f"; there are {', '.join(known)}"
        raise ConfigError.at("rules/profiles", 0, f"没有口径配置“{name}”{zh}", f"no profile {name!r}{en}")
    data = load_mapping(path)
    unknown = [k for k in data if k not in KEYS]
    if unknown:
        line = data.lines[unknown[0]]
        raise ConfigError.at(path.name, line, f"未知的键“{unknown[0]}”", f"unknown key {unknown[0]!r}")
    base = load_profile(folder, data["extends"]) if "extends" in data else None
    overrides = dict(base.overrides) if base else {}
    for code, change in (data.get("rules") or {}).items():
        overrides[code] = {**overrides.get(code, {}), **change}
    return Profile(
        name=name,
        title=Text.of(data["title"]),
        params={**(base.params if base else {}), **(data.get("params") or {})},
        drop=(*(base.drop if base else ()), *(data.get("drop") or ())),
        overrides=overrides,
    )


def with_params(
    profile: Profile, params: Mapping[str, Any], file: str, line_of: Callable[[str], int]
) -> Profile:
    """The county's own parameters over the profile's. Raises ConfigError for all that are refused."""
    problems = []
    for name, value in params.items():
        if name not in profile.params:
            near = difflib.get_close_matches(name, list(profile.params), 1)
            zh, en = (f"，是否为“{near[0]}”？", f"; did you mean {near[0]!r}?") if near else ("", "")
            problems.append(
                Problem(file, line_of(name), Text(f"未知参数“{name}”{zh}", f"unknown parameter {name!r}{en}"))
            )
        elif not _alike(value, profile.params[name]):
            shape = _shape(profile.params[name])
            text = Text(f"“{name}”应为{shape.zh}", f"{name!r} must be {shape.en}")
            problems.append(Problem(file, line_of(name), text))
    if problems:
        raise ConfigError(problems)
    return replace(profile, params={**profile.params, **params})


def _alike(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))


def _shape(default: Any) -> Text:
    if isinstance(default, bool):
        return Text(" true 或 false", "true or false")
    return Text("数字", "a number") if isinstance(default, int | float) else Text("文字", "text")
