"""The county's list of units, and how the names people write find their unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from lbt_audit.model.characters import normal
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.unit import Level, Unit

_NOISE = regex(r"[\s\u200b-\u200f\ufeff]+|[（(]\s*(?:盖章|公章|章|签章)\s*[）)]|填报单位|填表单位|[:：]")
_OFFICE = regex(
    r"(?:人民政府|民政办公室|民政办|社会事务办|党委|政府|居民委员会|居委会"
    r"|(?<=村)村?(?:民委员会|委会|委))$"  # 沙坝村村民委员会 and, as most write it, 沙坝村民委员会
)
_SHORT_TOWNSHIP = regex(r"(?:镇|乡|街道办事处|街道|办事处)$")
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        "school",
        regex(r"(?:小学|中学|学校|幼儿园|教学点|初中|高中|职校|完小|中心校|一中|二中)(?:.{0,3}校区)?$"),
    ),
    ("village", regex(r"(?:村|社区|居委会|村委会)$")),
    ("township", regex(r"(?:镇|乡|街道|办事处|苏木)$")),
    ("county", regex(r"(?:县|市|区|旗)$")),
)


def clean_unit(text: str) -> str:
    """A unit name as compared: no blanks, seals, 填报单位 label or office suffix."""
    name = _NOISE.sub("", normal(text)).strip("_-—.。,，、 ")
    return _OFFICE.sub("", name) or name


def guess_level(name: str) -> Level | None:
    """The level a name's ending speaks for."""
    for level, pattern in _LEVELS:
        if pattern.search(name):
            return level
    return None


def named(unit: Unit, level: Level, units: Units) -> str:
    """The unit's name where it is one of that level; "" of others, and of a mere file name (走访 of 走访.xlsx)."""
    if unit.level != level:
        return ""
    listed = units.listed and units.find(unit.name, level) is not None
    return unit.name if listed or guess_level(unit.name) == level else ""


@dataclass(frozen=True)
class Units:
    """``townships``: name → villages; ``schools``: name → township (or None); ``aliases``: other
    name → listed name; ``school_codes``: 学校标识码 → name of the school; ``minors``: unit → its rural minors under
    sixteen. Empty without a county file: then nothing can be called unknown."""

    county: str | None = None
    townships: Mapping[str, Sequence[str]] = field(default_factory=dict)
    schools: Mapping[str, str | None] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    school_codes: Mapping[str, str] = field(default_factory=dict)
    minors: Mapping[str, int] = field(default_factory=dict)
    inferred: bool = False  # put together from the files: names it lacks are not unknown for that

    @classmethod
    def of(
        cls,
        county: str | None,
        townships: Mapping[str, Sequence[str]] | None = None,
        schools: Mapping[str, str | None] | None = None,
        aliases: Mapping[str, str] | None = None,
        school_codes: Mapping[str, str] | None = None,
        minors: Mapping[str, int] | None = None,
    ) -> Units:
        return cls(
            county,
            dict(townships or {}),
            dict(schools or {}),
            dict(aliases or {}),
            dict(school_codes or {}),
            dict(minors or {}),
        )

    @property
    def listed(self) -> bool:
        """Whether the county gave a list to hold names against."""
        return bool(self.townships or self.schools) and not self.inferred

    def home_names(self) -> list[str]:
        """Names of the own county, its townships and villages."""
        own = [self.county] if self.county else []
        return [
            *own,
            *filter(None, self.townships),
            *(v for villages in self.townships.values() for v in villages),
        ]

    def village_names(self) -> list[str]:
        return [v for villages in self.townships.values() for v in villages]

    @cached_property
    def _index(self) -> dict[str, list[Unit]]:
        index: dict[str, list[Unit]] = {}

        def add(name: str, unit: Unit) -> None:
            entries = index.setdefault(clean_unit(name), [])
            if unit not in entries:
                entries.append(unit)

        by_name: dict[str, list[Unit]] = {}
        for township, villages in self.townships.items():
            unit = Unit("township", township, township)
            by_name.setdefault(township, []).append(unit)
            add(township, unit)
            add(_SHORT_TOWNSHIP.sub("", township), unit)
            for village in villages:
                unit = Unit("village", village, township)
                by_name.setdefault(village, []).append(unit)
                add(village, unit)
                add(township + village, unit)
        for school, home in self.schools.items():
            unit = Unit("school", school, home)
            by_name.setdefault(school, []).append(unit)
            add(school, unit)
        if self.county:
            add(self.county, Unit("county", self.county))
        for alias, name in self.aliases.items():
            for unit in by_name.get(name, []):
                add(alias, unit)
        return index

    def find(self, text: str | None, level: str | None = None, township: str | None = None) -> Unit | None:
        """The listed unit a name means, or None; never a guess between two.

        Leading 省/市/县 names are passed over: 贵州省青禾县白石镇人民政府 is 白石镇. Where several
        villages share a name, ``township`` decides.
        """
        if not text:
            return None
        name = clean_unit(text)
        candidates = self._lookup(name)
        if not candidates and name.endswith("村"):  # listed without it
            candidates = self._lookup(name[:-1])
        if level is not None:
            candidates = [u for u in candidates if u.level == level]
        if len(candidates) > 1 and township is not None:
            candidates = [u for u in candidates if u.township == township] or candidates
        return candidates[0] if len(candidates) == 1 else None

    def _lookup(self, name: str) -> list[Unit]:
        if name in self._index:
            return self._index[name]
        tail = name.rpartition(self.county)[2] if self.county and self.county in name else name
        if tail in self._index:
            return self._index[tail]
        for township in self.townships:
            if tail.startswith(township) and tail[len(township) :] in self._index:
                found = self._index[tail[len(township) :]]
                return [u for u in found if u.township == township] or found
        return []

    def search(self, text: str) -> Unit | None:
        """The most specific listed unit whose name stands inside ``text`` (a title, a file name)."""
        name = clean_unit(text)
        hits = [u for key, units in self._index.items() if len(key) >= 2 and key in name for u in units]
        if not hits:
            return None
        longest = max(hits, key=lambda u: (_SPECIFIC[u.level], len(u.name)))
        same = {u for u in hits if u.level == longest.level and len(u.name) == len(longest.name)}
        if len(same) > 1:
            townships = {u.name for u in hits if u.level == "township"}
            same = {u for u in same if u.township in townships} or same
        return same.pop() if len(same) == 1 else None

    def of_path(self, path: str) -> Unit | None:
        """The unit a file's own name, else its folders, speak of."""
        for part in reversed(path.split("/")):
            found = self.search(part.rpartition(".")[0] or part)
            if found is not None:
                return found
        return None

    def nearest(self, names: Iterable[str], level: Level | None = None) -> list[str]:
        """Listed names of ``level`` that share a character with any of ``names``; for hints."""
        listed = {
            "township": list(self.townships),
            "village": self.village_names(),
            "school": list(self.schools),
        }.get(level or "", [*self.townships, *self.village_names(), *self.schools])
        wanted = set("".join(names))
        return [n for n in listed if wanted & set(n)]


_SPECIFIC = {"school": 3, "village": 3, "township": 2, "county": 1}
