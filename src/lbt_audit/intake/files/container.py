"""What a file is, by its content; the extension only decides where content cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lbt_audit.intake.files.encoding import wide_order
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.reasons import RefusedError

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = re.compile(rb"\x09(?:\x00\x04\x00|\x02\x06\x00|\x04\x06\x00|\x08(?:\x10\x00|\x08\x00))", re.DOTALL)
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
)
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*", b"8BPS")
_OTHERS = (b"MZ", b"\x7fELF", b"SQLite format 3\x00", b"ID3", b"OggS", b"fLaC", b"\x00\x00\x01\x00",
           b"\xca\xfe\xba\xbe", b"RIFF", b"\x1aE\xdf\xa3", b"PAR1", b"ARROW1", b"wOFF", b"OTTO")  # fmt: skip
_TABLES = frozenset({"xls", "xlsx", "xlsm", "xlsb", "xlt", "xltx", "xltm", "et", "ett", "ods", "csv", "tsv", "tab", "prn",
                     "htm", "html", "xml", "dif", "slk"})  # fmt: skip
"""Extensions by which a file claims to be a table."""
_SEPARATED = frozenset({"csv", "tsv", "tab", "prn"})
"""Those whose text is a table whatever it looks like."""
_OTHER_TABLES = re.compile(
    r"mime-version:.*multipart/related|<\?xml.*application/vnd\.oasis\.opendocument\.spreadsheet"
    r"|id;p|table\r?\n0,1\r?\n",
    re.DOTALL,
)
"""Tables written in ways that are not read: web archives, flat OpenDocument, SYLK, DIF."""
_MARKUP = frozenset({"htm", "html", "xml"})
_FITS = {
    "xlsx": {"xlsx", "et", "xltx", "ett"},
    "xlsm": {"xlsm", "xltm"},
    "xlsb": {"xlsb"},
    "ods": {"ods"},
    "xls": {"xls", "et", "xlt", "ett"},
    "html": {"htm", "html", "mht"},
    "spreadsheetml": {"xml"},
    "text": {"csv", "tsv", "txt", "tab", "prn", "dat"},
}
_MAIN = re.compile(rb'ContentType\s*=\s*"([^"]+\.main\+xml|application/vnd\.ms-excel\.sheet\.binary[^"]*)"')


@dataclass(frozen=True)
class Container:
    """``format``: a key of ``reasons.FORMAT_NAMES``. ``encrypted``: by a password, perhaps Excel's own."""

    format: str
    encrypted: bool = False


def recognise(path: Path, limits: Limits) -> Container:
    """The format of a file. What is no table raises `RefusedError` with the reason."""
    extension = extension_of(path.name)
    with path.open("rb") as stream:
        head = stream.read(8192)
    if not head:
        raise RefusedError("empty")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip(path, extension, limits)
    if head.startswith(_CFB):
        return _cfb(path)
    if _BIFF.match(head):
        return Container("xls")  # a bare stream, from before Excel 5
    _known(head, extension)
    return _text(head, extension)


def extension_of(name: str) -> str:
    """In lower case, without the dot; "" where there is none."""
    return PurePosixPath(name).suffix.lower().lstrip(".").strip()


def fits(format_: str, name: str) -> bool:
    """Whether a file's extension is one of its format's (no extension fits everything)."""
    extension = extension_of(name)
    return not extension or extension in _FITS[format_]


def _known(head: bytes, extension: str) -> None:
    if head.startswith(b"%PDF") or b"%PDF-" in head[:1024]:
        raise RefusedError("pdf")
    if head.startswith(b"{\\rtf"):
        raise RefusedError("word")
    if head.startswith(_ARCHIVES):
        raise RefusedError("archive")
    picture = head.startswith(_IMAGES) and (not head.startswith(b"BM") or b"\x00" in head[:32])
    if (
        picture
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
        or head[4:12] in (b"ftypheic", b"ftypmif1")
    ):
        raise RefusedError("image")
    program = head.startswith(_OTHERS) and b"\x00" in head[:512]
    if program or head[4:8] == b"ftyp":
        raise RefusedError("not_text" if extension in _TABLES else "not_a_spreadsheet")


def _zip(path: Path, extension: str, limits: Limits) -> Container:
    with Package(path, limits) as package:
        names = package.names()
        types = package.read("[Content_Types].xml") if "[Content_Types].xml" in package else b""
        mime = package.read("mimetype", 1 << 16).strip() if "mimetype" in package else b""
        if package.encrypted and not types:
            raise RefusedError("encrypted" if extension in _TABLES else "archive")
    if types[:2] in (b"\xff\xfe", b"\xfe\xff"):
        types = types.decode("utf-16", "replace").encode()
    for found in _MAIN.findall(types):
        if b"sheet.binary" in found:
            return Container("xlsb")
        if b"spreadsheetml" in found or b"ms-excel" in found:
            return Container("xlsm" if b"macroEnabled" in found else "xlsx")
        if b"wordprocessingml" in found or b"ms-word" in found:
            raise RefusedError("word")
        if b"presentationml" in found or b"ms-powerpoint" in found:
            raise RefusedError("presentation")
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        if b"spreadsheet" in mime:
            return Container("ods")
        raise RefusedError(
            "word" if b"text" in mime else "presentation" if b"presentation" in mime else "unsupported"
        )
    if "xl/workbook.xml" in names:
        return Container("xlsx")
    if "xl/workbook.bin" in names:
        return Container("xlsb")
    if any(n.startswith("word/") for n in names):
        raise RefusedError("word")
    if any(n.startswith("ppt/") for n in names):
        raise RefusedError("presentation")
    raise RefusedError("archive")


def _cfb(path: Path) -> Container:
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as ole:
            names = {"/".join(n).lower() for n in ole.listdir()}
            if "encryptedpackage" in names:
                return Container("xlsx", encrypted=True)
            book = next((n for n in ("Workbook", "Book") if ole.exists(n)), None)
            if book is not None:
                stream = ole.openstream(book)
                return Container("xls", encrypted=_file_pass(stream.read(1 << 16)))
    except Exception as error:  # olefile answers damage with exceptions of every kind
        raise RefusedError("damaged", error=str(error)) from None
    if "worddocument" in names:
        raise RefusedError("word")
    if "powerpoint document" in names:
        raise RefusedError("presentation")
    raise RefusedError("unsupported")


def _file_pass(stream: bytes) -> bool:
    """Whether a workbook stream has a FILEPASS record (0x2F); it stands among the first records."""
    at = 0
    while at + 4 <= len(stream):
        kind = int.from_bytes(stream[at : at + 2], "little")
        size = int.from_bytes(stream[at + 2 : at + 4], "little")
        if kind == 0x2F:
            return True
        if kind == 0x0A or (kind == 0 and size == 0):
            return False
        at += 4 + size
    return False


def _text(head: bytes, extension: str) -> Container:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "replace")
    elif b"\x00" in head:
        if not wide_order(head):
            raise RefusedError("not_text" if extension in {*_TABLES, "txt"} else "not_a_spreadsheet")
        text = head.replace(b"\x00", b"").decode("latin-1")
    else:
        text = head.decode("latin-1")  # only markup, which is ASCII, is looked for
    low = text.lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in low and "<" in low[:1]:
        return Container("spreadsheetml")
    if _OTHER_TABLES.match(low):
        raise RefusedError("unsupported")
    markup = low.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div", "<center",
                             "<?xml", "<!--", "<thead", "<tr"))  # fmt: skip
    if markup and ("<table" in low or "<html" in low or extension in _TABLES - {"xml", "csv"}):
        return Container("html")
    if extension in {*_TABLES, "txt", "dat", ""} and not (markup and extension == "xml"):
        if extension not in _SEPARATED and not _tabular(text):
            raise RefusedError("damaged" if extension in _TABLES - _MARKUP else "not_a_spreadsheet")
        return Container("text")
    raise RefusedError("not_a_spreadsheet")


def _tabular(text: str) -> bool:
    """Whether a text without a telling name has a separator in most of its first lines."""
    lines = [x for x in text.replace("\x00", "").splitlines()[:20] if x.strip()][
        : -1 if len(text) > 8000 else None
    ]
    return (
        any(sum(s in x for x in lines) * 3 >= len(lines) * 2 for s in ("\t", ",", ";", "，"))
        if lines
        else False
    )
