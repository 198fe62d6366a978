"""Reading .xlsx and .xlsm packages: sheets, their visibility, styles, shared texts."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.grid import Grid, Visibility
from lbt_audit.intake.readers.number_formats import NumberFormats
from lbt_audit.intake.readers.raw_cells import Oddities, Workbook
from lbt_audit.intake.readers.xlsx.alike import read_alike
from lbt_audit.intake.readers.xlsx.sheet import read_sheet
from lbt_audit.intake.readers.xlsx.strings import read_few, read_strings
from lbt_audit.intake.readers.xml import is_true, local, parse
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.record import dataclass

_VISIBILITY: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very_hidden"}


@dataclass(frozen=True)
class _Relation:
    kind: str  # last part of the type: worksheet, sharedStrings …; strict and transitional alike
    target: str  # part name


def read_ooxml(package: Package, limits: Limits, *, thorough: bool = False) -> tuple[list[Grid], list[Note]]:
    """All worksheets in the order of the tabs. Damage raises `RefusedError`.

    ``thorough`` reads by the slower parser throughout; the result is the same.
    """
    main = _main_part(package)
    relations = _relations(package, main)
    sheets, epoch_1904 = package.told(_sheets, main)
    grids: list[Grid] = []
    notes: list[Note] = []
    book = Workbook(_formats(package, relations, notes), epoch_1904)
    strings = next((r.target for r in relations.values() if r.kind == "sharedStrings"), None)
    if strings is not None and strings in package:
        small = None if thorough else package.small(strings)
        few = None if small is None else read_few(small)
        book.set_shared(few or read_strings(lambda: package.open(strings), thorough=thorough))
    read: set[str] = set()
    for name, identifier, visibility in sheets:
        relation = relations.get(identifier)
        if relation is None or relation.kind != "worksheet" or relation.target not in package:
            continue
        target = relation.target
        if target in read:
            continue  # two tabs on one part: its children are there once
        read.add(target)
        grid, odd = _sheet(package, target, name, visibility, book, limits, thorough)
        for topic, detail in odd.notes():
            notes.append(Note(topic, detail={"sheet": name, **detail}))
        grids.append(grid)
    if not grids:
        raise RefusedError("no_sheets")
    return grids, notes


def _sheet(
    package: Package,
    target: str,
    name: str,
    visibility: Visibility,
    book: Workbook,
    limits: Limits,
    thorough: bool,
) -> tuple[Grid, Oddities]:
    small = None if thorough else package.small(target)
    if small is not None:
        return read_alike(small, name, visibility, book, limits.cells)
    return read_sheet(lambda: package.open(target), name, visibility, book, limits.cells, thorough=thorough)


def _main_part(package: Package) -> str:
    """The workbook part, by the package's relations."""
    for relation in _relations(package, "").values():
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    raise RefusedError("damaged", error="no workbook part")


def _relations(package: Package, part: str) -> Mapping[str, _Relation]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    return package.told(_relations_of, path, folder) if path in package else {}


def _relations_of(data: bytes, folder: str) -> Mapping[str, _Relation]:
    """By identifier; targets without a root lie in ``folder``."""
    found: dict[str, _Relation] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2]
            found[attributes.get("Id", "")] = _Relation(kind, posixpath.normpath(whole).lstrip("/"))

    parse(data, start)
    return found


def _sheets(data: bytes) -> tuple[list[tuple[str, str, Visibility]], bool]:
    """([(name, relation, visibility)], whether days count from 1904)."""
    sheets: list[tuple[str, str, Visibility]] = []
    epoch_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal epoch_1904
        if local(tag) == "sheet":
            identifier = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            state = _VISIBILITY.get(attributes.get("state", ""), "visible")
            sheets.append((attributes.get("name", ""), identifier, state))
        elif local(tag) == "workbookPr":
            epoch_1904 = is_true(attributes.get("date1904"))

    parse(data, start)
    return sheets, epoch_1904


def _formats(package: Package, relations: Mapping[str, _Relation], notes: list[Note]) -> NumberFormats:
    """The number format of every cell style; none where the part is missing or broken."""
    part = next((r.target for r in relations.values() if r.kind == "styles"), None)
    if part is None or part not in package:
        return NumberFormats()
    formats, damaged = package.told(_formats_of, part)
    if damaged:
        notes.append(Note("damaged_styles"))
    return formats


def _formats_of(data: bytes) -> tuple[NumberFormats, bool]:
    """(the formats, whether the part is broken)."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = local(tag)
        if name == "numFmt":
            number = attributes.get("numFmtId", "")
            if number.isdigit() and len(number) < 9:
                codes.setdefault(int(number), attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            styles.append(int(number) if number.isdigit() and len(number) < 9 else 0)

    def end(tag: str) -> None:
        nonlocal inside
        if local(tag) == "cellXfs":
            inside = False

    damaged = False
    try:
        parse(data, start, end, without=frozenset({"dxfs"}))
    except RefusedError as refused:
        if refused.key != "damaged":
            raise
        damaged = True
    return NumberFormats.of(styles, codes), damaged
