"""What a file is, by its content; the extension only decides where content cannot."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from lbt_audit.intake.files.documents import TABLES
from lbt_audit.intake.files.encoding import decode, decode_head
from lbt_audit.intake.files.limits import MB, Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = regex(rb"\x09(?:\x00\x04\x00|\x02\x06\x00|\x04\x06\x00|\x08(?:\x10\x00|\x08\x00))", re.DOTALL)
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
_SEPARATED = frozenset({"csv", "tsv", "tab", "prn"})
"""Those whose text is a table whatever it looks like."""
_OTHER_TABLES = regex(
    r"mime-version:.*multipart/related|id;p|table\r?\n0,1\r?\n",
    re.DOTALL,
)
"""Tables written in ways that are not read: web archives, SYLK, DIF."""
_DATABASES = frozenset({"dbf", "mdb", "accdb"})
_ELSEWHERE = frozenset({"numbers", "gnumeric", "wk1", "wk3", "wk4", "wks", "123", "wb1", "wb2", "wb3", "qpw", "sav", "dta",
                        "parquet", "feather"})  # fmt: skip
"""Tables of programs whose files are not read."""
_ID_NUMBER = regex(r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx](?![0-9A-Za-z])")
_LIST = 3  # ID numbers that make a text a list of persons
_SEARCHED = 4 * MB
_MARKUP = frozenset({"htm", "html", "xml"})
_FITS = {
    "xlsx": {"xlsx", "et", "xltx", "ett"},
    "xlsm": {"xlsm", "xltm"},
    "xlsb": {"xlsb"},
    "ods": {"ods"},
    "fods": {"fods", "xml"},
    "xls": {"xls", "et", "xlt", "ett"},
    "html": {"htm", "html", "mht"},
    "spreadsheetml": {"xml"},
    "text": {"csv", "tsv", "txt", "tab", "prn", "dat"},
}
_MAIN = regex(rb'ContentType\s*=\s*"([^"]+\.main\+xml|application/vnd\.ms-excel\.sheet\.binary[^"]*)"')


@dataclass(frozen=True)
class Container:
    """``format``: a key of ``reasons.FORMAT_NAMES``. ``encrypted``: by a password, perhaps Excel's own.

    ``own``: a workbook this program wrote and no other has saved since. ``package``: opened, to be closed by the caller.
    """

    format: str
    encrypted: bool = False
    own: bool = False
    package: Package | None = None


def recognise(stream: BinaryIO, name: str, limits: Limits) -> Container:
    """The format of an open file. What is no table raises `RefusedError` with the reason."""
    extension = extension_of(name)
    head = stream.read(8192)
    if not head:
        raise RefusedError("empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and extension not in _ELSEWHERE:
        package = Package(stream, limits)
        try:
            return replace(_zip(package, extension), package=package)
        except BaseException:
            package.close()
            raise
    if head.startswith(_CFB):
        return _cfb(stream, extension)
    if _BIFF.match(head):
        return Container("xls")  # a bare stream, from before Excel 5
    _known(head, extension)
    try:
        return _text(head, extension)
    except RefusedError as refused:
        if refused.key in ("not_a_spreadsheet", "damaged"):
            stream.seek(0)
            refuse_list(decode(stream.read(_SEARCHED)).text, "text_list")
        raise


def refuse_list(text: str, key: str) -> None:
    """Raises `RefusedError` where ``text`` holds ID numbers of several persons: nobody must overlook it."""
    count = len(set(itertools.islice(_ID_NUMBER.findall(text), 100_000)))
    if count >= _LIST:
        raise RefusedError(key, count=str(count))


def extension_of(name: str) -> str:
    """In lower case, without the dot; "" where there is none."""
    return PurePosixPath(name).suffix.lower().lstrip(".").strip()


def fits(format_: str, name: str) -> bool:
    """Whether a file's extension is one of its format's (no extension fits everything)."""
    extension = extension_of(name)
    return not extension or extension in _FITS[format_]


def _known(head: bytes, extension: str) -> None:
    if extension in _DATABASES or head[4:19] in (b"Standard Jet DB", b"Standard ACE DB") or _is_dbase(head):
        raise RefusedError("database")
    if extension in _ELSEWHERE:
        raise RefusedError("unsupported")
    if (
        b'"lbt-audit"' in head and b'"schema_version"' in head
    ) or b'name="generator" content="lbt-audit' in head:
        raise RefusedError("own_document")
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
        raise RefusedError("not_text" if extension in TABLES else "not_a_spreadsheet")


def _is_dbase(head: bytes) -> bool:
    """The header of dBASE and FoxPro tables: version, day of change, and its own length with its end mark."""
    if len(head) < 65 or head[0] not in b"\x02\x03\x30\x31\x32\x43\x63\x83\x8b\xf5\xfb":
        return False
    size = int.from_bytes(head[8:10], "little")
    dated = 1 <= head[2] <= 12 and 1 <= head[3] <= 31
    return dated and 64 < size <= len(head) and b"\x0d" in head[max(64, size - 264) : size]


def _zip(package: Package, extension: str) -> Container:
    names = package.names()
    types = package.told(bytes, "[Content_Types].xml") if "[Content_Types].xml" in package else b""
    mime = package.read("mimetype", 1 << 16).strip() if "mimetype" in package else b""
    if package.encrypted and not types:
        raise RefusedError("encrypted" if extension in TABLES else "archive")
    if types[:2] in (b"\xff\xfe", b"\xfe\xff"):
        types = types.decode("utf-16", "replace").encode()
    for found in _MAIN.findall(types):
        if b"sheet.binary" in found:
            return Container("xlsb")
        if b"spreadsheetml" in found or b"ms-excel" in found:
            return Container("xlsm" if b"macroEnabled" in found else "xlsx", own=_is_own(package))
        if b"wordprocessingml" in found or b"ms-word" in found:
            raise _word(package, "word/document.xml")
        if b"presentationml" in found or b"ms-powerpoint" in found:
            raise RefusedError("presentation")
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        if b"spreadsheet" in mime:
            return Container("ods")
        if b"text" in mime:
            raise _word(package, "content.xml")
        raise RefusedError("presentation" if b"presentation" in mime else "unsupported")
    if "xl/workbook.xml" in names:
        return Container("xlsx")
    if "xl/workbook.bin" in names:
        return Container("xlsb")
    if any(n.startswith("word/") for n in names):
        raise _word(package, "word/document.xml")
    if any(n.startswith("ppt/") for n in names):
        raise RefusedError("presentation")
    if "ofd.xml" in names:
        raise RefusedError("ofd")
    raise RefusedError("archive")


def _is_own(package: Package) -> bool:
    """Office programs add a ``docProps/app.xml`` to what they save."""
    core = "docProps/core.xml"
    return (
        core in package
        and "docProps/app.xml" not in package
        and b">lbt-audit</dc:creator>" in package.read(core)
    )


def _word(package: Package, part: str) -> RefusedError:
    """A text document; one that holds a list of persons is no letter."""
    text = package.read(part).decode("utf-8", "replace") if part in package else ""
    try:
        refuse_list(re.sub(r"<[^>]*>", "", re.sub(r"</(?:w:p|w:tc|text:p)>", "\n", text)), "word_list")
    except RefusedError as refused:
        return refused
    return RefusedError("word")


def _cfb(stream: BinaryIO, extension: str) -> Container:
    import olefile

    try:
        with olefile.OleFileIO(stream) as ole:
            names = {"/".join(n).lower() for n in ole.listdir()}
            if "encryptedpackage" in names:
                return Container("xlsx", encrypted=True)
            book = next((n for n in ("Workbook", "Book") if ole.exists(n)), None)
            if book is not None:
                return Container("xls", encrypted=_file_pass(ole.openstream(book).read(1 << 16)))
            text = ole.openstream("WordDocument").read(_SEARCHED) if ole.exists("WordDocument") else b""
    except Exception as error:  # olefile answers damage with exceptions of every kind
        raise RefusedError("damaged", error=str(error)) from None
    if "worddocument" in names:
        # Text stands there in one byte a character or in two.
        refuse_list(f"{text.decode('latin-1')} {text.decode('utf-16-le', 'replace')}", "word_list")
        raise RefusedError("word")
    if "powerpoint document" in names:
        raise RefusedError("presentation")
    raise RefusedError("unsupported" if extension in TABLES else "not_a_spreadsheet")


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
    text = decode_head(head)
    if text is None:
        raise RefusedError("not_text" if extension in {*TABLES, "txt"} else "not_a_spreadsheet")
    low = text.lstrip("\ufeff \t\r\n").lower()  # only markup, which is ASCII, is looked for
    if "urn:schemas-microsoft-com:office:spreadsheet" in low and "<" in low[:1]:
        return Container("spreadsheetml")
    if low.startswith("<?xml") and "application/vnd.oasis.opendocument.spreadsheet" in low:
        return Container("fods")
    if _OTHER_TABLES.match(low):
        raise RefusedError("unsupported")
    markup = low.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div", "<center",
                             "<?xml", "<!--", "<thead", "<tr"))  # fmt: skip
    if markup and ("<table" in low or "<html" in low or extension in TABLES - {"xml", "csv"}):
        return Container("html")
    if extension in {*TABLES, "txt", "dat", ""} and not (markup and extension == "xml"):
        if extension not in _SEPARATED and not _tabular(text):
            raise RefusedError("damaged" if extension in TABLES - _MARKUP else "not_a_spreadsheet")
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
