"""``--format text``: the summary an inspector reads on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.reports.screen.lines import table_lines, wrapped
from lbt_audit.reports.tables.agreement import HEADS, TITLE, link_summary
from lbt_audit.reports.tables.places import some_places, subset
from lbt_audit.reports.tables.summary import Summary
from lbt_audit.reports.text.safe import terminal
from lbt_audit.reports.words import (
    FILE_STATUSES,
    LEVELS,
    MASKS,
    SEVERITIES,
    VERDICTS,
    as_of_line,
    file_remark,
    rule_reason,
    word,
)

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}
_VERDICT = {"rejected": "bold red", "accepted_with_errors": "yellow", "accepted": "green"}
_NUMBERS = {
    "合计",
    "记录",
    "问题",
    *(t.zh for k, t in HEADS.items() if k != "unit"),
    *(s.colour.zh for s in SEVERITIES),
}
_FILES, _UNITS, _RULES, _URGENT = 20, 20, 25, 5  # lines shown unless ``whole``
_PLACES = 12  # of one issue


class TerminalReport:
    """Prints an audit. ``documents`` are the files written; ``whole`` shows every line of every table;
    ``waivers`` is what the ledger has to say of them."""

    def __init__(
        self,
        audit: Audit,
        console: Console,
        documents: Sequence[str] = (),
        *,
        whole: bool = False,
        waivers: Sequence[str] = (),
    ) -> None:
        self.audit, self.console, self.documents, self.whole = audit, console, documents, whole
        self.waivers = waivers
        self.lang = audit.run.lang
        self.zh = self.lang == "zh"
        self.summary = Summary(audit)

    def print(self) -> None:
        """The full summary, ending in its most important line."""
        self._circumstances()
        self._files()
        self._units()
        self._lists()
        self._rules()
        self._urgent()
        self._waivers()
        self._not_run()
        self._documents()
        if not self.documents:
            self.console.print()
        self.total()

    def total(self) -> None:
        """One line: how much was read and found; where rules crashed, a last one says so."""
        counts, s = self.summary.by_severity, self.summary
        none = Text("没有发现问题", "nothing was found") if not s.crashed else Text("0 条问题", "0 issues")
        line = Line()
        if not any(submission.tables for submission in self.audit.submissions):
            nothing = (
                f"共 {s.files} 个文件，其中没有名册或台账，没有核查任何记录"
                if self.zh
                else f"{s.files} files, none of them a register: no record was audited"
            )
            line.append(nothing, "bold yellow")
            if s.issues:
                line.append(f"，{s.issues} 条问题" if self.zh else f"; {s.issues} issues", "bold")
        elif self.zh:
            line.append(f"共 {s.files} 个文件、{s.rows} 行记录，", "bold")
            line.append(f"{s.issues} 条问题" if s.issues else none.zh, "bold")
        else:
            line.append(f"{s.files} files, {s.rows} records: ", "bold")
            line.append(f"{s.issues} issues" if s.issues else none.en, "bold")
        if s.issues:
            line.append("：" if self.zh else ": ")
            for severity in SEVERITIES:
                line.append(f"{severity.colour[self.lang]} {counts[severity]}  ", _STYLE[severity])
            line.rstrip()
        if s.waived:
            line.append(f"（含豁免期内 {s.waived} 条）" if self.zh else f" ({s.waived} of them waived)")
        self._line(line)
        if s.crashed:
            codes = ("、" if self.zh else ", ").join(run.rule.code for run in s.crashed)
            incomplete = (
                f"规则 {codes} 运行出错，结果不完整"
                if self.zh
                else f"Rules crashed: {codes}. The result is incomplete."
            )
            self._line(Line(incomplete, "bold red"))

    def _circumstances(self) -> None:
        run, lang = self.audit.run, self.lang
        self._line(Line(as_of_line(run, lang), "bold"))
        profile = f"口径：{run.profile_in(lang)}" if self.zh else f"Profile: {run.profile_in(lang)}"
        config = (
            (f"县级配置：{run.config}" if self.zh else f"county file: {run.config}") if run.config else ""
        )
        facts = [run.county or "", profile, config, MASKS[run.mask][lang], f"lbt-audit {__version__}"]
        self._line(Line(("，" if self.zh else ", ").join(terminal(f) for f in facts if f), "dim"))
        if run.county_from is not None:
            self._line(Line(run.county_from[lang], "dim"))
        for warning in run.warnings:
            self._line(Line(("注意：" if self.zh else "Warning: ") + warning[lang], "yellow"))

    def _files(self) -> None:
        heads = [("结论", "Verdict"), *self._colours(), ("记录", "Records"), ("文件", "File")]
        table = []
        counts = self.summary.by_file
        order = {"rejected": 0, "accepted_with_errors": 1, "accepted": 2}

        def rank(submission: Any) -> tuple[Any, ...]:
            tally = counts.get(submission.path, (0, 0, 0))
            return (
                order.get(self.audit.verdicts.get(submission.path, ""), 3),
                *(-n for n in tally),
                submission.path,
            )

        files = sorted(self.audit.submissions, key=rank)
        for submission in self._shown(files, _FILES):
            verdict = self.audit.verdicts.get(submission.path)
            if verdict is not None:
                shown = Line(word(VERDICTS, verdict, self.lang), _VERDICT.get(verdict, ""))
            else:
                shown = Line(word(FILE_STATUSES, submission.status, self.lang), "dim")
            name = Line(terminal(submission.path))
            reason = file_remark(submission, self.audit.run)
            if reason:
                name.append(("：" if self.zh else ": ") + terminal(reason), "dim")
            rows = sum(len(t) for t in submission.tables)
            table.append([shown, *self._tally(counts.get(submission.path, (0, 0, 0))), Line(str(rows)), name])
        self._section("文件", "Files", heads, table, len(files), _FILES)

    def _units(self) -> None:
        if not self.summary.by_unit:
            return
        heads = [("责任单位", "Responsible unit"), ("层级", "Level"), *self._colours(), ("合计", "Total")]
        table = []
        for unit, tally in self._shown(list(self.summary.by_unit.items()), _UNITS):
            level = word(LEVELS, self.summary.unit_levels.get(unit, ""), self.lang)
            table.append(
                [Line(terminal(unit)), Line(level, "dim"), *self._tally(tally), Line(str(sum(tally)))]
            )
        self._section("责任单位", "Responsible units", heads, table, len(self.summary.by_unit), _UNITS)

    def _lists(self) -> None:
        """How far villages, schools and townships agree."""
        from lbt_audit.reports.screen.agreement import heads, ordered, row

        summary = link_summary(self.audit)
        if summary is None:
            return
        units = ordered(summary)
        table = [row(tally, self.lang) for tally in self._shown(units, _UNITS)]
        self._section(TITLE.zh, TITLE.en, heads(), table, len(units), _UNITS)

    def _rules(self) -> None:
        counts = sorted(self.summary.by_rule.items(), key=lambda item: -item[1])
        if not counts:
            return
        rules = {run.rule.code: run.rule for run in self.audit.rules}
        heads = [("问题", "Issues"), ("等级", "Severity"), ("规则", "Rule"), ("", "")]
        table = []
        for code, count in self._shown(counts, _RULES):
            rule = rules.get(code)
            severity = Line(rule.severity.colour[self.lang], _STYLE[rule.severity]) if rule else Line("")
            table.append(
                [Line(str(count)), severity, Line(code), Line(rule.title[self.lang] if rule else "")]
            )
        self._section("规则", "Rules", heads, table, len(counts), _RULES)

    def _urgent(self) -> None:
        if self.summary.issues == 0:
            return
        shown = subset(self.audit, self.summary.urgent(_URGENT))
        issues = shown.issues.to_pylist()
        texts, left_out = some_places(shown, "、" if self.zh else ", ", _PLACES)
        self._heading("最紧急的问题", "Most urgent")
        for issue, place, more in zip(issues, texts, left_out, strict=True):
            severity = Severity(issue["severity"])
            head = Line(f"{severity.colour[self.lang]} {issue['rule']} {issue['title']}", _STYLE[severity])
            due = issue["deadline"].isoformat() if issue["deadline"] else "—"
            unit = terminal(issue["responsible_unit"] or "")
            head.append(f"  {unit}  {due} 前（含当日）" if self.zh else f"  {unit}  by {due}", "default")
            self._line(head, 2)
            self._line(Line(terminal(issue["message"])), 5)
            rest = (f"，另有 {more} 处" if self.zh else f", {more} more places") if more else ""
            self._line(Line(terminal(place) + rest, "dim"), 5)
        self._rest(self.summary.issues, len(issues))

    def _waivers(self) -> None:
        if self.waivers:
            self._heading("豁免", "Waivers")
        for line in self.waivers:
            self._line(Line(terminal(line)), 2)

    def _not_run(self) -> None:
        if self.summary.crashed or self.summary.skipped:
            self.console.print()
        for run in self.summary.crashed:
            text = (
                f"规则 {run.rule.code} 运行出错，结果不完整："
                if self.zh
                else f"Rule {run.rule.code} crashed: "
            )
            self._line(Line(text + terminal(rule_reason(run, self.lang) or ""), "bold red"))
        reasons: dict[str, list[str]] = {}
        for run in self.summary.skipped:
            reasons.setdefault(rule_reason(run, self.lang) or "", []).append(run.rule.code)
        for reason, codes in reasons.items():
            listed = " ".join(codes)
            text = f"跳过 {len(codes)} 条规则（{reason}）：{listed}" if self.zh else (
                f"{len(codes)} rules skipped ({reason}): {listed}"
            )  # fmt: skip
            self._line(Line(text, "dim"))

    def _documents(self) -> None:
        if not self.documents:
            return
        self._heading("已生成", "Written")
        for path in self.documents:
            self._line(Line(terminal(path)), 2)
        self.console.print()

    # -- parts -------------------------------------------------------------------------------------

    def _colours(self) -> list[tuple[str, str]]:
        return [(s.colour.zh, s.colour.en) for s in SEVERITIES]

    def _tally(self, tally: Sequence[int]) -> list[Line]:
        return [
            Line(str(n) if n else ".", _STYLE[s] if n else "dim")
            for s, n in zip(SEVERITIES, tally, strict=True)
        ]

    def _table(self, heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[Line]]) -> None:
        titles = [Line(zh if self.zh else en, "dim") for zh, en in heads]
        numbers = {i for i, (zh, _) in enumerate(heads) if zh in _NUMBERS}
        for line in table_lines([titles, *rows], numbers, self.console.width):
            self.console.print(line, no_wrap=True, overflow="ignore", crop=False)

    def _shown(self, items: Sequence[Any], most: int) -> Sequence[Any]:
        return items if self.whole or len(items) <= most else items[:most]

    def _section(
        self,
        zh: str,
        en: str,
        heads: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[Line]],
        count: int,
        most: int,
    ) -> None:
        self._heading(zh, en)
        self._table(heads, rows)
        if not self.whole:
            self._rest(count, min(count, most))

    def _heading(self, zh: str, en: str) -> None:
        self.console.print()
        self._line(Line(zh if self.zh else en, "bold"))

    def _rest(self, count: int, shown: int) -> None:
        """Nothing is cut without saying how much and where the rest is."""
        if count <= shown:
            return
        where = terminal(self.documents[0]) if self.documents else "-v / --format concise"
        text = f"另有 {count - shown} 项，见 {where}" if self.zh else f"{count - shown} more in {where}"
        self._line(Line(text, "dim"), 2)

    def _line(self, line: Line, indent: int = 0) -> None:
        """One paragraph; rich breaks only at blanks, which Chinese has few of."""
        for part in wrapped(line, max(self.console.width - indent, 20)):
            self.console.print(Line(" " * indent) + part, no_wrap=True, overflow="ignore", crop=False)


def console_for(file: Any, *, width: int | None = None) -> Console:
    """A console that takes no text for markup and colours only a terminal."""
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
