"""In what the rules of an audit differ from the default profile: what reports say a profile, or the county, changed.

``rules/params.yaml`` says what parameters are called, what their words mean and which rules follow them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lbt_audit.model.errors import ConfigError
from lbt_audit.model.run import Departure
from lbt_audit.model.text import Text
from lbt_audit.rulebook.build import Entry
from lbt_audit.rulebook.heads import PARAMS_FILE
from lbt_audit.rulebook.located import read_model
from lbt_audit.rulebook.profile import Profile
from lbt_audit.rulebook.written import NamedParam, NamedParams

_EACH = ("father", "mother")
_DROPPED = Text("不执行", "left out")
_RUN = Text("执行", "run")
_KEYS: Mapping[str, Text] = {
    "severity": Text("等级", "severity"),
    "responsible": Text("责任单位", "responsible"),
    "deadline": Text("时限", "deadline"),
}


def departures(
    profile: Profile, default: Profile, entries: Mapping[str, Entry], folder: Path
) -> tuple[Departure, ...]:
    """Parameters first, then rules left out, then rules changed, each in the order of the profile and catalogue."""
    named = _named(folder)
    return (
        *_params(profile, default, entries, named),
        *_dropped(profile, default, entries),
        *_changed(profile, default, entries),
    )


def _params(
    profile: Profile, default: Profile, entries: Mapping[str, Entry], named: Mapping[str, NamedParam]
) -> Iterator[Departure]:
    for name, value in profile.params.items():
        usual = default.params.get(name)
        if value != usual:
            known = named.get(name)
            users = {code for code, entry in entries.items() if _names(entry.merged(), name)}
            users.update(known.rules if known else ())
            yield Departure(
                kind="param",
                name=name,
                title=Text(known.zh, known.en) if known else Text(name, name),
                default=_words(usual, known),
                value=_words(value, known),
                source=profile.origins.get(name, profile.name),
                rules=tuple(code for code in entries if code in users),
            )


def _dropped(profile: Profile, default: Profile, entries: Mapping[str, Entry]) -> Iterator[Departure]:
    for code, entry in entries.items():
        if profile.drops(code) and not default.drops(code):
            place = next(at for prefix, at in profile.drop.items() if code.startswith(prefix))
            title = Text.of(entry.data["title"])
            yield Departure("dropped", code, title, _RUN, _DROPPED, Path(place.file).name, (code,))


def _changed(profile: Profile, default: Profile, entries: Mapping[str, Entry]) -> Iterator[Departure]:
    for code, changes in profile.changes.items():
        usual: dict[str, Any] = dict(entries[code].data)
        for _, change in default.changes.get(code, ()):
            usual |= change
        for file, change in changes[len(default.changes.get(code, ())) :]:
            for key, value in change.items():
                what = _KEYS.get(key, Text(key, key))
                title = Text(f"{code} {what.zh}", f"{code} {what.en}")
                old, new = _words(usual.get(key), None), _words(value, None)
                yield Departure("rule", code, title, old, new, Path(file).name, (code,))


def _named(folder: Path) -> Mapping[str, NamedParam]:
    written, _, problems = read_model(folder / PARAMS_FILE, NamedParams)
    if written is None:
        raise ConfigError(problems)
    return written.root


def _names(value: Any, param: str) -> bool:
    """Whether a rule names the parameter anywhere."""
    if isinstance(value, Mapping):
        return _means(value.get("param"), param) or any(_names(v, param) for v in value.values())
    if isinstance(value, list | tuple):
        return any(_names(v, param) for v in value)
    return isinstance(value, str) and f"{{param.{param}}}" in value


def _means(name: Any, param: str) -> bool:
    """``{p}_gap_min`` of a rule for each parent is either parent's."""
    return name == param or (isinstance(name, str) and param in {name.replace("{p}", who) for who in _EACH})


def _words(value: Any, known: NamedParam | None) -> Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if known is not None and value in known.values:
        return known.values[value]
    return Text(str(value), str(value))
