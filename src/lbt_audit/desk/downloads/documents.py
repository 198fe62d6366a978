"""Files on their way out."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote

from starlette.responses import FileResponse, JSONResponse, Response

from lbt_audit.desk.checks.job import FormJob
from lbt_audit.desk.checks.work import Work
from lbt_audit.desk.sessions.session import Session
from lbt_audit.desk.uploads.names import ANNOTATED
from lbt_audit.model.text import Lang, Text

_BYTES: Final = "application/octet-stream"
_TYPES: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".html": "text/html; charset=utf-8",
}


def handed_out(path: Path, name: str) -> Response:
    """``path`` to be saved as ``name``."""
    return FileResponse(path, media_type=_TYPES.get(path.suffix, _BYTES), headers=_saved_as(name))


def packed(folder: Path, names: Mapping[str, str], lang: Lang) -> Response:
    """Files below ``folder`` in one archive, each in its folder there under the name it is handed out by."""
    content = io.BytesIO()
    parts = [PurePosixPath(name).parts for name in names]
    inside = ["/".join((*own[1:-1], out)) for own, out in zip(parts, names.values(), strict=True)]
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:  # workbooks are packed already
        for name, path in zip(names, _told_apart(inside), strict=True):
            archive.write(folder / name, path)
    title = f"{ANNOTATED[lang] if names else ''}{Text('副本', '-copies')[lang]}.zip"
    return Response(content.getvalue(), media_type="application/zip", headers=_saved_as(title))


def blank_form(session: Session, kind: str, title: Text) -> Response:
    """A blank form, made by a process of its own: its workbook takes a while."""
    lang = session.settings.lang
    out = session.folder / f"form-{secrets.token_hex(4)}.xlsx"
    work: Work[Path] = Work(FormJob(out, kind, session.settings), lambda _: None)
    work.ended.wait()
    try:
        if work.result is None:
            why = work.trouble or Text("没有完成", "not done")
            return JSONResponse({"refused": why[lang]}, 500)
        content = out.read_bytes()
    finally:
        out.unlink(missing_ok=True)
    return Response(content, media_type=_TYPES[".xlsx"], headers=_saved_as(f"{title[lang]}.xlsx"))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def _told_apart(paths: list[str]) -> list[str]:
    taken: dict[str, int] = {}
    found = []
    for path in paths:
        number = taken.get(path.casefold(), 0) + 1
        taken[path.casefold()] = number
        pure = PurePosixPath(path)
        found.append(path if number == 1 else str(pure.with_stem(f"{pure.stem} ({number})")))
    return found
