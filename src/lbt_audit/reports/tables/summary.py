"""Counts of an audit: by severity, rule, unit and file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow.compute as pc

from lbt_audit import __version__
from lbt_audit.engine.audit import Audit
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import RuleRun
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.tables.lines import Line, Told
from lbt_audit.reports.tables.places import location_offsets
from lbt_audit.reports.text.columns import one
from lbt_audit.reports.words import (
    FILE_STATUSES,
    MASKS,
    NOBODY,
    SEVERITIES,
    VERDICTS,
    as_of_line,
    file_remark,
    previous_line,
    profile_lines,
    word,
)

Tally = tuple[int, int, int]  # errors, warnings, notices


@dataclass(frozen=True)
class File:
    """A submitted file: its ``verdict``, or None where it was not audited; ``standing`` is either in words."""

    path: str
    verdict: str | None
    standing: str
    tally: Tally
    rows: int
    remark: str | None


@dataclass(frozen=True)
class Summary:
    """Everything counted once, for whichever report asks."""

    audit: Audit

    @property
    def lang(self) -> Lang:
        return self.audit.run.lang

    @property
    def issues(self) -> int:
        return int(self.audit.issues.num_rows)

    @cached_property
    def children(self) -> int:
        """How many children the issues are about."""
        return int(pc.count_distinct(one(self.audit.issues["case"]), mode="only_valid").as_py())

    @cached_property
    def _told(self) -> Told:
        return Told.of(self.audit)

    @property
    def causes(self) -> int:
        """Lines of the first level: what something has to be done about, however much follows from it."""
        return len(self._told.causes)

    @property
    def lines(self) -> int:
        """Lines of all levels that say something of their own."""
        return len(self._told.lines)

    @property
    def waived(self) -> int:
        """How many of the issues are set aside."""
        return sum(status == "waived" for status in self.audit.issues["status"].to_pylist())

    @property
    def files(self) -> int:
        return len(self.audit.submissions)

    @property
    def rows(self) -> int:
        return sum(len(t) for s in self.audit.submissions for t in s.tables)

    @cached_property
    def severities(self) -> np.ndarray:
        values: np.ndarray = one(self.audit.issues["severity"]).to_numpy()
        return values

    @cached_property
    def by_severity(self) -> dict[Severity, int]:
        counts = np.bincount(self.severities, minlength=4)
        return {s: int(counts[s]) for s in SEVERITIES}

    @cached_property
    def by_rule(self) -> dict[str, int]:
        """Rule code → issues, in the order the rules ran; only rules that found something."""
        counts = {code: sum(tally) for code, tally in self._tallies(self.audit.issues["rule"]).items()}
        order = [run.rule.code for run in self.audit.rules]
        known = {code: counts[code] for code in order if code in counts}
        return known | {c: n for c, n in sorted(counts.items()) if c not in known}

    @cached_property
    def rule_tallies(self) -> dict[str, Tally]:
        """Rule code → errors, warnings, notices among its issues; most errors first."""
        return _worst_first(self._tallies(self.audit.issues["rule"]))

    @cached_property
    def by_unit(self) -> dict[str, Tally]:
        """Responsible unit → errors, warnings, notices; most errors first."""
        return _worst_first(self._tallies(self.audit.issues["responsible_unit"]))

    @cached_property
    def by_file(self) -> dict[str, Tally]:
        """Path → errors, warnings, notices of the issues that point into it."""
        if self.issues == 0:
            return {}
        issue = one(self.audit.locations["issue"]).to_numpy()
        path = one(self.audit.locations["path"])
        codes = path.indices.to_numpy(zero_copy_only=False)
        distinct = np.unique(issue.astype(np.int64) * len(path.dictionary) + codes)
        issue, codes = np.divmod(distinct, len(path.dictionary))
        return _count(codes, self.severities[issue], path.dictionary.to_pylist())

    @property
    def by_submission(self) -> list[File]:
        """Every file, in the order of the audit."""
        run, files = self.audit.run, []
        for s in self.audit.submissions:
            verdict = self.audit.verdicts.get(s.path)
            standing = (
                word(VERDICTS, verdict, run.lang) if verdict else word(FILE_STATUSES, s.status, run.lang)
            )
            tally, rows = self.by_file.get(s.path, (0, 0, 0)), sum(len(t) for t in s.tables)
            files.append(File(s.path, verdict, standing, tally, rows, file_remark(s, run)))
        return files

    @cached_property
    def unit_levels(self) -> dict[str, str]:
        """Responsible unit → its level."""
        pairs = self.audit.issues.select(["responsible_unit", "responsible_level"])
        if pairs.num_rows == 0:
            return {}
        unit, level = (one(pairs[n]) for n in ("responsible_unit", "responsible_level"))
        codes = unit.indices.fill_null(-1).to_numpy()
        found, first = np.unique(codes, return_index=True)
        names, levels = unit.dictionary.to_pylist(), level.take(first).to_pylist()
        return {names[c]: lv or "" for c, lv in zip(found.tolist(), levels, strict=True) if c >= 0}

    @property
    def skipped(self) -> list[RuleRun]:
        return [r for r in self.audit.rules if r.status == "skipped"]

    @property
    def crashed(self) -> list[RuleRun]:
        return [r for r in self.audit.rules if r.status == "crashed"]

    def urgent(self, n: int) -> list[Line]:
        """The ``n`` lines to look at first."""
        return [self._told.line(head) for head in self._told.causes[:n].tolist()]

    def titles(self) -> Mapping[str, str]:
        """Rule code → title in the language of the run."""
        return {run.rule.code: run.rule.title[self.lang] for run in self.audit.rules}

    def places(self) -> np.ndarray:
        """How many locations each issue has."""
        return np.diff(location_offsets(self.audit))

    def _tallies(self, column: Any) -> dict[str, Tally]:
        column = one(column)
        if len(column) == 0:
            return {}
        names = [*column.dictionary.to_pylist(), NOBODY[self.lang]]
        codes = column.indices.fill_null(len(names) - 1).to_numpy()
        return _count(codes, self.severities, names)


def circumstances(audit: Audit, summary: Summary) -> list[str]:
    """What a reader must know before any figure."""
    run, lang = audit.run, audit.run.lang
    counts = summary.by_severity
    before = [line] if (line := previous_line(run, lang)) else []
    if lang == "zh":
        found = "，".join(f"{s.colour.zh} {counts[s]}" for s in SEVERITIES)
        return [
            as_of_line(run, lang),
            *before,
            f"口径：{run.profile_in('zh')}　县级配置：{run.config or '无'}　{MASKS[run.mask].zh}　lbt-audit {__version__}",
            *profile_lines(run, lang),
            f"文件 {summary.files} 个，记录 {summary.rows} 行，{headline(summary).zh}（{found}）",
        ]
    found = ", ".join(f"{s.colour.en} {counts[s]}" for s in SEVERITIES)
    return [
        as_of_line(run, lang),
        *before,
        f"Profile: {run.profile_in('en')}; county file: {run.config or 'none'}; {MASKS[run.mask].en}; lbt-audit {__version__}",
        *profile_lines(run, lang),
        f"{summary.files} files, {summary.rows} records, {headline(summary).en} ({found})",
    ]


def _worst_first(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    return dict(sorted(tallies.items(), key=lambda item: (*(-n for n in item[1]), item[0])))


def headline(summary: Summary) -> Text:
    """How much was found, from how many causes, about how many children."""
    issues, causes, children = summary.issues, summary.causes, summary.children
    zh, en = f"{issues} 条问题", f"{issues} issue{'' if issues == 1 else 's'}"
    if causes < issues:
        zh, en = f"{zh}（{causes} 处原因）", f"{en} from {causes} causes"
    if children:
        zh, en = (
            f"{zh}，涉及 {children} 名儿童",
            f"{en}, about {children} child{'' if children == 1 else 'ren'}",
        )
    return Text(zh, en)


def _count(codes: np.ndarray, severities: np.ndarray, names: list[str]) -> dict[str, Tally]:
    table = np.bincount(codes.astype(np.int64) * 4 + severities, minlength=4 * len(names)).reshape(-1, 4)
    result: dict[str, Tally] = {}
    for name, (_, notices, warnings, errors) in zip(names, table.tolist(), strict=True):
        if errors or warnings or notices:
            old = result.get(name, (0, 0, 0))
            result[name] = (old[0] + errors, old[1] + warnings, old[2] + notices)
    return result
