"""The first sheet of a copy: the issues of the file, each linked to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lbt_audit.copies.markup import escaped
from lbt_audit.copies.styles import Styles
from lbt_audit.model.location import column_letter
from lbt_audit.model.own_sheet import NAME, TITLE
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.annotated.marks import (
    COLOURS,
    MOST_CELLS,
    MOST_LISTED,
    MOST_NOTES,
    FileIssue,
    FileIssues,
)

HEADERS = (
    (Text("行号", "Row"), 6.0),
    (Text("等级", "Severity"), 8.0),
    (Text("位置（点击前往）", "Place (click to go there)"), 26.0),
    (Text("儿童", "Child"), 10.0),
    (Text("问题", "Issue"), 22.0),
    (Text("说明", "What is wrong"), 46.0),
    (Text("怎么改", "What to do"), 38.0),
    (Text("整改时限", "Deadline"), 12.0),
)
FONT_COLOURS = {Severity.ERROR: "9C0006", Severity.WARNING: "7F6000", Severity.NOTICE: "1F4E78"}
_PLACES = 4  # told one by one
_LINE = 14.0  # points


@dataclass(frozen=True)
class ListSheet:
    """``remarks`` stand above the list; ``sheets`` are the names of sheets in the file, by those the report shows."""

    issues: Sequence[FileIssue]
    remarks: Sequence[str]
    sheets: Mapping[str, str]
    lang: Lang

    @property
    def first(self) -> int:
        """The row of the first issue."""
        return len(self.remarks) + 3

    def markup(self, styles: Styles, spaces: Mapping[str, str]) -> Iterator[bytes]:
        """The worksheet part, piece by piece."""
        title = styles.new(bold=True, size=14, wrap=False)
        note = styles.new()
        header = styles.new(bold=True, fill="D9E1F2", border=True, centred=True)
        body, centre = styles.new(border=True, text=True), styles.new(border=True, centred=True, text=True)
        number = styles.new(border=True, centred=True)
        link = styles.new(border=True, colour="0563C1", underline=True, text=True)
        grades = {
            s: styles.new(bold=True, border=True, centred=True, fill=COLOURS[s], colour=FONT_COLOURS[s]) for s in Severity
        }  # fmt: skip
        end = column_letter(len(HEADERS) - 1)
        widths = "".join(
            f'<col min="{i}" max="{i}" width="{w:g}" customWidth="1"/>' for i, (_, w) in enumerate(HEADERS, 1)
        )
        head = self.first - 1
        yield (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{spaces["main"]}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{end}{max(head + len(self.issues), 1)}"/>'
            f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="{head}" '
            f'topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="A{head + 1}" sqref="A{head + 1}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
        ).encode()
        yield f'<row r="1" ht="24" customHeight="1">{_text("A1", TITLE[self.lang], title)}</row>'.encode()
        total = sum(w for _, w in HEADERS)
        for row, remark in enumerate(self.remarks, 2):
            tall = _LINE * _lines(remark, total) + 2
            yield f'<row r="{row}" ht="{tall:g}" customHeight="1">{_text(f"A{row}", remark, note)}</row>'.encode()
        cells = "".join(
            _text(f"{column_letter(i)}{head}", t[self.lang], header) for i, (t, _) in enumerate(HEADERS)
        )
        yield f'<row r="{head}" ht="24" customHeight="1">{cells}</row>'.encode()
        escape, lines = lru_cache(4096)(escaped), lru_cache(4096)(_lines)
        links: list[str] = []
        for row, issue in enumerate(self.issues, self.first):
            place, target = self._place(issue)
            if target is not None:  # MOST_LISTED is well below the 65,530 Excel takes
                links.append(f'<hyperlink ref="C{row}" location="{escaped(target)}"/>')
            what, message, fix = self._told(issue)
            tall = max(
                lines(place, HEADERS[2][1]), lines(what, HEADERS[4][1]), lines(fix, HEADERS[6][1]),
                _lines(message, HEADERS[5][1]),
            )  # fmt: skip
            yield (
                f'<row r="{row}" ht="{min(tall * _LINE + 3, 409):g}" customHeight="1"><c r="A{row}" s="{number}"><v>{row}</v></c>'
                f'<c r="B{row}" s="{grades[issue.severity]}" t="inlineStr"><is><t>{issue.severity.colour[self.lang]}</t></is></c>'
                f"{_cell(f'C{row}', escape(place), link if target else body)}{_cell(f'D{row}', escape(issue.child), centre)}"
                f"{_cell(f'E{row}', escape(what), body)}{_cell(f'F{row}', escaped(message), body)}"
                f"{_cell(f'G{row}', escape(fix), body)}"
                f"{_cell(f'H{row}', issue.deadline, centre)}</row>"
            ).encode()
        merges = "".join(f'<mergeCell ref="A{r}:{end}{r}"/>' for r in range(1, head))
        listed = f'<autoFilter ref="A{head}:{end}{head + len(self.issues)}"/>' if self.issues else ""
        linked_ = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
        yield (
            f'</sheetData>{listed}<mergeCells count="{head - 1}">{merges}</mergeCells>{linked_}'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.25" footer="0.25"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
        ).encode()

    def _told(self, issue: FileIssue) -> tuple[str, str, str]:
        """The issue, what is wrong, what to do. What only repeats its cause is put right with it."""
        what = f"{issue.rule} {issue.title}"
        if issue.follows:
            what = Text(f"└ 因此还有：{what}", f"└ and so also: {what}")[self.lang]
        if issue.number:
            what = f"{what}\n{issue.number}"
        if issue.repeats:
            return what, "", Text("随上一条一并改正", "put right with the one above")[self.lang]
        return what, issue.message, issue.fix

    def _place(self, issue: FileIssue) -> tuple[str, str | None]:
        """Where an issue is in this file, and the address of its first cell."""
        told: list[str] = []
        last = ""
        for sheet, shown, _ in issue.places[:_PLACES]:
            name = self._real(sheet)
            told.append(shown if name == last and shown else "!".join(x for x in (name, shown) if x))
            last = name
        lang = self.lang
        text = ("、" if lang == "zh" else ", ").join(x for x in told if x)
        if (more := len(issue.places) - _PLACES) > 0:
            text += Text(f" 等 {len(issue.places)} 处", f" and {more} more")[lang]
        text = text or Text("整个文件", "the whole file")[lang]
        found = next(((s, cell) for s, _, cell in issue.places if cell is not None), None)
        if found is None:
            return text, None
        quoted = self._real(found[0]).replace("'", "''")
        return text, f"'{quoted}'!{column_letter(found[1][1])}{found[1][0]}"

    def _real(self, sheet: str | None) -> str:
        """The name a sheet has in the copy."""
        return self.sheets.get(sheet or "", sheet or "")


def remarks_on(issues: FileIssues, lang: Lang) -> list[str]:
    """What stands above the list: how many there are, how to use it, and what was left out."""
    counts, count, causes = issues.by_severity(), len(issues.positions), issues.causes
    zh = "，".join(f"{s.colour.zh} {n} 条（{s.label.zh}）" for s, n in counts.items() if n)
    en = ", ".join(f"{n} {s.colour.en} ({s.label.en})" for s, n in counts.items() if n)
    return [
        Text(f"共 {count} 条问题（{causes} 处原因）：{zh}。从上往下改；同一单元格有几条的，按最重的一条填色。",
             f"{count} issues ({causes} causes): {en}. A cell with several has the colour of the worst.")[lang],
        Text(f"点“位置”到有问题的单元格，指向单元格可看批注；返回本表：点左下角第一个工作表标签，或在左上角名称框中选“{NAME.zh}”。"
             "请直接在原表上改，改好后把原表（或在本文件中改好的各表）重新报送，本表和颜色、批注不影响核查。",
             "Click a place to go to its cell and point at the cell to read its note. To come back, click the first sheet's tab "
             f"or choose “{NAME.en.replace(' ', '_')}” in the name box. Correct the sheets and hand them in again; this sheet, "
             "colours and notes do not matter to the audit.")[lang],
        *(t[lang] for t in _left_out(issues.marked.count, count)),
    ]  # fmt: skip


def _left_out(cells: int, issues: int) -> Iterator[Text]:
    """Nothing is cut without saying how much, and where the rest is."""
    if issues > MOST_LISTED:
        rest = issues - MOST_LISTED
        yield Text(
            f"问题太多，本表只列最重的 {MOST_LISTED} 条，其余 {rest} 条见问题清单。",
            f"Too many issues: these are the {MOST_LISTED} gravest; the other {rest} stand in the list of issues.",
        )
    if cells > MOST_CELLS:
        yield Text(
            f"有问题的单元格共 {cells} 个，只给最重的 {MOST_CELLS} 个填了颜色，其余见问题清单。",
            f"Of {cells} cells with issues the {MOST_CELLS} gravest are coloured; for the others see the list of issues.",
        )
    if cells > MOST_NOTES:
        yield Text(
            f"为了打开不慢，批注只写在问题最重的 {MOST_NOTES} 个单元格上，其余只填颜色，说明见本表。",
            f"So that the file opens quickly, the {MOST_NOTES} gravest cells have notes; the others are only coloured.",
        )


def _text(ref: str, text: str, style: int) -> str:
    return _cell(ref, escaped(text), style)


def _cell(ref: str, markup: str, style: int) -> str:
    if not markup:
        return f'<c r="{ref}" s="{style}"/>'
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{markup}</t></is></c>'


def _lines(text: str, columns: float) -> int:
    """Lines ``text`` takes in a column; characters beyond ASCII are wide."""
    room = int(max(columns - 1, 1))
    count = 0
    for line in text.split("\n"):
        size = len(line) + (len(line.encode("utf-8", "replace")) - len(line)) // 2
        count += -(-size // room) or 1
    return count
