"""What the ledger has to say, on one screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from lbt_audit.ledger.state.inspection import Inspection
from lbt_audit.ledger.state.summary import Item
from lbt_audit.ledger.state.words import EVENTS, STATUSES
from lbt_audit.model.run import Run
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.recheck.state import has_waivers, overall_lines, status_word, waiver_lines
from lbt_audit.notices.wording import percent
from lbt_audit.reports.text.layout import width, wrap
from lbt_audit.reports.text.safe import terminal
from lbt_audit.reports.words import LEVELS, as_of_line, word

_MOST = 12  # lines of a table unless the whole is asked for
_COLOURS = {"closed": "green", "overdue": "bold red", "false_closing": "bold red", "relapsed": "bold red"}
_HEADS = {
    "closed": Text("已销号", "Closed"),
    "overdue": Text("逾期", "Overdue"),
    "false_closing": Text("虚报", "False"),
    "relapsed": Text("反弹", "Back"),
    "waived": Text("豁免", "Waived"),
}
_COLUMNS = tuple(_HEADS)


class RecheckScreen:
    """Prints how the issues stand. ``run`` is the audit just made; ``whole`` shows every line."""

    def __init__(
        self,
        inspection: Inspection,
        run: Run | None,
        console: Console,
        documents: Sequence[str] = (),
        *,
        whole: bool = False,
        lang: Lang | None = None,
    ) -> None:
        self.inspection, self.run, self.console = inspection, run, console
        self.recheck = inspection.recheck
        self.documents, self.whole = documents, whole
        self.lang: Lang = lang or (run.lang if run is not None else "zh")
        self.zh = self.lang == "zh"

    def print(self) -> None:
        if self.run is not None:
            self._line(as_of_line(self.run, self.lang), "bold")
            for warning in self.run.warnings:
                self._line(("注意：" if self.zh else "Warning: ") + warning[self.lang], "yellow")
        for line in overall_lines(self.recheck, self.lang):
            self._line(line)
        self._units()
        self._people()
        self._items("虚报整改", "Falsely reported as done", self.recheck.of_status("false_closing"))
        self._items("反弹", "Relapsed", self.recheck.of_status("relapsed"))
        self._waivers()
        self._answers()
        self._trend()
        self._sample()
        self._documents()
        self.console.print()
        self.total()

    def total(self) -> None:
        """One line: the answer."""
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
        self._line(text, "bold")

    def _units(self) -> None:
        words = [_HEADS[s][self.lang] for s in _COLUMNS]
        heads = (
            ["责任单位", "层级", "合计", "未销号", *words, "销号率"]
            if self.zh
            else ["Unit", "Level", "All", "Not closed", *words, "Rate"]
        )
        table = self._table(heads, numbers=range(2, len(heads)))
        for tally in self._shown(self.recheck.units):
            cells = [
                Line(str(tally.counts[s] or "."), _COLOURS.get(s, "") if tally.counts[s] else "dim")
                for s in _COLUMNS
            ]
            level = word(LEVELS, tally.level, self.lang)
            table.add_row(
                terminal(tally.unit),
                level,
                str(tally.total),
                str(tally.unclosed),
                *cells,
                percent(tally.rate),
            )
        self._section("各单位", "Units", table, len(self.recheck.units))

    def _people(self) -> None:
        people = self.recheck.people
        if not people:
            return
        table = self._table(
            ["单位", "整改人", "逾期"] if self.zh else ["Unit", "Person", "Overdue"], numbers=(2,)
        )
        nobody = "（未回复）" if self.zh else "(no reply)"
        for unit, person, n in self._shown(people):
            table.add_row(terminal(unit), terminal(person) or nobody, str(n))
        self._section("逾期责任人", "Overdue by person", table, len(people))

    def _items(self, zh: str, en: str, items: Sequence[Item]) -> None:
        if items:
            self._section(zh, en, self._list(self._shown(items)), len(items))

    def _list(self, items: Sequence[Item]) -> Table:
        """Issues one by one, with the numbers ``ledger history`` asks for."""
        heads = (
            ["问题编号", "单位", "规则", "儿童", "状态", "出处"]
            if self.zh
            else ["Issue", "Unit", "Rule", "Child", "Status", "Place"]
        )
        table = self._table(heads)
        for item in items:
            row = item.row
            cells = [terminal(row[key] or "") for key in ("fingerprint", "label", "child", "place")]
            rule = Line(f"{row['rule']} {row['title']}", _severity(row))
            status = status_word(item, self.recheck, self.lang)
            table.add_row(cells[0], cells[1], rule, cells[2], status, cells[3])
        return table

    def _waivers(self) -> None:
        if not has_waivers(self.recheck):
            return
        self._heading("豁免", "Waivers")
        for line in waiver_lines(self.recheck, self.lang):
            self._line(terminal(line), indent=2)

    def _answers(self) -> None:
        silent = [a for a in self.recheck.answering if not a.answered]
        if not silent or len(silent) == len(self.recheck.answering):
            return
        self._heading("尚未回复", "Not answered yet")
        names = ("、" if self.zh else ", ").join(terminal(a.unit) for a in silent)
        self._line(names, indent=2)

    def _trend(self) -> None:
        points = self.inspection.trend
        audits = list(dict.fromkeys((t.audit, t.as_of) for t in points))
        if len(audits) < 2:
            return
        audits = audits[-6:]
        table = self._table(
            ["未销号/已销号" if self.zh else "not closed/closed", *(d.isoformat() for _, d in audits)],
            numbers=range(1, len(audits) + 1),
        )
        found = {(t.audit, t.unit): t for t in points}
        units = sorted({t.unit for t in points})
        for unit in self._shown(units):
            row = [found.get((a, unit)) for a, _ in audits]
            table.add_row(terminal(unit), *("" if p is None else f"{p.unclosed}/{p.closed}" for p in row))
        self._section("趋势", "Trend", table, len(units))

    def _sample(self) -> None:
        picks = self.inspection.picks
        if picks:
            self._section("现场抽查名单", "Spot checks", self._list([p.item for p in picks]), 0)
            seed = terminal(self.inspection.seed)
            self._line(f"随机种子：{seed}" if self.zh else f"Seed: {seed}", "dim", 2)

    def _documents(self) -> None:
        if self.documents:
            self._heading("已生成", "Written")
            for path in self.documents:
                self._line(terminal(path), indent=2)

    # -- parts -------------------------------------------------------------------------------------

    def _table(self, heads: Sequence[str], numbers: Sequence[int] | range = ()) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for at, head in enumerate(heads):
            right = at in numbers
            fixed = right or head in ("层级", "Level", "问题编号", "Issue")
            table.add_column(head, justify="right" if right else "left", no_wrap=fixed, overflow="fold")
        return table

    def _shown(self, items: Sequence[Any]) -> Sequence[Any]:
        return items if self.whole else items[:_MOST]

    def _section(self, zh: str, en: str, table: Table, count: int) -> None:
        self._heading(zh, en)
        self.console.print(Padding(table, (0, 0, 0, 2), expand=False))
        if count > _MOST and not self.whole:
            rest = count - _MOST
            self._line(f"另有 {rest} 项，加 -v 全部显示" if self.zh else f"{rest} more with -v", "dim", 2)

    def _heading(self, zh: str, en: str) -> None:
        self.console.print()
        self._line(zh if self.zh else en, "bold")

    def _line(self, text: str, style: str = "", indent: int = 0) -> None:
        room = max(self.console.width - indent, 20)
        for part in wrap(text, room) if width(text) > room else [text]:
            self.console.print(" " * indent, Line(part, style), sep="")


def _severity(row: Mapping[str, Any]) -> str:
    return {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}[
        Severity(row["severity"])
    ]


def history_lines(issue: sqlite3.Row, events: Sequence[sqlite3.Row], lang: Lang) -> list[str]:
    """One issue and everything that happened to it."""
    zh = lang == "zh"
    status = STATUSES[issue["status"]][lang]
    heads = (
        ("问题编号", "规则", "责任单位", "儿童", "出处", "问题", "整改时限（含当日）", "状态")
        if zh
        else ("Issue", "Rule", "Responsible", "Child", "Place", "Finding", "Due (inclusive)", "Status")
    )
    values = (
        issue["fingerprint"],
        f"{issue['rule']} {issue['title']}",
        issue["responsible_unit"],
        issue["child"] or "—",
        issue["place"],
        issue["message"],
        issue["deadline"],
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
