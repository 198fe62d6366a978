"""One file → what came of reading it. Runs inside the fence."""

from __future__ import annotations

import hashlib
import io
import stat
from contextlib import nullcontext
from dataclasses import replace
from typing import BinaryIO

import pyarrow as pa

from lbt_audit.intake.files.container import extension_of, fits, recognise
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import MB, Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.result import ReadResult
from lbt_audit.intake.readers.texts import longer, shortened
from lbt_audit.intake.reasons import FORMAT_NAMES, RefusedError
from lbt_audit.intake.table import Note
from lbt_audit.model.cell import LONGEST, CellKind

_SMALL = 4 * MB
_FEW = 10_000  # cells that are looked at together

Found = tuple[list[Grid], list[Note]]


def read_file(file: InputFile, limits: Limits) -> ReadResult:
    """Never raises: whatever is wrong with the file is in the result."""
    result = ReadResult(file)
    try:
        status = file.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError("folder_closed" if stat.S_ISDIR(status.st_mode) else "no_file")
        size = status.st_size
        with file.path.open("rb") as stream:
            # A small file is read at once: a package is sought through to and fro.
            source: io.BytesIO | io.BufferedReader = io.BytesIO(stream.read()) if size < _SMALL else stream
            result = replace(result, sha256=hashlib.file_digest(source, "sha256").hexdigest())
            if size > limits.file_bytes:
                raise RefusedError("too_large", size=str(size // MB), limit=str(limits.file_bytes // MB))
            source.seek(0)
            container = recognise(source, file.path.name, limits)
            with container.package or nullcontext() as package:
                result = replace(result, format=container.format)
                notes = _name_notes(container.format, file.relative)
                if container.own:
                    notes.append(Note("own_document"))
                source.seek(0)
                if container.encrypted:
                    source = _decrypted(source)
                    notes.append(Note("default_password"))
                grids, more = _read(container.format, source, limits, package)
        return replace(result, grids=tuple(map(_short, grids)), notes=(*notes, *more))
    except RefusedError as refused:
        return result.refused(refused.key, **refused.detail)
    except FileNotFoundError:
        return result.refused("missing")
    except PermissionError:
        return result.refused("no_permission")
    except MemoryError:
        return result.refused("memory", limit=str(limits.memory // MB))
    except OSError as error:
        return result.refused("io_error", error=error.strerror or type(error).__name__)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # PanicException of Rust extensions is no Exception
        return result.refused("damaged", error=type(error).__name__)


def _name_notes(format_: str, name: str) -> list[Note]:
    notes = []
    if not fits(format_, name):
        detail = {"extension": f".{extension_of(name)}", "format": FORMAT_NAMES[format_]}
        notes.append(Note("extension_mismatch", detail=detail))
    if format_ == "xlsm":
        notes.append(Note("macros"))
    return notes


def _read(format_: str, source: BinaryIO, limits: Limits, package: Package | None) -> Found:
    if format_ in ("xlsx", "xlsm"):
        from lbt_audit.intake.readers.xlsx.workbook import read_ooxml

        with package or Package(source, limits) as opened:
            return read_ooxml(opened, limits)
    if format_ == "xls":
        from lbt_audit.intake.readers.biff import read_biff

        return read_biff(source.read(), limits)
    if format_ == "ods":
        from lbt_audit.intake.readers.ods import read_ods

        with package or Package(source, limits) as opened:
            return read_ods(opened, limits)
    if format_ == "fods":
        from lbt_audit.intake.readers.ods import read_content

        return read_content([source.read()], limits)
    if format_ == "xlsb":
        from lbt_audit.intake.readers.calamine import read_workbook

        return read_workbook(source, limits)
    if format_ == "text":
        from lbt_audit.intake.readers.delimited import read_delimited

        return read_delimited(source.read(), limits)
    if format_ == "html":
        from lbt_audit.intake.readers.html import read_html

        return read_html(source.read(), limits)
    from lbt_audit.intake.readers.spreadsheetml import read_spreadsheetml

    return read_spreadsheetml(source.read(), limits)


def _short(grid: Grid) -> Grid:
    """Too long cells by their beginning, and known as such."""
    kinds = grid.kinds
    if kinds.size < _FEW and grid.text and not len(longer(pa.concat_arrays(grid.text), LONGEST)):
        return grid
    for column, text in enumerate(grid.text):
        long = longer(text, LONGEST)
        if len(long):
            kinds = kinds if kinds is not grid.kinds else kinds.copy(order="F")
            kinds[long, column] = CellKind.LONG
    if kinds is grid.kinds:
        return grid
    return replace(grid, text=[shortened(text, LONGEST) for text in grid.text], kinds=kinds)


def _decrypted(stream: BinaryIO) -> io.BytesIO:
    """The content of a file encrypted with the password built into Excel; any other is refused."""
    import msoffcrypto

    plain = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(stream)
        verified = {"verify_password": True} if office.format == "ooxml" else {}
        office.load_key(password="VelvetSweatshop", **verified)
        office.decrypt(plain)
    except Exception:  # a wrong key shows in as many ways as there are schemes
        raise RefusedError("encrypted") from None
    plain.seek(0)
    if not plain.getbuffer()[:8].tobytes().startswith((b"PK", b"\xd0\xcf")):
        raise RefusedError("encrypted")
    return plain
