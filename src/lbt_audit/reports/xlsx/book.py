"""The package around the sheets. The same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import field
from typing import BinaryIO

from lbt_audit.model.record import dataclass
from lbt_audit.reports.xlsx.cells import Strings
from lbt_audit.reports.xlsx.sheet import Sheet
from lbt_audit.reports.xlsx.style import Styles
from lbt_audit.reports.xlsx.text import attribute, clean

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LARGE = 1_000_000  # rows; beyond, a part may pass 2 GiB and needs zip64


@dataclass
class Book:
    """``font`` is the face of every cell."""

    font: str
    title: str = ""
    sheets: list[Sheet] = field(default_factory=list)

    def save(self, out: BinaryIO) -> None:
        """Write the workbook."""
        strings, styles = Strings(), Styles(self.font)
        with zipfile.ZipFile(out, "w") as package:
            for number, sheet in enumerate(self.sheets, 1):
                info = _entry(f"xl/worksheets/sheet{number}.xml")
                with package.open(info, "w", force_zip64=sheet.next_row > _LARGE) as part:
                    for piece in sheet.xml(strings, styles):
                        part.write(piece)
            for name, text in self._parts(strings, styles).items():
                package.writestr(_entry(name), text.encode("utf-8"))

    def _parts(self, strings: Strings, styles: Styles) -> dict[str, str]:
        return {
            "xl/sharedStrings.xml": strings.xml(),
            "xl/styles.xml": styles.xml(),
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": self._relations(),
            "docProps/core.xml": self._core(),
            "_rels/.rels": (
                f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
                f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
                f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
                'Target="docProps/core.xml"/></Relationships>'
            ),
            "[Content_Types].xml": self._types(),
        }

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name="{attribute(s.name)}" sheetId="{i}" r:id="rId{i}"/>'
            for i, s in enumerate(self.sheets, 1)
        )
        names = []
        for index, sheet in enumerate(self.sheets):
            quoted = "'" + sheet.name.replace("'", "''") + "'"
            if (area := sheet.filter_range()) is not None:
                names.append(
                    _defined("_xlnm._FilterDatabase", index, f"{quoted}!{_absolute(area)}", ' hidden="1"')
                )
            if sheet.print_area is not None:
                names.append(_defined("_xlnm.Print_Area", index, f"{quoted}!{_absolute(sheet.print_area)}"))
            if sheet.title_rows is not None:
                first, last = sheet.title_rows
                names.append(_defined("_xlnm.Print_Titles", index, f"{quoted}!${first}:${last}"))
        defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
        return (
            f'{_DECLARATION}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{_OFFICE}"><bookViews><workbookView activeTab="0" tabRatio="800"/></bookViews>'
            f"<sheets>{sheets}</sheets>{defined}</workbook>"
        )

    def _relations(self) -> str:
        n = len(self.sheets)
        items = [
            f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, n + 1)
        ]
        items.append(f'<Relationship Id="rId{n + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>')
        items.append(
            f'<Relationship Id="rId{n + 2}" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
        return (
            f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(items)}</Relationships>'
        )

    def _core(self) -> str:
        return (
            f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{clean(self.title)}</dc:title><dc:creator>lbt-audit</dc:creator></cp:coreProperties>"
        )

    def _types(self) -> str:
        parts = [("/xl/workbook.xml", f"{_MAIN}.sheet.main+xml")]
        parts += [
            (f"/xl/worksheets/sheet{i}.xml", f"{_MAIN}.worksheet+xml") for i in range(1, len(self.sheets) + 1)
        ]
        parts += [
            ("/xl/styles.xml", f"{_MAIN}.styles+xml"),
            ("/xl/sharedStrings.xml", f"{_MAIN}.sharedStrings+xml"),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ]
        listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
        return (
            f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        )


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)  # dated 1980-01-01: no clock in the bytes
    info.compress_type = zipfile.ZIP_DEFLATED
    setattr(info, "_compresslevel", 1)  # noqa: B010 -- no public name before Python 3.13
    return info


def _defined(name: str, sheet: int, refers: str, extra: str = "") -> str:
    return f'<definedName name="{name}" localSheetId="{sheet}"{extra}>{clean(refers)}</definedName>'


def _absolute(area: str) -> str:
    """``$A$2:$R$100`` of ``A2:R100``."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area)
