"""What happens to a record on its way into a list: slips by kind, each remembered."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

from tests.benchmarks.matching.confusions import HOMOPHONES, LOOK_ALIKE, NEAR_SOUND, TRADITIONAL, VARIANT

_SAME: dict[str, list[str]] = defaultdict(list)
for group in HOMOPHONES:
    for c in group:
        _SAME[c] += [o for o in group if o != c]
_NEAR: dict[str, list[str]] = defaultdict(list)
for a, b in NEAR_SOUND:
    _NEAR[a].append(b)
    _NEAR[b].append(a)
_LOOKS: dict[str, list[str]] = defaultdict(list)
for pair in LOOK_ALIKE:
    _LOOKS[pair[0]].append(pair[1])
    _LOOKS[pair[1]].append(pair[0])
_TRAD = {p[0]: p[1] for p in TRADITIONAL}
_VAR = {p[0]: p[1] for p in VARIANT}
OTHERS = "贤森奎茂盈朵棠柯栋楷榕沁泉烁焘爱玫环珂甜睦稳笛翎耘芹苇菱萌蔚衡迅逸郁钊霞颂飒驰鸽"
KINDS = {
    "same_sound": 26, "near_sound": 20, "look_alike": 20, "traditional": 4, "variant": 2, "blank_dot": 8, "swapped": 5,
    "missing": 4, "extra": 2, "doubled": 2, "placeholder": 3, "unrelated": 1.5, "surname": 1.5, "two_slips": 2,
}  # fmt: skip


def slip(name: str, kind: str, rng: random.Random, other_surname: str = "") -> str | None:
    """The name with a slip of this kind, or None if it cannot have one."""
    table = {"same_sound": _SAME, "near_sound": _NEAR, "look_alike": _LOOKS}.get(kind)
    if table is not None:
        places = [k for k, c in enumerate(name) if table.get(c)]
        if not places:
            return None
        k = rng.choice(places)
        return name[:k] + rng.choice(table[name[k]]) + name[k + 1 :]
    if kind in ("traditional", "variant"):
        signs = _TRAD if kind == "traditional" else _VAR
        places = [k for k, c in enumerate(name) if c in signs]
        if not places:
            return None
        k = rng.choice(places)
        return name[:k] + signs[name[k]] + name[k + 1 :]
    if kind == "blank_dot":
        if "·" in name:
            return name.replace("·", rng.choice(["•", "", ".", "・", " "]))
        return name[0] + rng.choice([" ", "　", "  "]) + name[1:] if len(name) < 4 else None
    if kind == "swapped":
        k = rng.randrange(1, len(name) - 1) if len(name) > 2 else 0
        turned = name[:k] + name[k + 1] + name[k] + name[k + 2 :]
        return turned if turned != name and "·" not in name else None
    if kind == "missing":
        k = rng.randrange(1, len(name))
        return (
            name[:k] + name[k + 1 :]
            if len(name) >= 3 and name[k] not in (name[k - 1], "·") and name[k] != name[(k + 1) % len(name)]
            else None
        )
    if kind == "extra":
        c = rng.choice(OTHERS)
        k = rng.randrange(1, len(name) + 1)
        return name[:k] + c + name[k:] if c not in name and len(name) < 4 else None
    if kind == "doubled":
        k = rng.randrange(1, len(name))
        return name[:k] + name[k] + name[k:] if "·" not in name and len(name) < 4 else None
    if kind == "placeholder":
        k = rng.randrange(1, len(name))
        return name[:k] + rng.choice(["*", "?", "□", "某", "＊"]) + name[k + 1 :] if name[k] != "·" else None
    if kind == "unrelated":
        k = rng.randrange(1, len(name))
        return name[:k] + rng.choice(OTHERS) + name[k + 1 :] if len(name) == 3 else None
    if kind == "surname":
        return other_surname + name[1:] if len(name) == 3 and other_surname not in ("", name[0]) else None
    if kind == "two_slips":
        one = slip(name, rng.choice(["same_sound", "near_sound"]), rng)
        two = one and slip(one, rng.choice(["same_sound", "near_sound", "look_alike"]), rng)
        return (
            two
            if two and sum(p != q for p, q in zip(name, two, strict=True)) == 2 and len(name) >= 3
            else None
        )
    raise ValueError(kind)


def name_slip(name: str, rng: random.Random, other_surname: str) -> tuple[str, str]:
    """(name with a slip, kind)."""
    for _ in range(20):
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        found = slip(name, kind, rng, other_surname)
        if found is not None and found != name:
            return found, kind
    return name, "equal"


def id_slip(number: str, rng: random.Random) -> str:
    """A mistyped, truncated or damaged number."""
    r = rng.random()
    if r < 0.45:
        k = rng.randrange(17)
        return number[:k] + rng.choice([d for d in "0123456789" if d != number[k]]) + number[k + 1 :]
    if r < 0.7:
        for _ in range(30):
            k = rng.randrange(16)
            if number[k] != number[k + 1]:
                return number[:k] + number[k + 1] + number[k] + number[k + 2 :]
        return number
    if r < 0.85:
        return number[:15] + "000"
    if r < 0.93:
        k = rng.randrange(17)
        return number[:k] + number[k + 1 :]
    out = number
    for k in rng.sample(range(6, 17), 2):
        out = out[:k] + rng.choice([d for d in "0123456789" if d != out[k]]) + out[k + 1 :]
    return out


def birth_slip(born: date, rng: random.Random) -> date:
    """A wrong date: day and month exchanged, a year off, a digit wrong."""
    r = rng.random()
    try:
        if r < 0.3 and born.day <= 12 and born.day != born.month:
            return date(born.year, born.day, born.month)
        if r < 0.6:
            return born.replace(year=born.year + rng.choice([-1, 1]))
        if r < 0.9:
            return born.replace(
                day=rng.choice(
                    [d for d in (born.day + 1, born.day - 1, born.day + 10, born.day - 10) if 1 <= d <= 28]
                )
            )
        return born + timedelta(days=rng.randrange(-400, 400))
    except ValueError:
        return born + timedelta(days=1)


# Days between a Gregorian birth date and the same day of the lunar calendar, by the new-year days of the
# years concerned (public almanac); months are taken as 29.53 days, which is right to the day for most.
_NEW_YEAR = {
    2010: "2010-02-14", 2011: "2011-02-03", 2012: "2012-01-23", 2013: "2013-02-10", 2014: "2014-01-31",
    2015: "2015-02-19", 2016: "2016-02-08", 2017: "2017-01-28", 2018: "2018-02-16", 2019: "2019-02-05",
    2020: "2020-01-25", 2021: "2021-02-12", 2022: "2022-02-01", 2023: "2023-01-22", 2024: "2024-02-10",
}  # fmt: skip
_LEAP = {2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2}


def lunar_date(born: date) -> date | None:
    """The lunar date written as if it were Gregorian."""
    year = born.year if born >= date.fromisoformat(_NEW_YEAR.get(born.year, "2100-01-01")) else born.year - 1
    if year not in _NEW_YEAR:
        return None
    passed = (born - date.fromisoformat(_NEW_YEAR[year])).days
    month, day = int(passed / 29.5306), int(passed % 29.5306) + 1
    leap = _LEAP.get(year)
    number = month + 1 - (1 if leap and month >= leap else 0)
    try:
        return date(year, number, day)
    except ValueError:
        return None
