"""Places of work with their province and city, where a text names one place of the country and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from lbt_audit.values.area import MUNICIPALITIES, present_codes, short_forms


def in_full(text: str, province: str, city: str, county: str) -> str | None:
    """``text`` with the names of its province and city put in full (浙江宁波 → 浙江省宁波市); None where it says more than
    that, or names no place. Codes as ``values.place.locate`` gives them."""
    if not province:
        return None
    levels = [short_forms(province.ljust(6, "0"))]
    if city and province not in MUNICIPALITIES and city[2:] not in ("00", "90"):
        levels.append(short_forms(city.ljust(6, "0")))
    if county:
        levels.append(short_forms(county))
    if not all(levels):
        return None
    if text in levels[-1] and len(bearers().get(text, ())) > 1:
        return None  # 朝阳 is a city of Liaoning and a district of Beijing
    full = "".join(level[0] for level in levels)
    return full if text in _written(levels) else None


@cache
def bearers() -> dict[str, set[str]]:
    """Full and short names → codes (six digits) of the present places that bear them."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in present_codes():
        for name in short_forms(code):
            found[name].add(code)
    return found


def _written(levels: list[tuple[str, ...]]) -> Iterator[str]:
    """Every way to write a place: levels above the last may be left out, each may be shortened."""
    options: Iterable[Iterable[str]] = [*[(*level, "") for level in levels[:-1]], levels[-1]]
    return ("".join(parts) for parts in product(*options))
