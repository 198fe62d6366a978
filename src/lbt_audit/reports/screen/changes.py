"""``check --watch``: what a correction has changed, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Console
from rich.text import Text as Line

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Text
from lbt_audit.reports.screen.screen import STYLE, Column
from lbt_audit.reports.screen.summary import TerminalReport
from lbt_audit.reports.tables.changes import Changes, Item, causes
from lbt_audit.reports.text.safe import terminal

_CHANGED, _LEFT = 20, 20  # lines shown unless ``whole``
_COLUMNS = [
    Column(Text("号", "No."), number=True),
    Column(Text("等级", "Severity")),
    Column(Text("儿童", "Child")),
    Column(Text("位置", "Place")),
    Column(Text("问题", "Issue")),
]


class ChangesReport(TerminalReport):
    """Prints an audit after the one before. ``brief``: only the totals."""

    def __init__(
        self,
        audit: Audit,
        changes: Changes,
        console: Console,
        documents: Sequence[str] = (),
        *,
        at: datetime,
        whole: bool = False,
        brief: bool = False,
    ) -> None:
        super().__init__(audit, console, documents, whole=whole)
        self.changes, self.at, self.brief = changes, at, brief

    def print(self) -> None:
        changes = self.changes
        self.heading(
            Text(f"[{self.at:%H:%M:%S}] {self._said().zh}", f"[{self.at:%H:%M:%S}] {self._said().en}")
        )
        if changes.first and not self.brief:
            self.warnings(self.audit.run)
        if not self.brief:
            self._list(Text("已消除", "Gone"), changes.gone, _CHANGED)
            self._list(Text("新出现", "New"), () if changes.first else changes.new, _CHANGED)
            if changes.first or changes.gone or changes.new:
                self._list(Text("尚余", "Left"), changes.left, _LEFT)
            if self.documents:
                self.written()
        self.total()
        if self.clean:
            line = Text(
                "全部改好了，没有问题，可以报送。", "Nothing is left to correct: the files can be handed in."
            )
            self.line(line[self.lang], "bold green")

    @property
    def clean(self) -> bool:
        """Whether records were audited, all rules ran, and nothing was found."""
        read = any(submission.tables for submission in self.audit.submissions)
        return read and not self.summary.issues and not self.summary.crashed

    def _said(self) -> Text:
        gone, new, left = map(len, (self.changes.gone, self.changes.new, self.changes.left))
        if self.changes.first:
            return Text(f"有 {left} 条问题", f"{_many(left)}")
        away = len(self.changes.away)
        if not gone and not new and not away:
            return Text(f"没有变化，尚余 {left} 条", f"nothing has changed, {left} left")
        zh, en = ([f"消除 {gone} 条"], [f"{gone} gone"]) if gone else ([], [])
        if new:
            zh, en = [*zh, f"新出现 {new} 条"], [*en, f"{new} new"]
        if away:
            zh = [*zh, f"{away} 条所在的文件已不在，没有核查"]
            en = [*en, f"{away} in files no longer there, not checked"]
        return Text("，".join([*zh, f"尚余 {left} 条"]), ", ".join([*en, f"{left} left"]))

    def _list(self, title: Text, items: Iterable[Item], most: int) -> None:
        told = causes(items)
        if told:
            self.heading(title)
            self.table(_COLUMNS, told, self._row, most)

    def _row(self, told: tuple[Item, int]) -> Sequence[Line]:
        item, more = told
        issue = Line(f"{item.rule} {item.title}")
        if more:
            issue.append(
                Text(f"（连同由此引起的 {more} 条）", f" (and {more} that came of it)")[self.lang], "dim"
            )
        return [
            Line(str(item.number)),
            Line(item.severity.colour[self.lang], STYLE[item.severity]),
            Line(terminal(item.child)),
            Line(terminal(self._place(item.place))),
            issue,
        ]

    def _place(self, place: str) -> str:
        """Of one file only, its name need not be said."""
        if len(self.audit.submissions) != 1:
            return place
        path = self.audit.submissions[0].path
        return place.removeprefix(path).removeprefix(":") or path


def _many(issues: int) -> str:
    return f"{issues} issue{'' if issues == 1 else 's'}"
