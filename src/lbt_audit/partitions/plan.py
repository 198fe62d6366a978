"""How what is audited is cut: into counties, which are worlds of their own, and a county into its folders.

A county's audit infers from the county's files what it needs (its name, codes, day, likelihoods of matching, names to be
masked), whichever other counties are audited with it. So a province is so many audits of counties, and what crosses
them is exchanged (``exchange``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from lbt_audit.config.load import COUNTY_FILE, load_county
from lbt_audit.engine.request import Request, root_of
from lbt_audit.intake.files.find import find_files
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.run import By, Mask
from lbt_audit.model.secret import Secret
from lbt_audit.model.text import Text

OTHER_FILES: Final = Text("其他文件", "other files")
"""What files that lie in no county's folder are called."""
_COUNTY: Final = regex(
    r"[\s0-9一二三四五六七八九十、.．_\-—()（）]*(?P<name>\w{1,12}?[县旗市区])(?![\u3400-\u9fff])"
)
_NO_COUNTY: Final = regex(r"[社学校片小园辖城郊市山林牧库矿景新院]区$|(?:开发|管理|示范|实验)区$")
_SEVERAL: Final = 2
_STRICTNESS: Final[Sequence[Mask]] = ("none", "partial", "full")


@dataclass(frozen=True)
class World:
    """Files audited as one county. ``name``: as people are told of it, "" of those that lie in no county's folder;
    ``config``: its county file; ``parts``: folders that are read one by one, as in ``Request.part``, or everything at once
    (None)."""

    name: str
    paths: tuple[Path, ...]
    config: Path | None = None
    parts: tuple[str | None, ...] = (None,)
    previous: Path | None = None


@dataclass(frozen=True)
class Plan:
    """``request``: what is asked of all counties, without a county file."""

    request: Request
    worlds: tuple[World, ...]

    def prefix(self, number: int) -> str:
        """What the paths of a county's files begin with in the whole; its own audit knows them without."""
        below = root_of(self.worlds[number].paths).relative_to(self.request.root)
        return "" if below == Path() else f"{below.as_posix()}/"

    def request_of(self, number: int) -> Request:
        """What is asked of one county. Raises ConfigError for its county file."""
        asked, world = self.request, self.worlds[number]
        county = load_county(world.config) if world.config is not None else None
        own = Secret(county.salt, "county_file") if county is not None and county.salt else None
        prefix = self.prefix(number)
        kinds = [(glob.removeprefix(prefix), kind) for glob, kind in asked.kinds if glob.startswith(prefix)]
        stricter = max((county and county.mask) or asked.mask, asked.mask, key=_STRICTNESS.index)
        return replace(
            asked,
            paths=world.paths,
            county=county,
            secret=own or asked.secret,
            mask=stricter,
            kinds=(*asked.kinds, *(kinds if prefix else ())),
            previous=world.previous,
            exclude=(*asked.exclude, *((world.previous,) if world.previous is not None else ())),
        )


def plan(request: Request, by: By | None = None) -> Plan | None:
    """How ``request`` is divided; None where it is audited as one. Without ``by`` only where several counties are told by
    their folders or county files; files that lie in none of them are a part of their own."""
    request = _from_anywhere(request)
    one = request.county is not None or request.county_name is not None
    counties = {} if one and by != "county" else _counties(request)
    if by == "county" and not counties:
        folders = _folders(request)
        counties = {folder.name: folder for folder in folders} if len(folders) >= _SEVERAL else {}
    if by is None and not counties:
        return None
    shared = request.county.path if request.county is not None else None
    worlds = [_world(name, folder, request, shared) for name, folder in counties.items()]
    rest = tuple(p for p in _entries(request) if p not in {*counties.values()}) if counties else request.paths
    if rest and find_files(rest, leave_out=_left_out(request)):
        worlds.append(World("" if counties else request.root.name, rest, shared, previous=request.previous))
    if by == "township":
        worlds = [replace(w, parts=_parts(w, request)) for w in worlds]
    return Plan(replace(request, county=None), tuple(worlds))


def _from_anywhere(request: Request) -> Request:
    """``request`` as other processes find it, whatever folder they run in."""
    county = request.county
    return replace(
        request,
        paths=tuple(p.absolute() for p in request.paths),
        exclude=tuple(p.absolute() for p in request.exclude),
        previous=None if request.previous is None else request.previous.absolute(),
        county=None if county is None else replace(county, path=county.path.absolute()),
    )


def county_in(name: str) -> str | None:
    """The county a folder is named after: 青禾县, 01_青禾县, 青禾县(10月); None for 青禾县民政局 and 和平社区."""
    found = _COUNTY.match(name)
    return None if found is None or _NO_COUNTY.search(found["name"]) else found["name"]


def _entries(request: Request) -> list[Path]:
    """What stands directly in what is audited."""
    if len(request.paths) > 1 or not request.paths[0].is_dir():
        return list(request.paths)
    entries = sorted(os.scandir(request.paths[0]), key=lambda e: e.name)
    return [request.paths[0] / e.name for e in entries if not e.name.startswith((".", "~$"))]


def _folders(request: Request) -> list[Path]:
    """Folders directly below that hold files handed in."""
    left_out = _left_out(request)
    hidden = {os.path.realpath(p) for p in left_out}
    folders = [p for p in _entries(request) if p.is_dir() and os.path.realpath(p) not in hidden]
    return [p for p in folders if find_files([p], leave_out=left_out)]


def _left_out(request: Request) -> tuple[Path, ...]:
    return (*request.exclude, *((request.previous,) if request.previous is not None else ()))


def _counties(request: Request) -> dict[str, Path]:
    """County → its folder; none unless there are two. Names are looked at first, as most folders are one county's."""
    found: dict[str, list[Path]] = {}
    for folder in _entries(request):
        own = folder / COUNTY_FILE
        name = (load_county(own).name if own.is_file() else None) or county_in(folder.name)
        if name is not None and folder.is_dir():
            found.setdefault(name, []).append(folder)
    if len(found) < _SEVERAL:
        return {}
    filled = {*_folders(request)}
    # Two folders of one county (two months) are told apart by their names.
    named = [
        (name if len(its) == 1 else f.name, f) for name, its in found.items() for f in its if f in filled
    ]
    return dict(sorted(named, key=lambda pair: f"{pair[1].name}/")) if len(named) >= _SEVERAL else {}


def _world(name: str, folder: Path, request: Request, shared: Path | None) -> World:
    own = folder / COUNTY_FILE
    config = own if own.is_file() else shared
    before = request.previous / folder.name if request.previous is not None else None
    if before is None and own.is_file():
        before = load_county(own).previous
    return World(name, (folder,), config, previous=before if before is not None and before.is_dir() else None)


def _parts(world: World, request: Request) -> tuple[str, ...]:
    """Every folder directly below, and "" where files lie beside them."""
    left_out = (*request.exclude, *((world.previous,) if world.previous is not None else ()))
    found = find_files(world.paths, leave_out=left_out)
    inside = (f.relative.partition("/") for f in found)
    return tuple(dict.fromkeys(folder if slash else "" for folder, slash, _ in inside)) or ("",)
