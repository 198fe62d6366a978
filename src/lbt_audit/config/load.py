"""Find, read and check the county file."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from lbt_audit.config.county import County
from lbt_audit.config.excess import refuse_control, refuse_excess
from lbt_audit.config.explain import explain
from lbt_audit.config.positions import Positions
from lbt_audit.config.schema import CountyFile, DeadlineEntry
from lbt_audit.config.sounds import Pairs, flaws, pairs_of, unknown_dialect
from lbt_audit.model.deadline import DEFAULT_DEADLINES, DeadlineClass
from lbt_audit.model.due import Due
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.nearest import did_you_mean, nearest
from lbt_audit.model.own_file import read_text
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTY_FILE = "lbt-audit.toml"
_TOML_PLACE = regex(r"\(at line (\d+), column \d+\)")

_BARE_CHINESE = regex(r"^\s*\[{0,2}[\w.-]*[^\x00-\x7f\"'#=]+[^\"'#=]*(=|\])")


def find_county(first_path: Path) -> Path | None:
    """The nearest ``lbt-audit.toml`` at or above ``first_path``."""
    start = first_path.absolute()
    for folder in [start, *start.parents]:
        candidate = folder / COUNTY_FILE
        if os.path.lexists(candidate):  # whatever it is: a file that is passed over in silence is believed in
            return candidate
    return None


def load_county(path: Path) -> County:
    """The county file at ``path``. Raises ConfigError naming file and line of everything wrong."""
    name = path.name
    text = read_text(path, name)
    refuse_excess(text, name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(name, text, str(error)) from error
    positions = Positions(text)
    refuse_control(data, name, positions)
    try:
        file = CountyFile.model_validate(data)
    except ValidationError as error:
        raise ConfigError(explain(error, name, positions)) from error
    return _Resolver(path, file, positions).county()


def _not_toml(name: str, text: str, message: str) -> ConfigError:
    place = _TOML_PLACE.search(message)
    line = int(place.group(1)) if place else text.count("\n") + 1
    reason = _TOML_PLACE.sub("", message).strip().removesuffix("(at end of document)").strip()
    zh, en = "", ""
    if _BARE_CHINESE.match(text.split("\n")[line - 1]):
        zh, en = "（中文键名须加英文引号）", " (a key that is not ASCII needs quotes)"
    return ConfigError.at(name, line, f"不是合法的 TOML：{reason}{zh}", f"not valid TOML: {reason}{en}")


@dataclass
class _Resolver:
    """From the file as written to what the audit uses; collects what does not fit together."""

    path: Path
    file: CountyFile
    positions: Positions

    def county(self) -> County:
        file = self.file
        problems: list[Problem] = []
        units = self._units(problems)
        rules = self._paths("rules", file.rules, problems)
        schemas = self._paths("schemas", file.schemas, problems)
        holidays = self._paths("holidays_file", [file.holidays_file] if file.holidays_file else [], problems)
        templates = self._folder(file.notices.templates, ("notices", "templates"), problems)
        previous = self._folder(file.previous, ("previous",), problems)
        sounds = self._sounds(problems)
        if problems:
            raise ConfigError(problems)
        return County(
            path=self.path,
            name=file.county,
            as_of=file.as_of,
            issued_on=file.issued_on,
            profile=file.profile,
            params=file.params,
            extra_areas=frozenset(file.extra_areas),
            extra_ethnic=frozenset(file.extra_ethnic),
            known_phones=frozenset(re.sub(r"[\s\-－—()（）]", "", p) for p in file.known_phones),
            salt=file.salt,
            mask=file.mask,
            sounds=sounds,
            previous=previous,
            due=Due(
                {
                    "township": tuple(file.due.township),
                    "school": tuple(file.due.school),
                    "village": tuple(file.due.village),
                },
                frozenset(file.due.exempt),
            ),
            rules=tuple(rules),
            schemas=tuple(schemas),
            units=units,
            aliases=file.aliases,
            deadlines={**DEFAULT_DEADLINES, **{k: _class_of(v) for k, v in file.deadlines.items()}},
            holidays_file=holidays[0] if holidays else None,
            notices=file.notices,
            templates=templates,
            waivers=tuple(file.waivers),
            positions=self.positions,
        )

    def _sounds(self, problems: list[Problem]) -> Pairs:
        matching, found = self.file.matching, len(problems)
        if matching.dialect is None and not matching.sounds:
            return ()
        unknown = unknown_dialect(matching.dialect) if matching.dialect is not None else None
        if unknown is not None:
            problems.append(self._problem(("matching", "dialect"), unknown.zh, unknown.en))
        for number, why in flaws(matching.sounds):
            problems.append(self._problem(("matching", "sounds", number), why.zh, why.en))
        return pairs_of(matching.dialect, matching.sounds) if len(problems) == found else ()

    def _problem(self, keys: tuple[str | int, ...], zh: str, en: str) -> Problem:
        return Problem(self.path.name, self.positions.line(keys), Text(zh, en))

    def _paths(self, key: str, names: Iterable[str], problems: list[Problem]) -> list[Path]:
        found = []
        for number, name in enumerate(names):
            path = self.path.parent / name
            where = (key, number) if key in ("rules", "schemas") else (key,)
            if not path.exists():
                problems.append(self._problem(where, f"文件不存在：{name}", f"no such file: {name}"))
            elif not path.is_file():
                zh, en = f"不是普通文件：{name}", f"no ordinary file: {name}"
                problems.append(self._problem(where, zh, en))
            found.append(path)
        return found

    def _folder(self, name: str | None, where: tuple[str | int, ...], problems: list[Problem]) -> Path | None:
        if name is None:
            return None
        folder = self.path.parent / name
        if not folder.is_dir():
            problems.append(self._problem(where, f"没有这个文件夹：{name}", f"no such folder: {name}"))
        return folder

    def _units(self, problems: list[Problem]) -> Units:
        units = self.file.units
        if self.file.units_file is not None:
            if units.townships or units.schools:
                problems.append(
                    self._problem(
                        ("units_file",),
                        "units_file 与 [units] 名单只能用一种",
                        "give either units_file or the list in [units], not both",
                    )
                )
            found = self._paths("units_file", [self.file.units_file], problems)
            if problems:
                return Units.of(self.file.county)
            from lbt_audit.config.units_book import read_units_book  # which needs all of intake

            townships, schools, aliases = read_units_book(found[0])
        else:
            townships = {name: tuple(entry.villages) for name, entry in units.townships.items()}
            schools = {school.name: school.township for school in units.schools}
            aliases = {a: name for name, entry in units.townships.items() for a in entry.aliases}
            aliases |= {a: school.name for school in units.schools for a in school.aliases}
            problems += self._doubles()
        problems += self._strangers(townships)
        problems += self._aliases(townships, schools)
        codes = {school.code.strip(): school.name for school in units.schools if school.code}
        problems += self._minors(townships, schools)
        every = {**aliases, **units.aliases}
        return Units.of(self.file.county, townships, schools, every, codes, units.minors)

    def _minors(self, townships: Mapping[str, Sequence[str]], schools: Iterable[str]) -> Iterator[Problem]:
        """Units whose rural minors are given, and that are on no list."""
        paths = [f"{town}/{village}" for town, villages in townships.items() for village in villages]
        known = [*townships, *schools, *paths, *([self.file.county] if self.file.county else [])]
        for name in self.file.units.minors:
            if name not in known:
                near = did_you_mean(name, known)
                where = ("units", "minors", name)
                yield self._problem(
                    where, f"名单中没有“{name}”{near.zh}", f"no unit on the list is called {name!r}{near.en}"
                )

    def _doubles(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for number, school in enumerate(self.file.units.schools):
            if school.name in seen:
                yield self._problem(
                    ("units", "schools", number, "name"),
                    f"学校重复列出：{school.name}",
                    f"school listed twice: {school.name}",
                )
            seen.add(school.name)
        for township, entry in self.file.units.townships.items():
            for village in {v for v in entry.villages if entry.villages.count(v) > 1}:
                yield self._problem(
                    ("units", "townships", township),
                    f"{township}：村名重复列出：{village}",
                    f"{township}: village listed twice: {village}",
                )

    def _strangers(self, townships: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
        """Schools of a township that is not listed."""
        if not townships:
            return
        for number, school in enumerate(self.file.units.schools):
            if school.township is not None and school.township not in townships:
                zh, en = _hint(school.township, townships)
                yield self._problem(
                    ("units", "schools", number, "township"),
                    f"{school.name}：乡镇不在名单中：{school.township}{zh}",
                    f"{school.name}: no such township: {school.township}{en}",
                )

    def _aliases(
        self, townships: Mapping[str, tuple[str, ...]], schools: Mapping[str, str | None]
    ) -> Iterator[Problem]:
        listed = {*townships, *schools, *(v for villages in townships.values() for v in villages)}
        for alias, name in self.file.units.aliases.items():
            if name not in listed:
                zh, en = _hint(name, listed)
                yield self._problem(
                    ("units", "aliases", alias),
                    f"名单中没有：{name}{zh}",
                    f"not in the list of units: {name}{en}",
                )


def _hint(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint at the nearest known word, in both languages; empty if none is near."""
    near = nearest(word, known, 0.5)
    return (f"（是否为 {near}？）", f" (did you mean {near}?)") if near else ("", "")


def _class_of(entry: DeadlineEntry) -> DeadlineClass:
    if entry.working_days is not None:
        return DeadlineClass("working_days", entry.working_days)
    if entry.days is not None:
        return DeadlineClass("days", entry.days)
    if entry.date is not None:
        return DeadlineClass("date", day=entry.date)
    return DeadlineClass("month_end", entry.months or 0)
