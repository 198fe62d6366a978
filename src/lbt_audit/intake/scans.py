"""A folder of scans named after children (张三_委托监护协议.pdf, 李四/登记表.jpg) is a directory of files (档案目录): names only,
no content is opened. Every scan is a table of one record, the child and the document its name tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import numpy as np
import pyarrow as pa

from lbt_audit.intake.sheets.units import sheet_unit
from lbt_audit.intake.table import Column, Submission, Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.units import Units

KIND = "file_list"
SHEET = "文件名"  # where the record of a scan stands
_SCANS = frozenset(
    f".{ending}"
    for ending in [
        "pdf",
        "jpg",
        "jpeg",
        "png",
        "bmp",
        "tif",
        "tiff",
        "gif",
        "webp",
        "heic",
        "ofd",
        "doc",
        "docx",
        "wps",
    ]
)
_SORTS = tuple(
    map(
        re.compile,
        ("登记表|情况表|信息表|一人一[表档]", "协议|确认书", "家访|走访|入户", "帮扶|结对", "心理"),
    )
)
_OTHER = regex("户口|身份证|残疾证|出生证|证明|照片|体检")
_USUAL = regex(
    r"户口[簿本]?|居民|身份证|残疾证|出生医?学?证明?|证明|体检|农村|留守|困境|儿童|学生|基本|个人|家庭|情况|信息|登记|委托|监护|照护|照料|受|责任|协议书?|确认书|家访|走访|入户|结对|帮扶|关爱|心理|健康|"
    r"辅导|记录|档案|材料|扫描件?|复印件?|照片|盖章|签字|版|表格?|一人一[表档]|第?[0-9]+[页次份张]?|[年月日]|[\s_\-—–.,，、()（）【】\[\]+]"
)
_NAME = regex(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}[·•][\u3400-\u9fff]{1,8}")
_PLACE = regex(r"[省市县区旗镇乡村组园校班级]$|街道|小学|中学|学校|社区|公司|名单|通知|报告")
_FILES, _CHILDREN, _OF = 4, 2, 2  # so many scans, of so many children, of so many sorts make a directory
_SHARE = 0.6  # of the scans in a folder, that must be named so


@dataclass(frozen=True)
class Scan:
    """Whose paper a scan shows, and which."""

    child: str
    document: str


def scans(names: Iterable[str]) -> Mapping[str, Scan]:
    """The scans among the relative paths of the files handed in that belong to such a folder."""
    folders: dict[str, list[tuple[str, Scan | None]]] = {}
    for name in names:
        path = PurePosixPath(name)
        if path.suffix.lower() in _SCANS:
            root, scan = _read(path)
            folders.setdefault(root, []).append((name, scan))
    return dict(found for files in folders.values() for found in _directory(files))


def _directory(files: list[tuple[str, Scan | None]]) -> Iterator[tuple[str, Scan]]:
    named = [(name, scan) for name, scan in files if scan is not None]
    sorts = {i for _, scan in named for i, sort in enumerate(_SORTS) if sort.search(scan.document)}
    children = {scan.child for _, scan in named}
    if len(named) >= max(_FILES, _SHARE * len(files)) and len(children) >= _CHILDREN and len(sorts) >= _OF:
        yield from named


def _read(path: PurePosixPath) -> tuple[str, Scan | None]:
    """(the folder of the directory, the scan): the child is told by the file's name or the folder it lies in."""
    stem, folder = path.stem, path.parent.name
    child, owner = _child(stem), _child(folder)
    if _tells(stem) and child is not None:
        return str(path.parent), Scan(child, stem.replace(child, "").strip(" _-—"))
    if owner is not None and not _tells(folder):
        return str(path.parent.parent), Scan(owner, stem)
    if child is not None and _tells(folder):
        return str(path.parent.parent), Scan(child, folder)
    return str(path.parent), None


def _tells(text: str) -> bool:
    return any(sort.search(text) for sort in (*_SORTS, _OTHER))


def _child(text: str) -> str | None:
    """The name that is left of a text without the usual words."""
    rest = [part for part in _USUAL.sub(" ", text).split() if part]
    if len(rest) != 1 or _NAME.fullmatch(rest[0]) is None or _PLACE.search(rest[0]):
        return None
    return rest[0]


def scanned(path: str, sha256: str, scan: Scan, kind: Kind, units: Units) -> Submission:
    """A scan as what was handed in: one record of the directory."""
    folder = path.rpartition("/")[0].replace(f"/{scan.child}", "")
    unit = sheet_unit("", (), "", f"{folder}/.", kind.level, units, {})
    columns = {
        field: Column(field, -1, "", "standard", pa.array([text]), np.array([CellKind.TEXT], np.uint8))
        for field, text in (("child_name", scan.child), ("file_name", scan.document))
    }
    table = Table(path, SHEET, kind.key, unit, np.array([1], np.int32), columns, form=True)
    return Submission(path, sha256, "audited", tables=(table,))
