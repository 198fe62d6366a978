"""The ledger as a table: one record per issue, for workbooks, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from lbt_audit.ledger.replies.form import STATES
from lbt_audit.ledger.state.inspection import Background, Inspection
from lbt_audit.ledger.state.summary import Item
from lbt_audit.ledger.state.words import STATUSES
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.text.safe import csv_cell


@dataclass(frozen=True)
class ExportColumn:
    key: str
    title: Text
    width: float


COLUMNS = (
    ExportColumn("issue", Text("问题编号", "Issue"), 17.5),
    ExportColumn("number", Text("台账编号", "Number"), 17.5),
    ExportColumn("unit", Text("责任单位", "Responsible unit"), 15),
    ExportColumn("child", Text("儿童", "Child"), 8),
    ExportColumn("rule", Text("规则", "Rule"), 6),
    ExportColumn("title", Text("问题类别", "Kind of issue"), 16),
    ExportColumn("severity", Text("等级", "Severity"), 6),
    ExportColumn("message", Text("问题描述", "Finding"), 34),
    ExportColumn("place", Text("出处", "Place"), 22),
    ExportColumn("fix", Text("整改要求", "What to do"), 22),
    ExportColumn("status", Text("状态", "Status"), 10),
    ExportColumn("deadline", Text("整改时限（含当日）", "Due (inclusive)"), 11.5),
    ExportColumn("days_overdue", Text("逾期天数", "Days overdue"), 7),
    ExportColumn("first_seen", Text("首次发现", "First seen"), 11.5),
    ExportColumn("last_seen", Text("最近发现", "Last seen"), 11.5),
    ExportColumn("closed_on", Text("销号日期", "Closed on"), 11.5),
    ExportColumn("reply", Text("单位答复", "Reply"), 9),
    ExportColumn("measure", Text("整改措施", "Measure"), 18),
    ExportColumn("person", Text("整改人", "Done by"), 8),
    ExportColumn("done_on", Text("完成日期", "Done on"), 11.5),
    ExportColumn("evidence", Text("佐证材料", "Evidence"), 14),
    ExportColumn("waived_until", Text("豁免至（含当日）", "Waived until"), 11.5),
)


def records(items: Sequence[Item], known: Background, lang: Lang) -> list[dict[str, Any]]:
    """One mapping per issue with the keys of COLUMNS; dates are dates, None where there is none."""
    result = []
    for item in items:
        row = item.row
        reply = known.replies.get(row["fingerprint"], {})
        done_on = reply.get("done_on")
        result.append(
            {
                "issue": row["fingerprint"],
                "number": row["number"],
                "unit": row["responsible_unit"],
                "child": row["child"],
                "rule": row["rule"],
                "title": row["title"],
                "severity": Severity(row["severity"]).colour[lang],
                "message": row["message"],
                "place": row["place"],
                "fix": row["fix"],
                "status": STATUSES[item.status][lang],
                "deadline": item.standing.deadline,
                "days_overdue": item.standing.days_overdue or None,
                "first_seen": known.audits.get(row["first_audit"]),
                "last_seen": known.audits.get(row["last_audit"]),
                "closed_on": known.audits.get(row["closed_audit"]),
                "reply": STATES[reply["state"]][lang] if reply else None,
                "measure": reply.get("measure"),
                "person": reply.get("person"),
                "done_on": date.fromisoformat(done_on) if done_on else None,
                "evidence": reply.get("evidence"),
                "waived_until": item.standing.waived_until,
            }
        )
    return result


def write_csv(inspection: Inspection, lang: Lang, out: BinaryIO) -> None:
    """CSV for people: a BOM for spreadsheet programs, nothing a spreadsheet takes for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([c.title[lang] for c in COLUMNS])
    for record in records(inspection.recheck.items, inspection.known, lang):
        writer.writerow([csv_cell("" if (v := record[c.key]) is None else str(v)) for c in COLUMNS])
    out.write(text.getvalue().encode("utf-8-sig", "replace"))


def write_json(inspection: Inspection, out: BinaryIO) -> None:
    """The same for programs: keys and statuses as the ledger spells them."""
    recheck, known = inspection.recheck, inspection.known
    issues = []
    for item, record in zip(recheck.items, records(recheck.items, known, "en"), strict=True):
        reply = known.replies.get(item.row["fingerprint"])
        plain = {**record, "status": item.status, "overdue": item.overdue}
        plain["severity"] = Severity(item.row["severity"]).key
        plain["reply"] = reply["state"] if reply else None
        plain["level"] = item.row["responsible_level"]
        issues.append(plain)
    whole = {
        "schema_version": 1,
        "as_of": recheck.as_of,
        "audits": [{"audit": n, "as_of": day} for n, day in sorted(known.audits.items())],
        "counts": dict(recheck.whole.counts),
        "units": [
            {"level": t.level, "unit": t.unit, "counts": dict(t.counts), "rate": t.rate}
            for t in recheck.units
        ],
        "trend": [
            {"audit": t.audit, "as_of": t.as_of, "unit": t.unit, "unclosed": t.unclosed, "closed": t.closed}
            for t in inspection.trend
        ],
        "issues": issues,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1, default=lambda d: d.isoformat())
    out.write(text.encode("utf-8", "replace") + b"\n")
