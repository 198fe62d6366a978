"""What the ledger has to say, on one screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.text import Text as Line

from lbt_audit.ledger.state.inspection import Inspection
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.ledger.state.summary import Item, Tally
from lbt_audit.ledger.state.words import EVENTS, STATUSES
from lbt_audit.model.run import Run
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.recheck.state import has_waivers, overall_lines, status_word, waiver_lines
from lbt_audit.notices.wording import day, percent
from lbt_audit.reports.screen.screen import STYLE, Column, Screen, count_cell
from lbt_audit.reports.text.layout import width
from lbt_audit.reports.text.safe import terminal
from lbt_audit.reports.words import LEVELS, PAST, as_of_line, word

_MOST = 12  # lines of a table unless the whole is asked for
_COLOURS = {"closed": "green", "overdue": "bold red", "false_closing": "bold red", "relapsed": "bold red"}
_UNIT = Column(Text("责任单位", "Unit"))
_STATUSES = {
    "closed": Text("已销号", "Closed"),
    "overdue": Text("逾期", "Overdue"),
    "false_closing": Text("虚报", "False"),
    "relapsed": Text("反弹", "Back"),
    "waived": Text("豁免", "Waived"),
}


class RecheckScreen(Screen):
    """Prints how the issues stand. ``run`` is the audit just made."""

    def __init__(
        self,
        inspection: Inspection,
        run: Run | None,
        console: Console,
        documents: Sequence[str] = (),
        *,
        whole: bool = False,
        lang: Lang,
    ) -> None:
        super().__init__(console, lang, documents, whole=whole)
        self.inspection, self.recheck, self.run = inspection, inspection.recheck, run

    def print(self) -> None:
        if self.run is not None:
            self.line(as_of_line(self.run, self.lang), "bold")
            self.warnings(self.run)
        for line in overall_lines(self.recheck, self.lang):
            self.line(line)
        self._units()
        self._people()
        self._items(Text("虚报整改", "Falsely reported as done"), self.recheck.of_status("false_closing"))
        self._items(Text("反弹", "Relapsed"), self.recheck.of_status("relapsed"))
        if has_waivers(self.recheck):
            self.waivers(waiver_lines(self.recheck, self.lang))
        self._answers()
        self._trend()
        self._sample()
        self.written()
        self.total()

    def total(self) -> None:
        whole = self.recheck.whole
        c = whole.counts
        rate = percent(whole.rate)
        if self.zh:
            waived = f"，豁免 {c['waived']}" if c["waived"] else ""
            text = (
                f"共 {whole.total} 条问题：已销号 {c['closed']}，未销号 {whole.unclosed}（逾期 {c['overdue']}）"
                f"{waived}，销号率 {rate}"
            )
        else:
            waived = f", {c['waived']} waived" if c["waived"] else ""
            text = (
                f"{whole.total} issues: {c['closed']} closed, {whole.unclosed} not closed "
                f"({c['overdue']} overdue){waived}; {rate} closed"
            )
        self.line(text, "bold")

    def _units(self) -> None:
        counts = [
            Text("合计", "All"),
            Text("未销号", "Not closed"),
            *_STATUSES.values(),
            Text("销号率", "Rate"),
        ]
        columns = [_UNIT, Column(Text("层级", "Level")), *(Column(t, number=True) for t in counts)]

        def row(tally: Tally) -> Sequence[Line]:
            level = word(LEVELS, tally.level, self.lang)
            cells = [count_cell(tally.counts[s], _COLOURS.get(s, "")) for s in _STATUSES]
            return [
                *map(Line, (terminal(tally.unit), level, str(tally.total), str(tally.unclosed))),
                *cells,
                Line(percent(tally.rate)),
            ]

        self.heading(Text("各单位", "Units"))
        self.table(columns, self.recheck.units, row, _MOST)

    def _people(self) -> None:
        if not self.recheck.people:
            return
        nobody = Text("（未回复）", "(no reply)")[self.lang]
        columns = [_UNIT, Column(Text("整改人", "Person")), Column(Text("逾期", "Overdue"), number=True)]
        self.heading(Text("逾期责任人", "Overdue by person"))
        self.table(
            columns,
            self.recheck.people,
            lambda p: [Line(terminal(p[0])), Line(terminal(p[1]) or nobody), Line(str(p[2]))],
            _MOST,
        )

    def _items(self, title: Text, items: Sequence[Item], most: int = _MOST) -> None:
        """Issues one by one, with the numbers ``ledger history`` asks for."""
        if not items:
            return
        titles = (
            Text("台账编号", "Number"), Text("单位", "Unit"), Text("规则", "Rule"), Text("儿童", "Child"),
            Text("状态", "Status"), Text("出处", "Place"),
        )  # fmt: skip

        def row(item: Item) -> Sequence[Line]:
            issue, unit, child, place = (
                Line(terminal(item.row[key] or "")) for key in ("number", "label", "child", "place")
            )
            rule = Line(f"{item.row['rule']} {item.row['title']}", STYLE[Severity(item.row["severity"])])
            return [issue, unit, rule, child, Line(status_word(item, self.recheck, self.lang)), place]

        self.heading(title)
        self.table([Column(t) for t in titles], items, row, most)

    def _answers(self) -> None:
        silent = [a for a in self.recheck.answering if not a.answered]
        if not silent or len(silent) == len(self.recheck.answering):
            return
        self.heading(Text("尚未回复", "Not answered yet"))
        self.line(Text("、", ", ")[self.lang].join(terminal(a.unit) for a in silent), indent=2)

    def _trend(self) -> None:
        points = self.inspection.trend
        audits = list(dict.fromkeys((t.audit, t.as_of) for t in points))[-6:]
        if len(audits) < 2:
            return
        days = [Column(Text(d.isoformat(), d.isoformat()), number=True) for _, d in audits]
        found = {(t.audit, t.unit): t for t in points}

        def row(unit: str) -> Sequence[Line]:
            after = [found.get((audit, unit)) for audit, _ in audits]
            counts = ["" if p is None else f"{p.unclosed}/{p.closed}" for p in after]
            return [Line(terminal(unit)), *map(Line, counts)]

        self.heading(Text("趋势", "Trend"))
        units = sorted({t.unit for t in points})
        self.table([Column(Text("未销号/已销号", "not closed/closed")), *days], units, row, _MOST)

    def _sample(self) -> None:
        picks = [p.item for p in self.inspection.picks]
        self._items(Text("现场抽查名单", "Spot checks"), picks, len(picks))
        if picks:
            seed = terminal(self.inspection.seed)
            self.line(f"随机种子：{seed}" if self.zh else f"Seed: {seed}", "dim", 2)


def history_lines(
    issue: sqlite3.Row, events: Sequence[sqlite3.Row], lang: Lang, recheck: Recheck | None = None
) -> list[str]:
    """One issue and everything that happened to it; with ``recheck`` as it stands on that day, else as last recorded."""
    zh = lang == "zh"
    status = STATUSES[issue["status"]][lang]
    past = issue["status"] != "closed" and date.fromisoformat(issue["deadline"]) < date.today()
    if recheck is not None:
        item = next(i for i in recheck.items if i.row["fingerprint"] == issue["fingerprint"])
        status, past = status_word(item, recheck, lang), item.overdue
        status += f"（截至 {day(recheck.as_of, lang)}）" if zh else f" (as of {day(recheck.as_of, lang)})"
    heads = (
        ("台账编号", "问题编号", "规则", "责任单位", "儿童", "出处", "问题", "整改时限（含当日）", "状态")
        if zh
        else (
            "Number",
            "Issue",
            "Rule",
            "Responsible",
            "Child",
            "Place",
            "Finding",
            "Due (inclusive)",
            "Status",
        )
    )
    values = (
        issue["number"],
        issue["fingerprint"],
        f"{issue['rule']} {issue['title']}",
        issue["responsible_unit"],
        issue["child"] or "—",
        issue["place"],
        issue["message"],
        issue["deadline"] + (PAST[lang] if past else ""),
        status,
    )
    left = max(width(h) for h in heads) + 2
    lines = [h + " " * (left - width(h)) + terminal(v) for h, v in zip(heads, values, strict=True)]
    lines.append("")
    for event in events:
        what = EVENTS[event["kind"]][lang] if event["kind"] in EVENTS else event["kind"]
        detail = f"  {terminal(event['detail'])}" if event["detail"] else ""
        lines.append(f"{event['day']}  {what}{detail}")
    return lines
