"""What is printed on a screen: headings, paragraphs and tables as wide as the window."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from rich.console import Console
from rich.text import Text as Line

from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Run
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.screen.table import table_lines, wrapped
from lbt_audit.reports.text.safe import terminal

T = TypeVar("T")
STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}


@dataclass(frozen=True)
class Column:
    """A column of a table; ``number``: set flush right."""

    title: Text
    number: bool = False


class Screen(ABC):
    """``documents`` are the files written; ``whole`` shows every line of every table."""

    def __init__(
        self, console: Console, lang: Lang, documents: Sequence[str] = (), *, whole: bool = False
    ) -> None:
        self.console, self.lang, self.documents, self.whole = console, lang, documents, whole
        self.zh = lang == "zh"

    @abstractmethod
    def print(self) -> None:
        """All there is to say, ending in its most important line."""

    @abstractmethod
    def total(self) -> None:
        """One line: the answer."""

    def line(self, line: Line | str, style: str = "", indent: int = 0) -> None:
        """One paragraph; rich breaks only at blanks, which Chinese has few of."""
        text = Line(line, style) if isinstance(line, str) else line
        for part in wrapped(text, max(self.console.width - indent, 20)):
            self._print(Line(" " * indent) + part)

    def heading(self, title: Text) -> None:
        self.console.print()
        self.line(title[self.lang], "bold")

    def table(
        self, columns: Sequence[Column], items: Sequence[T], row: Callable[[T], Sequence[Line]], most: int
    ) -> None:
        """``items``, made into cells by ``row``: the first ``most`` of them, unless the whole is wanted."""
        shown = items if self.whole else items[:most]
        numbers = {i for i, column in enumerate(columns) if column.number}
        heads = [Line(column.title[self.lang], "dim") for column in columns]
        for line in table_lines([heads, *map(row, shown)], numbers, self.console.width):
            self._print(line)
        self.rest(len(items) - len(shown))

    def rest(self, count: int) -> None:
        """Nothing is cut without saying how much and where the rest is."""
        if count > 0:
            where = self.where_the_rest_is()
            text = Text(f"另有 {count} 项，{where.zh}", f"{count} more {where.en}")
            self.line(text[self.lang], "dim", 2)

    def where_the_rest_is(self) -> Text:
        return Text("加 -v 全部显示", "with -v")

    def warnings(self, run: Run) -> None:
        if run.county_from is not None:
            self.line(run.county_from[self.lang], "dim")
        for warning in run.warnings:
            self.line(Text("注意：", "Warning: ")[self.lang] + warning[self.lang], "yellow")

    def waivers(self, lines: Sequence[str]) -> None:
        if lines:
            self.heading(Text("豁免", "Waivers"))
        for line in lines:
            self.line(terminal(line), indent=2)

    def written(self) -> None:
        """The documents."""
        if self.documents:
            self.heading(Text("已生成", "Written"))
            for path in self.documents:
                self.line(terminal(path), indent=2)
        self.console.print()

    def _print(self, line: Line) -> None:
        self.console.print(line, no_wrap=True, overflow="ignore", crop=False)


def console_for(file: Any, *, width: int | None = None) -> Console:
    """A console that takes no text for markup and colours only a terminal."""
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def count_cell(n: int, style: str = "") -> Line:
    """A count; a dot where there is none."""
    return Line(str(n), style) if n else Line(".", "dim")
