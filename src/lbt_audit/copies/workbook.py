"""A workbook that is copied with a few cells marked and a sheet put first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, Final

from lbt_audit.copies.contents import Content, Contents
from lbt_audit.copies.markup import STRICT_MAIN, UneditableError, child, made, markup, name, namespace, parse
from lbt_audit.copies.notes import Notes
from lbt_audit.copies.package import EditedPackage
from lbt_audit.copies.sheet import SELECTED, Cell, Restyle, SheetPart
from lbt_audit.copies.styles import Styles, read_styles
from lbt_audit.intake.files.package import Package
from lbt_audit.model.record import dataclass

_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ORDER = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
          "externalReferences", "definedNames")  # fmt: skip
MOST_NAME: Final = 31


@dataclass(frozen=True)
class Mark:
    """How a cell is marked: the colour of its fill (RRGGBB), the gravest of ``level`` where a merged range has several,
    and the texts of its note."""

    level: int
    colour: str
    texts: tuple[str, ...] = ()

    def joined(self, other: Mark) -> Mark:
        graver = self if self.level >= other.level else other
        return Mark(graver.level, graver.colour, tuple(dict.fromkeys((*self.texts, *other.texts))))


class WorkbookCopy:
    """``source`` with changes; ``save`` writes it. Raises UneditableError and RefusedError where it cannot be edited
    part by part, in every method."""

    def __init__(self, source: Package) -> None:
        self.package = EditedPackage(source)
        found = self.package.relations("").find("officeDocument")
        self._main = next((p for p in found if p in self.package), "xl/workbook.xml")
        self._root: Any = parse(self.package.read(self._main))
        self._as_read = {self._main: markup(self._root)}
        self._relations = self.package.relations(self._main)
        self._styles_part, self.styles = read_styles(
            self.package, self._relations, namespace(self._root) == STRICT_MAIN
        )
        self._as_read[self._styles_part] = markup(self.styles.root)
        self._parts: dict[str, SheetPart] = {}
        self._marks: dict[str, dict[Cell, Mark]] = {}

    @property
    def sheets(self) -> list[str]:
        """Names of all sheets, in the order of the tabs."""
        return [e.get("name", "") for e in self._tabs()]

    def mark(self, sheet: str, marks: Mapping[Cell, Mark]) -> None:
        """Cells of ``sheet`` to be marked; of a merged range, the cell that is shown."""
        part = self._part(sheet)
        own = self._marks.setdefault(sheet, {})
        for cell, mark in marks.items():
            shown = part.anchor(cell)
            own[shown] = own[shown].joined(mark) if shown in own else mark

    def forget(self, sheets: Iterable[str], colours: frozenset[str], author: str, separator: str) -> None:
        """Take away what an earlier copy added: ``sheets``, notes by ``author``, what follows ``separator`` in others,
        and fills in ``colours``."""
        self.styles.forget(colours)
        for sheet in sheets:
            self._remove(sheet)
        for sheet in self.sheets:
            kind, target = self._target(sheet)
            relations = self.package.relations(target)
            if kind == "worksheet" and relations.find("comments"):
                Notes(self.package, self._part(sheet), relations).forget(author, separator)

    def _remove(self, sheet: str) -> None:
        """A sheet, and the names that stand for places on it."""
        at = self.sheets.index(sheet)
        self.package.remove(self._target(sheet)[1])
        self._list().remove(self._tabs()[at])
        for element in self._names():
            local = element.get("localSheetId", "")
            if local == str(at) or (element.text or "").startswith((f"'{sheet}'!", f"{sheet}!")):
                element.getparent().remove(element)
            elif local.isdigit() and int(local) > at:
                element.set("localSheetId", str(int(local) - 1))

    def put_first(self, wanted: str, content: Callable[[Styles, Mapping[str, str]], Iterable[bytes]]) -> str:
        """A new first sheet, which the copy opens at; gives its name. ``content`` makes its markup, given the styles
        and the namespaces of the workbook (``main``, ``office``)."""
        title = _unused(
            wanted,
            {s.casefold() for s in self.sheets} | {e.get("name", "").casefold() for e in self._names()},
            MOST_NAME,
        )
        spaces = {"main": namespace(self._root), "office": self._office()}
        pieces = b"".join(content(self.styles, spaces))
        part = self.package.add("xl/worksheets/sheet{}.xml", pieces, _SHEET)
        identifier = self._relations.add("worksheet", part)
        numbers = [int(e.get("sheetId", "0")) for e in self._tabs() if e.get("sheetId", "0").isdigit()]
        tab = made(self._list(), "sheet", {"name": title, "sheetId": str(max([0, *numbers]) + 1)}, 0)
        tab.set(f"{{{spaces['office']}}}id", identifier)
        self._shift_names(title)
        views = child(self._root, "bookViews")
        for view in views if views is not None else ():
            if name(view) == "workbookView":
                view.attrib.pop("firstSheet", None)
                view.set("activeTab", "0")
        for sheet in self.sheets[1:]:
            self._deselect(sheet)
        return title

    def refill(self, sheet: str, cells: Mapping[Cell, tuple[str, bool]]) -> set[Cell]:
        """Texts that cells of ``sheet`` are to hold, and whether each is a number kept as text; gives those that stay
        as they are, because they are worked out or not there."""
        _, target = self._target(sheet)
        contents = Contents(
            self._part(sheet),
            {
                cell: Content(text, self.styles.as_text if kept else None)
                for cell, (text, kept) in cells.items()
            },
        )
        made = b"".join(contents.markup())
        self.package.replace(target, made)
        return contents.formulas | contents.absent

    def save(self, out: BinaryIO, author: str = "", separator: str = "") -> None:
        """Write the copy. ``author`` of the notes; ``separator`` stands between a note that was there and what is
        appended to it."""
        for sheet, marks in self._marks.items():
            part, (_, target) = self._part(sheet), self._target(sheet)
            texts = {cell: "\n\n".join(m.texts) for cell, m in marks.items() if m.texts}
            drawing = None
            if texts:
                relations = self.package.relations(target)
                drawing = Notes(self.package, part, relations).add(texts, author, separator)
            restyles = {mark.colour: self._filled(mark.colour) for mark in marks.values()}
            cells: dict[Cell, Restyle] = {cell: restyles[mark.colour] for cell, mark in marks.items()}
            self.package.replace(target, _streamed(part, cells, drawing))
        # Styles grow while cells are written, so they are written last.
        self.package.save(
            out,
            last={
                self._styles_part: lambda: self._said(self._styles_part, self.styles.root),
                self._main: lambda: self._said(self._main, self._root),
            },
        )

    def _said(self, part: str, root: Any) -> bytes:
        """A part as it is by now; to the byte as it came where nothing in it was changed."""
        now = markup(root)
        return self.package.read(part) if now == self._as_read[part] else now

    def _filled(self, colour: str) -> Restyle:
        return lambda style: self.styles.filled(style, colour)

    def _deselect(self, sheet: str) -> None:
        """Two sheets that are chosen would be edited together."""
        kind, target = self._target(sheet)
        if kind != "worksheet":
            self.package.replace(target, SELECTED.sub(b"", self.package.read(target)))
        elif sheet not in self._marks and (part := self._part(sheet)).selected:
            self.package.replace(target, _streamed(part, {}, None))

    def _shift_names(self, title: str) -> None:
        """Names that hold for one sheet are counted by its position; and a name to come back to the list by."""
        names = child(self._root, "definedNames")
        if names is None:
            at = sum(1 for e in self._root if name(e) in _ORDER)
            names = made(self._root, "definedNames", {}, at)
        for element in self._names():
            local = element.get("localSheetId", "")
            if local.isdigit():
                element.set("localSheetId", str(int(local) + 1))
        quoted = title.replace("'", "''")
        made(names, "definedName", {"name": title.replace(" ", "_")}).text = f"'{quoted}'!$A$1"

    def _names(self) -> list[Any]:
        names = child(self._root, "definedNames")
        return [e for e in names if name(e)] if names is not None else []

    def _list(self) -> Any:
        found = child(self._root, "sheets")
        if found is None:
            raise UneditableError("no sheets")
        return found

    def _tabs(self) -> list[Any]:
        return [e for e in self._list() if name(e) == "sheet"]

    def _office(self) -> str:
        """The namespace of relations in this workbook."""
        for tab in self._tabs():
            for key in tab.attrib:
                if key.endswith("}id"):
                    return str(key[1:-3])
        raise UneditableError("no sheets")

    def _target(self, sheet: str) -> tuple[str, str]:
        """(kind, part) of a sheet."""
        tab = next(e for e in self._tabs() if e.get("name", "") == sheet)
        found = self._relations.target(tab.get(f"{{{self._office()}}}id", ""))
        if found is None or found[1] not in self.package:
            raise UneditableError("sheet without part")
        return found

    def _part(self, sheet: str) -> SheetPart:
        if sheet not in self._parts:
            _, target = self._target(sheet)
            self._parts[sheet] = SheetPart(lambda: self.package.open(target))
        return self._parts[sheet]


def _streamed(
    part: SheetPart, cells: Mapping[Cell, Restyle], drawing: str | None
) -> Callable[[], Iterable[bytes]]:
    return lambda: part.edited(cells, drawing, selected=False)


def _unused(wanted: str, taken: set[str], most: int) -> str:
    found, number = wanted, 1
    while found.casefold() in taken:
        number += 1
        tail = f"{number}"
        found = wanted[: most - len(tail)] + tail
    return found
