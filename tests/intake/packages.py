"""Spreadsheet packages written by hand, so that tests can make them as wrong as they like."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.result import ReadResult
from lbt_audit.intake.readers.xlsx.workbook import read_ooxml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def styles(*formats: str) -> str:
    """Style 0 is General; style n has the n-th of ``formats`` (a code, or a built-in number as text)."""
    codes = [(i, f) for i, f in enumerate(formats, 164) if not f.isdigit() or set(f) == {"0"}]
    numbers = {f: str(i) for i, f in codes}
    fmts = "".join(f'<numFmt numFmtId="{i}" formatCode={quoteattr(f)}/>' for i, f in codes)
    xfs = "".join(f'<xf numFmtId="{numbers.get(f, f)}"/>' for f in ("0", *formats)).replace(
        f'<xf numFmtId="{numbers.get("0", "0")}"/>', '<xf numFmtId="0"/>', 1
    )
    return (
        f'{_XML}<styleSheet xmlns="{MAIN}"><numFmts>{fmts}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f"<cellXfs>{xfs}</cellXfs></styleSheet>"
    )


def worksheet(rows: str, head: str = "", tail: str = "") -> str:
    return f'{_XML}<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'


def strings(*entries: str) -> str:
    """Shared strings; an entry is the inside of its <si>."""
    body = "".join(f"<si>{e}</si>" for e in entries)
    return f'{_XML}<sst xmlns="{MAIN}" count="99999999" uniqueCount="4294967295">{body}</sst>'


def package(
    path: Path,
    sheets: dict[str, str] | str,
    *,
    shared: str | None = None,
    style: str | None = None,
    states: dict[str, str] | None = None,
    properties: str = "",
    macro: bool = False,
    strict: bool = False,
    extra: dict[str, bytes] | None = None,
) -> Path:
    """An .xlsx of worksheet parts by sheet name."""
    if isinstance(sheets, str):
        sheets = {"Sheet1": sheets}
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else _OFFICE
    kind = (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        if macro
        else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    )
    tabs = "".join(
        f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"'
        + (f' state="{states[n]}"' if states and n in states else "")
        + "/>"
        for i, n in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{relation}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    relations += f'<Relationship Id="rId900" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
    relations += f'<Relationship Id="rId901" Type="{relation}/styles" Target="/xl/styles.xml"/>'
    main = STRICT if strict else MAIN
    parts: dict[str, bytes] = {
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{main}" xmlns:r="{relation}">{properties}<sheets>{tabs}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relations}</Relationships>"
        ).encode(),
    }
    if shared is not None:
        parts["xl/sharedStrings.xml"] = shared.encode()
    if style is not None:
        parts["xl/styles.xml"] = style.encode()
    for i, markup in enumerate(sheets.values(), 1):
        text = markup.replace(MAIN, STRICT) if strict else markup
        parts[f"xl/worksheets/sheet{i}.xml"] = text.encode("utf-8", "surrogatepass")
    parts |= extra or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def both(path: Path, limits: Limits | None = None) -> Grid:
    """The first sheet, read both ways, and once more as one of many printed alike; all must agree."""
    limits = limits or Limits()
    content = path.read_bytes()
    with Package(path, limits) as opened:
        fast, fast_notes = read_ooxml(opened, limits)
    with Package(path, limits) as opened:
        slow, slow_notes = read_ooxml(opened, limits, thorough=True)
    for _ in range(2):
        with Package(io.BytesIO(content), limits) as opened:
            again, again_notes = read_ooxml(opened, limits)
    assert fast_notes == slow_notes == again_notes
    for one, other, third in zip(fast, slow, again, strict=True):
        same(one, other)
        same(one, third)
    return fast[0]


def same(one: Grid, other: Grid) -> None:
    """Two grids say the same."""
    assert cells(one) == cells(other)
    assert one.shape == other.shape
    for name in ("sheet", "visibility", "merges", "hidden_rows", "hidden_columns", "filtered"):
        assert getattr(one, name) == getattr(other, name), name


def cells(grid: Grid) -> dict[tuple[int, int], tuple[int, str]]:
    """(row number, column) → (kind, text) of every cell that is not blank; checks the grid's own rules."""
    rows, columns = grid.shape
    assert grid.kinds.shape == (rows, columns)
    assert all(len(t) == rows and t.null_count == 0 for t in grid.text)
    assert (np.diff(grid.row_numbers) > 0).all()
    assert (grid.kinds != 0).any(axis=1).all()
    texts = [t.to_pylist() for t in grid.text]
    found = {}
    for r, number in enumerate(grid.row_numbers.tolist()):
        for c in range(columns):
            if grid.kinds[r, c]:
                found[number, c] = (int(grid.kinds[r, c]), texts[c][r])
            else:
                assert texts[c][r] == ""
    return found


def read_one(path: Path, limits: Limits | None = None) -> ReadResult:
    """One file without the fence."""
    from lbt_audit.intake.readers.file import read_file

    return read_file(InputFile(path.name, path), limits or Limits())
