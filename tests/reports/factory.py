"""Small hand-made audits, and large regular ones, as the engine gives them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.engine.audit import ISSUE_SCHEMA, LOCATION_SCHEMA, Audit
from lbt_audit.engine.reorder import reordered
from lbt_audit.intake.table import Column, Submission, Table, Unmapped
from lbt_audit.model.cell import CellKind
from lbt_audit.model.rule import Basis, Rule, RuleRun
from lbt_audit.model.run import Run
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.model.unit import Unit

ROSTER, LEDGER, BROKEN, NOTICE = "白石镇/花名册.xls", "清水中心小学/台账 (2).xlsx", "坏文件.xlsx", "通知.docx"


def rule(code: str, zh: str, en: str, severity: Severity, article: str | None = "一、（四）") -> Rule:
    basis = (
        Basis("S4", Text("推进会讲话", "Speech of the county chief"), article),
        Basis("F2", Text("填表说明", "Instructions to the form"), "第4条", number="民发〔2016〕42号"),
    )
    return Rule(
        code=code, title=Text(zh, en), severity=severity, tables=("roster",), check="rows", params={},
        points_at=(), message=Text("", ""), fix=Text("", ""), basis=basis, responsible="township",
        deadline="D3", examples={},
    )  # fmt: skip


RULES = {
    "A06": rule("A06", "文件无法读取", "File cannot be read", Severity.ERROR),
    "B02": rule("B02", "必填项空白", "Required cells blank", Severity.WARNING),
    "C10": rule("C10", "姓名中有空格", "Blank inside a name", Severity.NOTICE),
    "D01": rule("D01", "双亲去世仍有去向", "Orphan recorded with parents working away", Severity.ERROR),
    "E04": rule("E04", "一母多户", "One mother in several households", Severity.ERROR),
}
FIXES = {
    "A06": Text("重新导出后再报", "Export the file again and hand it in"),
    "B02": Text("逐项核实补填", "Find out and fill in every item"),
    "C10": Text("去掉姓名中的空格", "Remove the blank"),
    "D01": Text("以户口簿和死亡证明为准更正", "Correct by household register and death certificate"),
    "E04": Text("入户核实母亲身份", "Verify the mother on site"),
}

# rule, zh message, en message, child, id, unit, township, village, school, level, responsible, locations
_ISSUES: list[tuple[Any, ...]] = [
    ("A06", "坏文件.xlsx 无法读取：文件不完整", "坏文件.xlsx cannot be read: truncated", None, None, None, None,
     None, None, "county", "青禾县", [(BROKEN, None, None, None, None, None)]),
    ("D01", "杨*峰：父母健在情况为“双方去世”，父亲去向却填“浙江宁波”",
     "杨*峰: parents are “双方去世”, yet the father's work place is “浙江宁波”", "杨*峰", "5299**********001X", "白石镇",
     "白石镇", "大坝村", None, "township", "白石镇",
     [(ROSTER, "Sheet1", 7, "F", "parents_alive", "双方去世"),
      (ROSTER, "Sheet1", 7, "H", "father_work_place", "浙江宁波")]),
    ("B02", "李*：现居住地、监护人姓名空白", "李*: current address, guardian's name blank", "李*",
     "5299**********0036", "白石镇", "白石镇", "青杠村", None, "township", "白石镇",
     [(ROSTER, "Sheet1", 8, "K", "live_addr", None), (ROSTER, "Sheet1", 8, "T", "guardian_name", None)]),
    ("B02", "=cmd|' /C calc'!A0 <b>&amp;</b> \"引号\" \\ 反斜杠", "=cmd|' /C calc'!A0 <b>&amp;</b> \"quote\" \\",
     "+王*", None, "白石镇", "白石镇", None, None, "township", "白石镇",
     [(ROSTER, "Sheet1", 9, "K", "live_addr", "\x1b[31m红\u202e\u0007 第一行\n第二行")]),
    ("E04", "母亲“陈*秀”出现在 2 户", "Mother “陈*秀” stands in 2 households", "罗*", "5299**********0127", "清水中心小学",
     "清水乡", None, "清水中心小学", "school", "清水中心小学",
     [(LEDGER, "三(1)班", 4, "L", "mother_name", "陈*秀"), (LEDGER, "三(2)班", 5, "L", "mother_name", "陈*秀"),
      (ROSTER, "Sheet1", 12, "N", "mother_name", "陈*秀")]),
    ("C10", "吴 *：姓名中间有空格", "吴 *: blank inside the name", "吴 *", "5299**********0128", "清水中心小学", "清水乡", None,
     "清水中心小学", "school", "清水中心小学", [(LEDGER, "三(1)班", 5, "B", "child_name", "吴 *")]),
]  # fmt: skip
FOLLOWS = {5: 5}  # position → number of the issue it follows from
_DEADLINES = {"A06": date(2026, 10, 31), "C10": date(2026, 11, 30)}


def _column(field: str, index: int, header: str, n: int) -> Column:
    return Column(field, index, header, "standard", pa.array([""] * n), np.zeros(n, np.uint8) + CellKind.TEXT)


def _table(path: str, sheet: str, kind: str, unit: Unit, n: int) -> Table:
    columns = {
        "child_name": _column("child_name", 1, "儿童基本情况/姓名", n),
        "mother_name": _column("mother_name", 11, "母亲情况/姓名", n),
    }
    rows = np.arange(5, 5 + n, dtype=np.int32)
    return Table(
        path, sheet, kind, unit, rows, columns, header_rows=(3, 4), unmapped=(Unmapped(3, "班主任电话"),)
    )


def submissions() -> tuple[Submission, ...]:
    town = Unit("township", "白石镇", "白石镇")
    school = Unit("school", "清水中心小学", "清水乡")
    return (
        Submission(BROKEN, "ab" * 32, "unreadable", "damaged"),
        Submission(
            ROSTER,
            "cd" * 32,
            "audited",
            tables=(_table(ROSTER, "Sheet1", "roster", town, 131),),
            ignored_sheets={"说明": "no_table"},
        ),
        Submission(
            LEDGER,
            "ef" * 32,
            "audited",
            tables=(
                _table(LEDGER, "三(1)班", "school_ledger", school, 40),
                _table(LEDGER, "三(2)班", "school_ledger", school, 38),
            ),
        ),
        Submission(NOTICE, "01" * 32, "ignored", "not_a_spreadsheet"),
    )


def rule_runs() -> tuple[RuleRun, ...]:
    found = {code: sum(i[0] == code for i in _ISSUES) for code in RULES}
    ran = [RuleRun(r, "ran", rows_checked=209, unverifiable=4, issues=found[c]) for c, r in RULES.items()]
    skipped = rule("F06", "学籍状态矛盾", "Enrolment status contradicts", Severity.WARNING)
    crashed = rule("G01", "已满十六周岁", "Already sixteen", Severity.ERROR)
    return (
        *ran,
        RuleRun(skipped, "skipped", "no_table"),
        RuleRun(crashed, "crashed", "ZeroDivisionError (rows:12)"),
    )


def make_audit(lang: Lang = "zh", *, crashed: bool = True, warnings: tuple[Text, ...] = ()) -> Audit:
    """Six issues in two files, one unreadable and one ignored file, one rule skipped, one crashed."""
    columns: dict[str, list[Any]] = {f.name: [] for f in ISSUE_SCHEMA}
    places: list[tuple[Any, ...]] = []
    for number, issue in enumerate(_ISSUES):
        code, zh, en, child, id_no, unit, township, village, school, level, responsible, cells = issue
        the_rule = RULES[code]
        values = {
            "fingerprint": f"{number + 1:016x}", "rule": code, "severity": int(the_rule.severity),
            "title": the_rule.title[lang], "message": zh if lang == "zh" else en, "fix": FIXES[code][lang],
            "child": child, "id_no": id_no, "unit": unit, "township": township, "village": village,
            "school": school, "responsible_level": level, "responsible_unit": responsible, "responsible_township": None,
            "deadline_class": "D3", "deadline": _DEADLINES.get(code, date(2026, 11, 4)), "status": "new",
            "child_key": f"{number + 99:016x}", "case": f"{number + 99:016x}" if child else None,
            "follows": f"{FOLLOWS[number]:016x}" if number in FOLLOWS else None, "line": f"{number + 1:016x}",
            "repeats": False, "number": None, "safety": False, "probability": None,
        }  # fmt: skip
        for name, value in values.items():
            columns[name].append(value)
        places += [(number, *cell) for cell in cells]
    issues = pa.table([pa.array(columns[f.name], f.type) for f in ISSUE_SCHEMA], schema=ISSUE_SCHEMA)
    by_column = zip(*places, strict=True)
    locations = pa.table(
        [pa.array(list(c), f.type) for c, f in zip(by_column, LOCATION_SCHEMA, strict=True)],
        schema=LOCATION_SCHEMA,
    )
    run = Run(
        date(2026, 10, 31),
        "config",
        date(2026, 10, 31),
        "config",
        "three_month_county",
        lang,
        "partial",
        "lbt-audit.toml",
        "青禾县",
        warnings,
    )
    runs = rule_runs() if crashed else tuple(r for r in rule_runs() if r.status != "crashed")
    verdicts = {BROKEN: "rejected", ROSTER: "accepted_with_errors", LEDGER: "accepted_with_errors"}
    return reordered(Audit(run, submissions(), runs, issues, locations, verdicts))


def clean_audit(lang: Lang = "zh") -> Audit:
    """Nothing found."""
    full = make_audit(lang)
    files = tuple(s for s in full.submissions if s.status == "audited")
    runs = tuple(RuleRun(r, "ran", rows_checked=209) for r in RULES.values())
    verdicts = {s.path: "accepted" for s in files}
    return Audit(full.run, files, runs, ISSUE_SCHEMA.empty_table(), LOCATION_SCHEMA.empty_table(), verdicts)


def big_audit(n: int, lang: Lang = "zh", units: int = 48) -> Audit:
    """``n`` issues of two cells each over ``units`` units, messages all different."""
    small = make_audit(lang)
    index = np.arange(n)
    number = pa.array(index).cast(pa.string())

    def repeat(words: list[Any], by: np.ndarray) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(
            pa.array((by % len(words)).astype(np.int32)), pa.array(words, pa.string())
        )

    import pyarrow.compute as pc

    codes = ["B02", "D01", "E04", "C10"]
    names = [f"第{i:02d}中心小学" for i in range(units)]
    by_rule, by_unit = index, index // 7
    severity = np.array([int(RULES[c].severity) for c in codes], np.int8)[by_rule % 4]
    message = pc.binary_join_element_wise(
        "杨*峰", number, "：父母健在情况为“双方去世”，父亲去向却填“浙江宁波市”", ""
    )
    columns = {
        "fingerprint": pc.utf8_lpad(number, 16, "0"), "rule": repeat(codes, by_rule), "severity": pa.array(severity),
        "title": repeat([RULES[c].title[lang] for c in codes], by_rule), "message": message,
        "fix": repeat([FIXES[c][lang] for c in codes], by_rule), "child": pc.binary_join_element_wise("杨*", number, ""),
        "id_no": pc.binary_join_element_wise("5299**********", pc.utf8_lpad(number, 4, "0"), ""),
        "unit": repeat(names, by_unit), "township": repeat(["白石镇", "清水乡"], by_unit), "village": repeat([None], index),
        "school": repeat(names, by_unit), "responsible_level": repeat(["school"], index),
        "responsible_unit": repeat(names, by_unit),
        "responsible_township": repeat([None], index), "deadline_class": repeat(["D3"], index),
        "deadline": pa.array(np.full(n, 20761, np.int32)).cast(pa.date32()), "status": repeat(["new"], index),
        "child_key": pc.utf8_lpad(number, 16, "0"), "case": pc.utf8_lpad(number, 16, "0"),
        "follows": pa.nulls(n, pa.string()), "line": pc.utf8_lpad(number, 16, "0"),
        "repeats": pa.array(np.zeros(n, np.bool_)), "safety": pa.array(np.zeros(n, np.bool_)), "number": pa.nulls(n, pa.string()),
        "probability": pa.nulls(n, pa.float64()),
    }  # fmt: skip
    issues = pa.table([columns[f.name].cast(f.type) for f in ISSUE_SCHEMA], schema=ISSUE_SCHEMA)
    twice = np.repeat(index, 2)
    locations = pa.table(
        [
            pa.array(twice.astype(np.int32)), repeat([ROSTER], twice), repeat(["Sheet1"], twice),
            pa.array((twice // 10 + 5).astype(np.int32)), repeat(["F", "H"], np.arange(2 * n)),
            repeat(["parents_alive", "father_work_place"], np.arange(2 * n)),
            pa.array(["双方去世", "浙江宁波市"] * n, pa.string()),
        ],
        schema=LOCATION_SCHEMA,
    )  # fmt: skip
    return Audit(small.run, small.submissions, small.rules, issues, locations, small.verdicts)
