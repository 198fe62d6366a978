"""What a copy may differ in from its original, and nothing else: the parts compared."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from lbt_audit.copies.sheet import Cell
from lbt_audit.intake.readers.xlsx.references import cell_reference
from lbt_audit.model.location import column_letter

Parts = Mapping[str, bytes]


def parts(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def assert_kept(before: Path, after: Path, marked: Mapping[str, Sequence[Cell]], wanted: str) -> None:
    """``after`` is ``before`` with the cells ``marked`` (by sheet) filled, notes at them and a first sheet ``wanted``.

    Parts that have no business to change are the same to the byte; the others differ in what is said here.
    """
    old, new = parts(before), parts(after)
    assert set(old) <= set(new)
    sheets = _sheets(old)
    changed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for name, part in sheets.items():
        _same_sheet(old, new, part, marked.get(name, ()))
        changed.add(part)
        if name in marked:
            changed |= {
                _relations(part),
                *_related(old, part, "comments"),
                *_related(old, part, "vmlDrawing"),
            }
    for part in set(old) - changed:
        assert old[part] == new[part], part
    _same_workbook(old, new, wanted)
    _same_styles(old, new)
    for part in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels", *map(_relations, sheets.values())):
        if part in old:
            assert _attributes(old[part]) <= _attributes(new[part])


def fill_of(styles: Any, style: int) -> str:
    """The colour of a cell format, RRGGBB; "" without one."""
    xf = _named(styles, "cellXfs")[style]
    colour = _named(styles, "fills")[int(xf.get("fillId", "0"))].find(".//{*}fgColor")
    return "" if colour is None else (colour.get("rgb") or "")[-6:]


def cells_of(markup: bytes) -> dict[Cell, Any]:
    """Every cell of a worksheet part by its place."""
    found: dict[Cell, Any] = {}
    row = 0
    for line in etree.fromstring(markup).iter("{*}row"):
        row = int(line.get("r", row + 1))
        column = -1
        for cell in line.iter("{*}c"):
            place = cell_reference(cell.get("r", "")) or (row, column + 1)
            column = place[1]
            found[place] = cell
    return found


def _same_sheet(old: Parts, new: Parts, part: str, marked: Sequence[Cell]) -> None:
    a, b = etree.fromstring(old[part]), etree.fromstring(new[part])
    for view in a.iter("{*}sheetView"):
        view.attrib.pop("tabSelected", None)
    assert not any(view.get("tabSelected") for view in b.iter("{*}sheetView"))
    if a.tag.endswith("}worksheet"):
        here, there = cells_of(old[part]), cells_of(new[part])
        assert set(there) - set(here) <= set(marked) and set(here) <= set(there)
        added = {f"{column_letter(c)}{r}" for r, c in set(there) - set(here)}
        rows = {int(re.sub(r"\D", "", ref)) for ref in added}
        had = {int(row.get("r", 0)) for row in a.iter("{*}row")}
        for row in list(b.iter("{*}row")):
            number = int(row.get("r", 0))
            for cell in [c for c in row if c.get("r") in added]:
                assert not len(cell) and not cell.text
                row.remove(cell)
            if number in rows and number not in had:
                assert not len(row)
                row.getparent().remove(row)
        for row in a.iter("{*}row"):
            if int(row.get("r", 0)) in rows:
                row.attrib.pop("spans", None)
        for tree in (a, b):
            order, row = -1, 0
            for line in tree.iter("{*}row"):
                row, order = int(line.get("r", row + 1)), -1
                for cell in line.iter("{*}c"):
                    place = cell_reference(cell.get("r", "")) or (row, order + 1)
                    order = place[1]
                    if place in marked:
                        cell.attrib.pop("s", None)
        if not _related(old, part, "vmlDrawing") or a.find("{*}legacyDrawing") is None:
            for drawing in b.findall("{*}legacyDrawing"):
                b.remove(drawing)
    assert _plain(a) == _plain(b), part


def _plain(root: Any) -> list[Any]:
    etree.strip_tags(root, etree.Comment)
    return [
        (e.tag, sorted(e.attrib.items()), (e.text or "").strip("\n"), (e.tail or "").strip("\n"))
        for e in root.iter()
    ]


def _same_workbook(old: Parts, new: Parts, wanted: str) -> None:
    a, b = (etree.fromstring(p["xl/workbook.xml"]) for p in (old, new))
    tabs = b.find("{*}sheets")
    assert tabs[0].get("name") == wanted
    numbers = [s.get("sheetId") for s in tabs]
    assert len(set(numbers)) == len(numbers)
    tabs.remove(tabs[0])
    names = b.find("{*}definedNames")
    own = [n for n in names if (n.text or "").startswith(f"'{wanted}'!")]
    assert len(own) == 1
    names.remove(own[0])
    for name in names:
        if name.get("localSheetId"):
            name.set("localSheetId", str(int(name.get("localSheetId")) - 1))
    if not len(names):
        b.remove(names)
    for root in (a, b):
        for view in root.iter("{*}workbookView"):
            if root is b:
                assert view.get("activeTab") == "0"
            for key in ("activeTab", "firstSheet"):
                view.attrib.pop(key, None)
        if root.find("{*}definedNames") is not None and not len(root.find("{*}definedNames")):
            root.remove(root.find("{*}definedNames"))
    assert _plain(a) == _plain(b)


def _same_styles(old: Parts, new: Parts) -> None:
    if "xl/styles.xml" not in old:
        return
    a, b = (etree.fromstring(p["xl/styles.xml"]) for p in (old, new))
    for group in b:
        before = next((g for g in a if g.tag == group.tag), None)
        if group.get("count") is not None:
            assert int(group.get("count")) == len(group)
        if before is not None:
            assert [_plain(e) for e in before] == [_plain(e) for e in list(group)[: len(before)]]


def _sheets(package: Parts) -> dict[str, str]:
    book = etree.fromstring(package["xl/workbook.xml"])
    targets = {e.get("Id"): e.get("Target") for e in etree.fromstring(package["xl/_rels/workbook.xml.rels"])}
    found = {}
    for tab in book.find("{*}sheets"):
        identifier = next(v for k, v in tab.attrib.items() if k.endswith("}id"))
        target = targets[identifier]
        found[tab.get("name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _relations(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _related(package: Parts, part: str, kind: str) -> set[str]:
    content = package.get(_relations(part))
    if content is None:
        return set()
    found = set()
    for element in etree.fromstring(content):
        if element.get("Type", "").endswith(f"/{kind}"):
            target = element.get("Target")
            found.add(target.lstrip("/") if target.startswith("/") else re.sub(r"^\.\./", "xl/", target))
    return found


def _attributes(markup: bytes) -> set[Any]:
    return {tuple(sorted(e.attrib.items())) for e in etree.fromstring(markup)}


def _named(root: Any, called: str) -> Any:
    return root.find(f"{{*}}{called}")
