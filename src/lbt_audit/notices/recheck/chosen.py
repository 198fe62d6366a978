"""Issues of the ledger somebody asked for, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text as Line

from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.ledger.state.summary import Item
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.recheck.state import status_word
from lbt_audit.notices.wording import day
from lbt_audit.reports.screen.screen import STYLE, Column, Screen
from lbt_audit.reports.text.safe import terminal
from lbt_audit.reports.words import PAST

_MOST = 50  # lines unless the whole is asked for
_COLUMNS = (
    Text("台账编号", "Number"), Text("单位", "Unit"), Text("规则", "Rule"), Text("儿童", "Child"), Text("时限", "Due"),
    Text("状态", "Status"), Text("出处", "Place"),
)  # fmt: skip


class ChosenScreen(Screen):
    """``items``: the issues asked for, of ``recheck``."""

    def __init__(
        self, recheck: Recheck, items: Sequence[Item], console: Console, *, whole: bool, lang: Lang
    ) -> None:
        super().__init__(console, lang, (), whole=whole)
        self.recheck, self.items = recheck, items

    def print(self) -> None:
        self.total()
        if self.items:
            self.table([Column(text) for text in _COLUMNS], self.items, self._row, _MOST)

    def total(self) -> None:
        on, n = day(self.recheck.as_of, self.lang), len(self.items)
        counted = Counter(status_word(item, self.recheck, self.lang) for item in self.items)
        kinds = [f"{word} {count}" for word, count in counted.most_common()]
        if late := sum(item.overdue for item in self.items):
            kinds.append(f"其中逾期 {late}" if self.zh else f"overdue: {late}")
        told = ("，" if self.zh else ", ").join(kinds)
        if self.zh:
            text = f"截至 {on}，符合条件的问题 {n} 条" + (f"：{told}" if told else "")
        else:
            text = f"As of {on}, issues asked for: {n}" + (f" ({told})" if told else "")
        self.line(text, "bold")

    def _row(self, item: Item) -> Sequence[Line]:
        issue, unit, child, place = (
            Line(terminal(item.row[key] or "")) for key in ("number", "label", "child", "place")
        )
        rule = Line(f"{item.row['rule']} {item.row['title']}", STYLE[Severity(item.row["severity"])])
        due = item.standing.deadline.isoformat() + (PAST[self.lang] if item.overdue else "")
        return [issue, unit, rule, child, Line(due), Line(status_word(item, self.recheck, self.lang)), place]
