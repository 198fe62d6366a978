"""The columns of an issue list, as the rectification registers of counties have them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.reports.tables.places import first_locations, places_of_issues
from lbt_audit.reports.text.columns import join, one, words
from lbt_audit.reports.words import NOBODY
from lbt_audit.reports.workbook import look
from lbt_audit.reports.xlsx import Dates, Inline, Links, Words
from lbt_audit.reports.xlsx.cells import Cells


@dataclass(frozen=True)
class ListColumn:
    """A column of the list, as wide as ``width`` characters."""

    title: Text
    width: float


COLUMNS = {
    "seq": ListColumn(Text("序号", "No."), 5.5),
    "fingerprint": ListColumn(Text("问题编号", "Issue number"), 10),
    "severity": ListColumn(Text("等级", "Severity"), 8),
    "child": ListColumn(Text("儿童", "Child"), 9),
    "responsible": ListColumn(Text("责任单位", "Responsible unit"), 13),
    "category": ListColumn(Text("问题类别", "Kind of issue"), 15),
    "message": ListColumn(Text("问题描述", "What is wrong"), 40),
    "place": ListColumn(Text("出处（文件/表/单元格）", "Place (file / sheet / cell)"), 26),
    "fix": ListColumn(Text("整改要求", "What to do"), 28),
    "deadline": ListColumn(Text("整改时限（含当日）", "Deadline (inclusive)"), 11.5),
    "follows": ListColumn(Text("起因", "Follows from"), 7),
    "basis": ListColumn(Text("依据", "Basis"), 27),
}
"""问题编号 is the number people say where a ledger gives one. No columns to answer in: a unit answers in its reply
workbook, which ``ledger reply`` reads."""
FROZEN = list(COLUMNS).index("responsible")
# A link into a sheet of these would not be found: they have one sheet, named by whoever opens them.
_SHEETLESS = (".csv", ".txt", ".tsv", ".htm", ".html")


def widths(audit: Audit) -> list[float]:
    """Of the columns of ``audit``'s list."""
    _, least = look.due(audit.issues["deadline"], audit.run)
    return [least if key == "deadline" and least else c.width for key, c in COLUMNS.items()]


def issue_cells(audit: Audit, base: str | None) -> list[Cells]:
    """The cells of all issues, column by column, in the order of ``COLUMNS`` after the first."""
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
        Inline(pc.coalesce(one(issues["number"]), one(issues["fingerprint"])), look.CENTRE),
        Words(severity, look.CENTRE, colours),
        Inline(issues["child"], look.CENTRE),
        Words(responsible, look.CENTRE),
        Words(_by_rule(issues, lambda code: f"{code} {titles.get(code, '')}".strip()), look.BODY),
        Inline(issues["message"], look.BODY),
        Links(
            _targets(audit, base),
            places_of_issues(audit, "、" if lang == "zh" else ", "),
            look.LINK,
            look.BODY,
        ),
        Words(issues["fix"], look.BODY),
        Dates(issues["deadline"], look.due(issues["deadline"], audit.run)[0]),
        Words(_roots(issues), look.CENTRE),
        Words(_by_rule(issues, lambda code: citations.get(code, "")), look.BODY),
    ]


def _roots(issues: Any) -> Any:
    """The rule of the issue each follows from; null of a cause."""
    return one(issues["rule"]).take(pc.index_in(one(issues["follows"]), one(issues["fingerprint"])))


def _by_rule(issues: Any, make: Any) -> Any:
    """A dictionary column made from the rule codes."""
    column = one(issues["rule"])
    made = pa.array([make(code) for code in column.dictionary.to_pylist()], pa.string())
    # Two rules may make the same text; a dictionary with doubles is fine for reading.
    return pa.DictionaryArray.from_arrays(column.indices, made)


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
