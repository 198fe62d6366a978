"""The columns of an issue list, as the rectification registers of counties have them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.reports.tables.places import first_locations, places_of_issues
from lbt_audit.reports.text.columns import join, one, plain, words
from lbt_audit.reports.words import NOBODY
from lbt_audit.reports.workbook import look
from lbt_audit.reports.xlsx import Dates, Empty, Inline, Links, Words
from lbt_audit.reports.xlsx.cells import Cells

HEADERS = {
    "number": Text("序号", "No."),
    "fingerprint": Text("问题编号", "Issue number"),
    "unit": Text("乡镇/学校", "Township / school"),
    "child": Text("儿童", "Child"),
    "category": Text("问题类别", "Kind of issue"),
    "severity": Text("等级", "Severity"),
    "message": Text("问题描述", "What is wrong"),
    "place": Text("出处（文件/表/单元格）", "Place (file / sheet / cell)"),
    "basis": Text("依据", "Basis"),
    "fix": Text("整改要求（措施）", "What to do"),
    "responsible": Text("责任单位", "Responsible unit"),
    "person": Text("责任人", "Person"),
    "deadline": Text("整改时限（含当日）", "Deadline (inclusive)"),
    "done": Text("整改完成情况", "Progress"),
    "evidence": Text("佐证材料", "Evidence"),
    "checked": Text("复核人/复核日期", "Checked by / on"),
    "closed": Text("是否销号", "Closed"),
    "remark": Text("备注", "Remarks"),
}
COLUMNS = tuple(HEADERS)
WIDTHS = (6, 10, 13, 9, 14, 7.5, 34, 25, 26, 24, 13, 9, 11.5, 10, 9, 11, 8, 9)
CHOICES = {
    "done": (
        Text("已整改", "corrected"),
        Text("整改中", "under way"),
        Text("未整改", "not corrected"),
        Text("经核实无误", "verified as right"),
    ),
    "closed": (Text("是", "yes"), Text("否", "no")),
}
# A link into a sheet of these would not be found: they have one sheet, named by whoever opens them.
_SHEETLESS = (".csv", ".txt", ".tsv", ".htm", ".html")


def widths(audit: Audit) -> list[float]:
    """Of the columns of ``audit``'s list."""
    _, least = look.due(audit.issues["deadline"], audit.run)
    return [least if key == "deadline" and least else w for key, w in zip(COLUMNS, WIDTHS, strict=True)]


def issue_cells(audit: Audit, base: str | None) -> list[Cells]:
    """The cells of all issues, column by column, in the order of ``COLUMNS`` after 序号."""
    issues, lang = audit.issues, audit.run.lang
    titles = {r.rule.code: r.rule.title[lang] for r in audit.rules}
    citations = {r.rule.code: look.citation(r.rule, lang) for r in audit.rules}
    colours = {s.colour[lang]: look.SEVERITY[s] for s in Severity}
    colour_words = pa.array(["", *(Severity(i).colour[lang] for i in (1, 2, 3))])
    severity = pa.DictionaryArray.from_arrays(
        pa.array(one(issues["severity"]).to_numpy().astype(np.int32)), colour_words
    )
    responsible = words(issues["responsible_unit"], str, NOBODY[lang]).dictionary_encode()
    return [
        Inline(issues["fingerprint"], look.CENTRE),
        Words(_reporting_unit(issues), look.CENTRE),
        Inline(issues["child"], look.CENTRE),
        Words(_by_rule(issues, lambda code: f"{code} {titles.get(code, '')}".strip()), look.BODY),
        Words(severity, look.CENTRE, colours),
        Inline(issues["message"], look.BODY),
        Links(
            _targets(audit, base),
            places_of_issues(audit, "、" if lang == "zh" else ", "),
            look.LINK,
            look.BODY,
        ),
        Words(_by_rule(issues, lambda code: citations.get(code, "")), look.BODY),
        Words(issues["fix"], look.BODY),
        Words(responsible, look.CENTRE),
        Empty(look.REPLY),
        Dates(issues["deadline"], look.due(issues["deadline"], audit.run)[0]),
        *[Empty(look.REPLY)] * 5,
    ]


def _by_rule(issues: Any, make: Any) -> Any:
    """A dictionary column made from the rule codes."""
    column = one(issues["rule"])
    made = pa.array([make(code) for code in column.dictionary.to_pylist()], pa.string())
    # Two rules may make the same text; a dictionary with doubles is fine for reading.
    return pa.DictionaryArray.from_arrays(column.indices, made)


def _reporting_unit(issues: Any) -> Any:
    """``白石镇`` or ``清水乡/清水中心小学``."""
    township, unit = plain(issues["township"]), plain(issues["unit"])
    both = pc.and_(pc.not_equal(township, ""), pc.not_equal(township, unit))
    return pc.if_else(both, join(township, "/", unit), unit).dictionary_encode()


def _targets(audit: Audit, base: str | None) -> Any:
    """Addresses of the first place of every issue, as HYPERLINK takes them; null = none."""
    n = audit.issues.num_rows
    if base is None or audit.locations.num_rows == 0:
        return pa.nulls(n, pa.string())
    first = first_locations(audit)
    escaped = base.replace("%", "%25").replace("#", "%23")
    unsaid = {s.path for s in audit.submissions if s.file is not None}  # a link would show the child's name
    file = words(
        first["path"],
        lambda p: "" if p in unsaid else escaped + p.replace("%", "%25").replace("#", "%23"),
        "",
    )
    sheet = words(first["sheet"], lambda s: "#'" + s.replace("'", "''") + "'!", "")
    cell = join(words(first["column"], str, "A"), pc.fill_null(one(first["row"]).cast(pa.string()), "1"))
    inside = words(first["path"], lambda p: "" if p.lower().endswith(_SHEETLESS) else "1", "")
    to_cell = pc.and_(pc.not_equal(sheet, ""), pc.not_equal(inside, ""))
    address = pc.if_else(to_cell, join(file, sheet, cell), file)
    return pc.if_else(pc.equal(file, ""), pa.scalar(None, pa.string()), address)
