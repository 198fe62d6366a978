"""The county's units, out of a list of them in any common shape or out of the files units handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lbt_audit.config.county import County
from lbt_audit.config.units_book import read_units_book
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.read import read_files
from lbt_audit.intake.reasons import reason_text
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.regex import regex
from lbt_audit.model.unit import Level
from lbt_audit.model.units import Units, clean_unit, guess_level

_SEVERAL = regex(r"[、，,;；\n]+")
_GENERIC = regex(
    r"(?:序号|所属|所在|本|各|全|主管)?(?:(?:乡|镇|街道|村|社区|学校|区|县|市)[(（/、和与]?)+[)）]?(?:名称|名单|列表)?"
)
_LONGEST = 30  # characters of a name
_TITLES = regex("名单|名录|一览|统计|明细|花名册|台账")


def units_of(path: Path, county: County | None = None) -> Units:
    """The units ``path`` tells of: a folder of files handed in, read by ``county``'s forms, or a workbook that lists them.

    Raises ConfigError where it cannot be read or names no unit.
    """
    found = _of_files(path, county) if path.is_dir() else _of_book(path, county)
    if not (any(found.townships) or found.schools):
        raise ConfigError.at(
            path.name, 0, "没有找到乡镇、村或学校名称", "no township, village or school is named in it"
        )
    return found


def _of_files(path: Path, county: County | None) -> Units:
    return read(Request(paths=(path,), county=county, mask="none")).book.units


def _of_book(path: Path, county: County | None) -> Units:
    try:
        townships, schools, aliases = read_units_book(path)
    except ConfigError:
        found = _of_files(path, county)  # a register is no list of units, but names some
        return found if any(found.townships) or found.schools else _by_names(path)
    return Units.of(None, townships, schools, aliases)


def _by_names(path: Path) -> Units:
    """By how names end, wherever they stand: villages beside, below or in the cell after their township, a township at
    the head of each column, a sheet for each township."""
    (result,) = read_files([InputFile(path.name, path)])
    if result.reason is not None:
        why = reason_text(result.reason, result.detail)
        raise ConfigError.at(path.name, 0, f"无法读取：{why.zh}", f"cannot be read: {why.en}")
    townships: dict[str, dict[str, None]] = {}
    schools: dict[str, str | None] = {}
    county: str | None = None
    for grid in result.grids:
        columns = [text.to_pylist() for text in grid.text]
        rows = list(zip(*columns, strict=True)) if columns else []
        heads: dict[int, str] = {}
        current = next((name for name, level in _names([grid.sheet]) if level == "township"), None)
        for row in rows:
            named = [(at, name, level) for at, cell in enumerate(row) for name, level in _names([cell])]
            towns = [(at, name) for at, name, level in named if level == "township"]
            if len({name for _, name in towns}) > 1:
                heads = dict(towns)
            elif towns and not heads:
                current = towns[0][1]
            for _, name in towns:
                townships.setdefault(name, {})
            for at, name, level in named:
                of = heads.get(at) or current
                if level == "village" and of is not None:
                    townships.setdefault(of, {})[name] = None
                elif level == "school":
                    schools.setdefault(name, of)
                elif level == "county" and county is None:
                    county = name
    return Units.of(county, {town: tuple(villages) for town, villages in townships.items()}, schools)


def _names(cells: Iterable[str]) -> Iterator[tuple[str, Level]]:
    """The units named in cells, several between commas."""
    for part in (part for cell in cells for part in _SEVERAL.split(cell)):
        name = clean_unit(part)
        plain = 2 <= len(name) <= _LONGEST and not _GENERIC.fullmatch(name) and not _TITLES.search(name)
        level = guess_level(name) if plain else None
        if level is not None:
            yield name, level


def own_names(units: Units) -> Sequence[str]:
    """The townships, without the empty name loose villages stand under."""
    return [town for town in units.townships if town]
