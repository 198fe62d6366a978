"""The real command in a process of its own, on registers and other files made for the test."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.command import run

HEADERS = (
    "序号", "所属乡镇", "所属村", "儿童姓名", "性别", "民族", "出生日期", "身份证号码", "健康状况", "就学情况", "就读学校",
    "父亲姓名", "父亲务工地点", "父亲外出时间", "母亲姓名", "母亲务工地点", "母亲外出时间", "监护人姓名", "监护人与儿童关系",
)  # fmt: skip
TITLE = "白石镇农村留守儿童花名册"
UNIT = "填报单位：白石镇人民政府  填报日期：2026年10月25日"
_TRICKS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Desk:
    """What one run said."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on stdout."""
        return dict(json.loads(self.out))

    def of(self, path: str) -> dict[str, Any]:
        """What the JSON report says of one input."""
        return next(i for i in self.report["inputs"] if i["path"] == path)

    def civil(self) -> Desk:
        """Itself, after a look for tracebacks, internal errors and terminal tricks."""
        for text in (self.out, self.err):
            assert "Traceback" not in text and "internal error" not in text and "内部错误" not in text, text
            assert not _TRICKS.search(text), _TRICKS.findall(text)
        return self


def check(
    *arguments: object, cwd: Path | None = None, lang: str = "zh", env: dict[str, str] | None = None
) -> Desk:
    """``lbt-audit check`` as a user runs it."""
    done = run("check", *arguments, cwd=cwd, env={"LBT_AUDIT_LANG": lang, "COLUMNS": "200", **(env or {})})
    return Desk(done.returncode, done.stdout, done.stderr).civil()


def report_of(*arguments: object, **more: Any) -> Desk:
    """`check` with the JSON report on stdout and no documents."""
    return check(*arguments, "--no-documents", "--format", "json", **more)


def children(count: int) -> list[list[str]]:
    """Rows under `HEADERS`; invented, with ID numbers of an area that does not exist."""
    return [
        [str(n + 1), "白石镇", "石桥村", f"杨{'晓峰文静海燕春梅'[n % 8]}{'一二三四五六七八九'[n % 9]}", "男女"[n % 2], "汉族",
         f"2015-03-{n % 28 + 1:02d}", id_no(f"529901201503{n % 28 + 1:02d}", n * 2 + (n % 2 == 0)), "健康", "小学",
         "白石镇中心小学", "杨大山", "浙江省宁波市", "2023-02", "李小花", "浙江省宁波市", "2023-02", "杨老根", "祖父"]
        for n in range(count)
    ]  # fmt: skip


def id_no(start: str, number: int) -> str:
    """A citizen ID: area and birth, then a sequence number whose parity is the sex, then the check digit."""
    digits = f"{start}{number % 1000:03d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]


def register(path: Path, rows: Sequence[Sequence[str]] | None = None) -> Path:
    """A roster as .csv."""
    lines = [[TITLE], [UNIT], HEADERS, *(rows if rows is not None else children(8))]
    path.write_text("".join(",".join(line) + "\r\n" for line in lines), encoding="utf-8-sig", newline="")
    return path


def book(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """An .xlsx of plain cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def hashes(folder: Path) -> dict[str, tuple[str, int]]:
    """Content and time of every file below ``folder``."""
    return {
        str(f.relative_to(folder)): (hashlib.sha256(f.read_bytes()).hexdigest(), f.stat().st_mtime_ns)
        for f in sorted(folder.rglob("*"))
        if f.is_file()
    }
