"""``--format text``: the summary an inspector reads on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from rich.console import Console
from rich.text import Text as Line

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.reports.screen import agreement
from lbt_audit.reports.screen.screen import STYLE, Column, Screen, count_cell
from lbt_audit.reports.tables.agreement import TITLE, link_summary
from lbt_audit.reports.tables.lines import Line as Told
from lbt_audit.reports.tables.places import some_places, subset
from lbt_audit.reports.tables.summary import File, Summary, headline
from lbt_audit.reports.text.safe import terminal
from lbt_audit.reports.words import (
    ALSO,
    KEY_THROWN_AWAY,
    LEVELS,
    MASKS,
    SEVERITIES,
    as_of_line,
    crash_text,
    due_text,
    previous_line,
    profile_lines,
    rule_reason,
    word,
)

_VERDICT = {"rejected": "bold red", "accepted_with_errors": "yellow", "accepted": "green"}
_ORDER = ("rejected", "accepted_with_errors", "accepted", None)
_COLOURS = [Column(s.colour, number=True) for s in SEVERITIES]
_FILES, _UNITS, _RULES, _URGENT = 20, 20, 25, 5  # lines shown unless ``whole``
_PLACES = 12  # of one issue


class TerminalReport(Screen):
    """Prints an audit. ``waivers`` is what the ledger has to say of them."""

    def __init__(
        self,
        audit: Audit,
        console: Console,
        documents: Sequence[str] = (),
        *,
        whole: bool = False,
        waivers: Sequence[str] = (),
    ) -> None:
        super().__init__(console, audit.run.lang, documents, whole=whole)
        self.audit, self.summary, self._waived = audit, Summary(audit), waivers

    def print(self) -> None:
        self._circumstances()
        self._files()
        self._units()
        self._lists()
        self._rules()
        self._urgent()
        self.waivers(self._waived)
        self._not_run()
        self.written()
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
            line.append(headline(s).zh if s.issues else none.zh, "bold")
        else:
            line.append(f"{s.files} files, {s.rows} records: ", "bold")
            line.append(headline(s).en if s.issues else none.en, "bold")
        if s.issues:
            line.append("：" if self.zh else ": ")
            for severity in SEVERITIES:
                line.append(f"{severity.colour[self.lang]} {counts[severity]}  ", STYLE[severity])
            line.rstrip()
        if s.waived:
            line.append(f"（含豁免期内 {s.waived} 条）" if self.zh else f" ({s.waived} of them waived)")
        self.line(line)
        if s.crashed:
            codes = ("、" if self.zh else ", ").join(run.rule.code for run in s.crashed)
            incomplete = (
                f"规则 {codes} 运行出错，结果不完整"
                if self.zh
                else f"Rules crashed: {codes}. The result is incomplete."
            )
            self.line(Line(incomplete, "bold red"))

    def where_the_rest_is(self) -> Text:
        where = terminal(self.documents[0]) if self.documents else "-v / --format concise"
        return Text(f"见 {where}", f"in {where}")

    def _circumstances(self) -> None:
        run, lang = self.audit.run, self.lang
        self.line(as_of_line(run, lang), "bold")
        profile = Text("口径：", "Profile: ")[lang] + run.profile_in(lang)
        config = Text("县级配置：", "county file: ")[lang] + run.config if run.config else ""
        facts = [run.county or "", profile, config, MASKS[run.mask][lang], f"lbt-audit {__version__}"]
        self.line(Text("，", ", ")[lang].join(terminal(f) for f in facts if f), "dim")
        for line in profile_lines(run, lang):
            self.line(terminal(line), "dim")
        if before := previous_line(run, lang):
            self.line(terminal(before), "dim")
        if run.key == "throw_away":
            self.line(KEY_THROWN_AWAY[lang], "dim")
        self.warnings(run)

    def _files(self) -> None:
        columns = [
            Column(Text("结论", "Verdict")), *_COLOURS, Column(Text("记录", "Records"), number=True),
            Column(Text("文件", "File")),
        ]  # fmt: skip
        worst_first = sorted(
            self.summary.by_submission,
            key=lambda f: (_ORDER.index(f.verdict), *(-n for n in f.tally), f.path),
        )

        def row(file: File) -> Sequence[Line]:
            name = Line(terminal(file.path))
            if file.remark:
                name.append(Text("：", ": ")[self.lang] + terminal(file.remark), "dim")
            standing = Line(file.standing, _VERDICT.get(file.verdict or "", "dim"))
            return [standing, *self._tally(file.tally), Line(str(file.rows)), name]

        self.heading(Text("文件", "Files"))
        self.table(columns, worst_first, row, _FILES)

    def _units(self) -> None:
        if not self.summary.by_unit:
            return
        columns = [
            Column(Text("责任单位", "Responsible unit")), Column(Text("层级", "Level")), *_COLOURS,
            Column(Text("合计", "Total"), number=True),
        ]  # fmt: skip

        def row(item: tuple[str, Sequence[int]]) -> Sequence[Line]:
            unit, tally = item
            level = word(LEVELS, self.summary.unit_levels.get(unit, ""), self.lang)
            return [Line(terminal(unit)), Line(level, "dim"), *self._tally(tally), Line(str(sum(tally)))]

        self.heading(Text("责任单位", "Responsible units"))
        self.table(columns, list(self.summary.by_unit.items()), row, _UNITS)

    def _lists(self) -> None:
        """How far villages, schools and townships agree."""
        summary = link_summary(self.audit)
        if summary is not None:
            self.heading(TITLE)
            self.table(
                agreement.COLUMNS,
                agreement.ordered(summary),
                lambda tally: agreement.row(tally, self.lang),
                _UNITS,
            )

    def _rules(self) -> None:
        titles = self.summary.titles()
        columns = [
            *_COLOURS,
            Column(Text("合计", "Total"), number=True),
            Column(Text("规则", "Rule")),
            Column(Text("", "")),
        ]

        def row(item: tuple[str, Sequence[int]]) -> Sequence[Line]:
            code, tally = item
            return [*self._tally(tally), Line(str(sum(tally))), Line(code), Line(titles.get(code, ""))]

        if self.summary.rule_tallies:
            self.heading(Text("规则", "Rules"))
            self.table(columns, list(self.summary.rule_tallies.items()), row, _RULES)

    def _urgent(self) -> None:
        if self.summary.issues == 0:
            return
        first = self.summary.urgent(_URGENT)
        self.heading(Text("最紧急的问题", "Most urgent"))
        for told in first:
            self._told(told)
        self.rest(self.summary.causes - len(first))

    def _told(self, told: Told) -> None:
        """A cause with its places, and what follows from it."""
        shown = subset(self.audit, np.array(list(told.all())))
        issues = shown.issues.to_pylist()
        issue, joiner = issues[0], Text("、", ", ")[self.lang]
        severity = Severity(issue["severity"])
        head = Line(f"{severity.colour[self.lang]} {issue['rule']} {issue['title']}", STYLE[severity])
        owners = dict.fromkeys(i["responsible_unit"] or "" for i in issues[: len(told.issues)])
        head.append(f"  {terminal(joiner.join(owners))}  {self._due(issue['deadline'])}", "default")
        if issue["number"]:
            head.append(f"  {terminal(issue['number'])}", "dim")
        self.line(head, indent=2)
        self.line(terminal(issue["message"]), indent=5)
        texts, left_out = some_places(shown, joiner, _PLACES)
        for place, more in zip(texts[: len(told.issues)], left_out, strict=False):
            rest = (f"，另有 {more} 处" if self.zh else f", {more} more places") if more else ""
            self.line(terminal(place) + rest, "dim", 5)
        rules = dict.fromkeys(f"{i['rule']} {i['title']}" for i in issues[len(told.issues) :])
        if rules:
            also = ALSO[self.lang]
            self.line(also + joiner.join(rules), "dim", 5)

    def _due(self, day: date | None) -> str:
        text = due_text(day, self.audit.run) or "—"
        if day is not None and day < self.audit.run.issued_on:
            return Text("时限 ", "due ")[self.lang] + text
        return f"{text} 前（含当日）" if self.zh else f"by {text}"

    def _not_run(self) -> None:
        if self.summary.crashed or self.summary.skipped:
            self.console.print()
        for run in self.summary.crashed:
            self.line(terminal(crash_text(run, self.lang)), "bold red")
        reasons: dict[str, list[str]] = {}
        for run in self.summary.skipped:
            reasons.setdefault(rule_reason(run, self.lang) or "", []).append(run.rule.code)
        for reason, codes in reasons.items():
            listed = " ".join(codes)
            text = f"跳过 {len(codes)} 条规则（{reason}）：{listed}" if self.zh else (
                f"{len(codes)} rules skipped ({reason}): {listed}"
            )  # fmt: skip
            self.line(text, "dim")

    def _tally(self, tally: Sequence[int]) -> list[Line]:
        return [count_cell(n, STYLE[s]) for s, n in zip(SEVERITIES, tally, strict=True)]
