"""What stands around the cells of a worksheet part, and its cells as runs of whole rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from xml.parsers import expat

from lxml import etree

from lbt_audit.copies.markup import OFFICE, STRICT_MAIN, STRICT_OFFICE, UneditableError, parse
from lbt_audit.copies.package import CHUNK, Source
from lbt_audit.intake.readers.xlsx.references import cell_range
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_ROOT = regex(rb"<(?![?!])(?:([\w.-]+):)?worksheet\b[^>]*>")
_ENCODING = regex(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']""")
_HEAD = 8 << 20  # bytes before the cells
_ROW = 256 << 20  # bytes of one row
_AFTER_LEGACY = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)  # fmt: skip


@dataclass
class Layout:
    """What is known of a worksheet before it is written: ``head`` up to the cells, ``tail`` from their end on."""

    head: bytes = b""
    tail: bytes = b""
    prefix: bytes = b""
    columns: list[tuple[int, int, int]] = field(default_factory=list)  # first, last (0-based), style
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    drawing: str | None = None  # relation of the drawing that holds the notes
    place: int = 0  # in ``tail``, where such a drawing is named
    spaces: Mapping[str, str] = field(default_factory=dict)  # namespace → prefix, of the root

    def column_style(self, column: int) -> int:
        return next((style for first, last, style in self.columns if first <= column <= last), 0)


class UnusualError(Exception):
    """Markup that has to be said plainly first."""


def look(part: Source) -> Layout:
    """What stands around the cells of a worksheet part. Raises UneditableError for markup that is none of a worksheet,
    UnusualError for what has to be said plainly first, RefusedError for damage."""
    parts = _parts(part)
    layout = Layout(head=next(parts))
    root = _ROOT.search(layout.head)
    if root is None:
        raise UneditableError("worksheet")
    layout.prefix = root[1] + b":" if root[1] else b""
    last = b""
    for last in parts:
        if b"!" in last and b"<!" in last:  # a single byte is looked for ten times as fast
            raise UnusualError
    layout.tail = last
    _read(layout, root[0])
    return layout


def bodies(part: Source) -> Iterator[bytes]:
    """The cells alone, whole rows at a time."""
    parts = _parts(part)
    next(parts)
    waiting = None
    for data in parts:
        if waiting is not None:
            yield waiting
        waiting = data


def _parts(part: Source) -> Iterator[bytes]:
    """The head, runs of whole rows, and the tail of a worksheet part."""
    head = b""
    while True:
        data = part.read(CHUNK)
        head += data
        at = head.find(b"sheetData")
        if at >= 0 and (close := head.find(b">", at)) >= 0:
            break
        if not data or len(head) > _HEAD:
            raise UneditableError("no sheetData")
    start = head.rfind(b"<", 0, at)
    encoding = _ENCODING.search(head[:200])
    plain = encoding is None or encoding[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    if not plain or b"\x00" in head[:200] or b"<!" in head or head.count(b"<?") > 1:
        raise UnusualError
    tag, rest = head[start : close + 1], head[close + 1 :]
    end = b"</" + tag[1 : tag.index(b"sheetData")] + b"sheetData"
    row_end = b"</" + tag[1 : tag.index(b"sheetData")] + b"row>"
    if tag.endswith(b"/>"):
        yield head[:start] + tag[:-2].rstrip() + b">"
        yield end + b">" + rest + _all(part)
        return
    yield head[: close + 1]
    while True:
        at = rest.find(end)
        if at >= 0:
            yield rest[:at]
            yield rest[at:] + _all(part)
            return
        cut = rest.rfind(row_end) + len(row_end)
        if cut >= len(row_end):
            yield rest[:cut]
            rest = rest[cut:]
        data = part.read(CHUNK)
        if not data or len(rest) > _ROW:
            raise UneditableError("no end of sheetData")
        rest += data


def _all(part: Source) -> bytes:
    pieces = []
    while data := part.read(CHUNK):
        pieces.append(data)
    return b"".join(pieces)


def plain(part: Source) -> bytes:
    root = parse(_all(part))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _read(layout: Layout, root: bytes) -> None:
    """What stands around the cells: styles of columns, merges, the drawing of notes and its place."""
    depth = 0
    cut = b"<" + layout.prefix + b"sheetData>"
    data = layout.head[layout.head.index(root) :]
    data = data[: data.rindex(b"<")] + cut + layout.tail
    shift = len(data) - len(layout.tail)
    wrapped = [False]  # inside AlternateContent at the level of the sheet's own parts
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        local = tag.rpartition(":")[2]
        if depth == 0:
            layout.spaces = {v: k.partition(":")[2] for k, v in attributes.items() if k.startswith("xmlns")}
        elif depth == 1:
            wrapped[0] = local == "AlternateContent"
            last = parser.CurrentByteIndex
            if wrapped[0]:
                outer[0] = last
            elif local in _AFTER_LEGACY and not layout.place:
                layout.place = last - shift
        elif wrapped[0] and local in _AFTER_LEGACY and not layout.place:
            layout.place = outer[0] - shift
        if local == "col" and attributes.get("style", "").isdigit():
            first, last_ = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last_.isdigit():
                layout.columns.append((int(first) - 1, int(last_) - 1, int(attributes["style"])))
        elif local == "mergeCell":
            found = cell_range(attributes.get("ref", ""))
            if found is not None:
                layout.merges.append(found)
        elif local == "legacyDrawing" and depth == 1:
            layout.drawing = next((v for k, v in attributes.items() if k.endswith(":id")), None)
        depth += 1

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0 and not layout.place:
            layout.place = parser.CurrentByteIndex - shift

    outer = [0]
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise UneditableError("worksheet") from None


def legacy_drawing(layout: Layout, identifier: str) -> bytes:
    space = STRICT_OFFICE if STRICT_MAIN in layout.spaces else OFFICE
    known = layout.spaces.get(space)
    declared = f'{known}:id="{identifier}"' if known else f'xmlns:r="{space}" r:id="{identifier}"'
    return b"<" + layout.prefix + f"legacyDrawing {declared}/>".encode()
