"""The sheet of cases: one row per child with what its issues come down to (一童一案)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.reports.tables.lines import NONE, Told
from lbt_audit.reports.text.columns import grouped, one, words
from lbt_audit.reports.words import NOBODY, as_of_line
from lbt_audit.reports.workbook import look
from lbt_audit.reports.xlsx import MAX_ROWS, Cell, Counts, Dates, Inline, Numbers, Sheet, Words

TITLE = Text("一童一案", "Children")
_HEADS = (
    (Text("序号", "No."), 5.5),
    (Text("儿童", "Child"), 10),
    (Text("报送单位", "Reported by"), 16),
    (Text("等级", "Severity"), 8),
    (Text("问题数", "Issues"), 7.5),
    (Text("起因", "Causes"), 48),
    (Text("因此还有", "What follows"), 48),
    (Text("责任单位", "Responsible"), 20),
    (Text("最早时限（含当日）", "First deadline (inclusive)"), 12),
)
_NOTE = Text(
    "每名儿童一行，先重后轻。先改“起因”，“因此还有”的多半随之消失；逐条内容见问题清单。",
    "One row per child, in order of weight. Correct the causes first: what follows mostly goes with them. Each issue "
    "stands in the list.",
)


def case_sheet(name: str, audit: Audit) -> Sheet:
    """One row per child, in the order of the weightiest issue of each."""
    lang = audit.run.lang
    cases, issues = audit.cases.slice(0, MAX_ROWS - 3), audit.issues
    least = look.due(issues["deadline"], audit.run)[1] or 0
    widths = [w for _, w in _HEADS]
    widths[-1] = max(widths[-1], least)
    sheet = Sheet(name, widths, footer=look.footer(lang), tab=look.TAB_SUMMARY)
    count = f"共 {len(cases)} 名儿童" if lang == "zh" else f"{len(cases)} children"
    sheet.title(f"{TITLE[lang]}　{as_of_line(audit.run, lang)}　{count}", look.TITLE, 26)
    sheet.title(_NOTE[lang], look.NOTE)
    sheet.row([Cell(title[lang], look.HEADER) for title, _ in _HEADS], 30)
    sheet.freeze, sheet.filter_row, sheet.title_rows = (3, 3), 3, (1, 3)
    code = pc.fill_null(pc.index_in(one(issues["case"]), one(cases["case"])), NONE).to_numpy()
    titles = {r.rule.code: f"{r.rule.code} {r.rule.title[lang]}" for r in audit.rules}
    said = words(issues["rule"], lambda rule: titles.get(rule, rule), "")
    told = Told.of(audit)
    roots = one(cases["roots"])
    causes = said.take(pc.index_in(roots.flatten(), one(issues["fingerprint"])))
    first_lines = (told.above != NONE) & (told.head == np.arange(len(code)))
    severity = np.zeros(len(cases), np.int32)
    of_child = np.flatnonzero(code != NONE)
    np.maximum.at(severity, code[of_child], one(issues["severity"]).to_numpy()[of_child])
    day = one(issues["deadline"]).cast("int32").fill_null(2**31 - 1).to_numpy()
    first_day = np.full(len(cases), 2**31 - 1, np.int32)
    np.minimum.at(first_day, code[of_child], day[of_child])
    days = pa.array(first_day, pa.int32(), mask=first_day == 2**31 - 1).cast(pa.date32())
    colours = pa.array(["", *(Severity(i).colour[lang] for i in (1, 2, 3))])
    responsible = words(issues["responsible_unit"], str, NOBODY[lang])
    units, mark = one(cases["unit"]).dictionary_encode(), "、" if lang == "zh" else ", "
    sheet.block(
        [
            Numbers(np.arange(1, len(cases) + 1), look.NUMBER),
            Inline(cases["child"], look.CENTRE),
            Words(units, look.CENTRE),
            Words(
                pa.DictionaryArray.from_arrays(pa.array(severity), colours),
                look.CENTRE,
                {s.colour[lang]: look.SEVERITY[s] for s in Severity},
            ),
            Counts(pa.array(np.bincount(code[of_child], minlength=len(cases))), look.NUMBER),
            Inline(grouped(causes, roots.offsets.to_numpy() - roots.offsets[0].as_py(), "\n"), look.BODY),
            Inline(_of_cases(said, code, np.flatnonzero(first_lines), len(cases), mark), look.BODY),
            Inline(_of_cases(responsible, code, of_child, len(cases), mark), look.CENTRE),
            Dates(days, look.due(days, audit.run)[0]),
        ],
        len(cases),
    )
    return sheet


def _of_cases(texts: Any, code: np.ndarray, rows: np.ndarray, n: int, separator: str) -> Any:
    """``texts`` at ``rows`` joined per case, each once."""
    rows = rows[code[rows] != NONE]
    words = one(texts).dictionary_encode()
    pairs = code[rows].astype(np.int64) * max(len(words.dictionary), 1) + words.indices.to_numpy()[rows]
    _, first = np.unique(pairs, return_index=True)
    kept = rows[np.sort(first)]
    kept = kept[np.argsort(code[kept], kind="stable")]
    offsets = np.r_[0, np.cumsum(np.bincount(code[kept], minlength=n))]
    return grouped(one(texts).take(pa.array(kept)), offsets, separator)
