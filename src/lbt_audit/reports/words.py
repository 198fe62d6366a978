"""The words every document shares, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lbt_audit.model.run import Departure
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text

if TYPE_CHECKING:
    from lbt_audit.intake.table import Submission
    from lbt_audit.model.rule import RuleRun
    from lbt_audit.model.run import Run

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)  # gravest first

STATUSES = {
    "new": Text("新增", "new"),
    "open": Text("未整改", "open"),
    "overdue": Text("逾期", "overdue"),
    "relapsed": Text("反弹", "relapsed"),
    "claimed": Text("已报未改", "claimed but not done"),
    "waived": Text("豁免", "waived"),
}
VERDICTS = {
    "accepted": Text("通过", "accepted"),
    "accepted_with_errors": Text("带问题接收", "accepted with errors"),
    "rejected": Text("退回", "rejected"),
}
FILE_STATUSES = {
    "audited": Text("已核查", "audited"),
    "unreadable": Text("无法读取", "unreadable"),
    "ignored": Text("未纳入", "ignored"),
}
RULE_STATUSES = {
    "ran": Text("已运行", "ran"),
    "skipped": Text("跳过", "skipped"),
    "crashed": Text("出错", "crashed"),
}
AS_OF_SOURCES = {
    "option": Text("命令行指定", "given on the command line"),
    "config": Text("县级配置", "from the county file"),
    "files": Text("取文件中最新填报日期", "newest filling date in the files"),
    "today": Text("今天（文件与配置均未给出）", "today: neither files nor county file give one"),
}
ISSUED_SOURCES = {
    "option": Text("命令行指定", "given on the command line"),
    "config": Text("县级配置", "from the county file"),
    "today": Text("今天", "today"),
    "as_of": Text("同统计截止日", "the day of the data"),
}
MASKS = {
    "partial": Text("部分脱敏", "partly masked"),
    "full": Text("全部脱敏", "fully masked"),
    "none": Text("未脱敏", "not masked"),
}
KEY_THROWN_AWAY = Text(
    "密钥未能保存：问题编号仅本次有效，下次核查对不上",
    "no key could be kept: the issue numbers hold for this report only, the next audit gives others",
)
FOLLOWS = Text("起因：", "Follows from ")
ALSO = Text("因此还有：", "Hence also: ")
PAST = Text("（已过期）", " (past)")
LEVELS = {
    "county": Text("县级", "county"),
    "township": Text("乡镇", "township"),
    "village": Text("村（居）", "village"),
    "school": Text("学校", "school"),
}
SKIPPED = {
    "no_table": Text("没有提交该规则所查的表", "no file of the kind this rule is about"),
    "needs_kind": Text("没有提交该规则所需的表", "no file of the kind this rule needs"),
    "not_shown": Text("提交的表中没有该规则所需的栏目", "the files lack the columns this rule needs"),
    "needs_lists": Text(
        "没有可与之比对的另一份名单（如学籍信息、学校台账、孤儿名册）",
        "no other list to compare with (such as enrolment, school ledgers, orphans)",
    ),
    "needs_previous": Text("没有上期的同类表可比", "no such register of last period to compare with"),
    "out_of_time": Text(
        "运行时间过长，已停止；请把提交的表拆分后再核查",
        "took too long and was stopped; split what is audited",
    ),
    "needs_register": Text(
        "没有统计表，或统计表所属单位没有提交名册",
        "no statistics table, or no register of a unit that handed one in",
    ),
    "needs_tables": Text("没有可以互相核对的两份统计表", "no two statistics tables that speak of one unit"),
    "needs_ledger": Text("需要整改台账（--ledger）", "needs the rectification ledger (--ledger)"),
}
NOBODY = Text("（未明确单位）", "(unit unknown)")


def word(words: Mapping[str, Text], key: str, lang: Lang) -> str:
    """The word for ``key``; the key itself where there is none."""
    return words[key][lang] if key in words else key


def rule_reason(run: RuleRun, lang: Lang) -> str | None:
    """Why a rule was skipped or crashed."""
    if not run.reason:
        return None
    why = word(SKIPPED, run.reason, lang)
    lacks = [title[lang] for title in run.lacks]
    if not lacks:
        return why
    return f"{why}：{'、'.join(lacks)}" if lang == "zh" else f"{why}: {', '.join(lacks)}"


def profile_lines(run: Run, lang: Lang) -> list[str]:
    """In what the audit differs from the default profile, a line for each; none where it does not."""
    if not run.departures or run.default_profile is None:
        return []
    head = Text(
        f"与默认口径（{run.default_profile.zh}）的差别：",
        f"Different from the default profile ({run.default_profile.en}):",
    )
    return [head[lang], *(departure_text(d, lang) for d in run.departures)]


def departure_text(d: Departure, lang: Lang) -> str:
    codes = ("、" if lang == "zh" else ", ").join(d.rules)
    if d.kind == "dropped":
        return f"{d.name} {d.title[lang]}：不执行（{d.source}）" if lang == "zh" else (
            f"{d.name} {d.title[lang]}: left out ({d.source})"
        )  # fmt: skip
    if lang == "zh":
        bears = f"，涉及规则 {codes}" if codes and d.kind == "param" else ""
        return f"{d.title.zh}：{d.default.zh} → {d.value.zh}（{d.source}{bears}）"
    bears = f"; rules {codes}" if codes and d.kind == "param" else ""
    return f"{d.title.en}: {d.default.en} → {d.value.en} ({d.source}{bears})"


def crash_text(run: RuleRun, lang: Lang) -> str:
    """That a rule did not come to its end, and why."""
    code, why = run.rule.code, rule_reason(run, lang) or ""
    return f"规则 {code} 运行出错，结果不完整：{why}" if lang == "zh" else f"Rule {code} crashed: {why}"


def file_reason(submission: Submission, run: Run) -> str | None:
    """Why a file was not audited."""
    return _reason(submission.reason, submission.detail, run) if submission.reason else None


def file_remark(submission: Submission, run: Run) -> str | None:
    """Why a file was not audited, or which of its sheets were not, and why."""
    whole = file_reason(submission, run)
    sheets: dict[str, list[str]] = {}
    for sheet, why in sheet_reasons(submission, run).items():
        sheets.setdefault(why, []).append(sheet)
    remarks = [whole] if whole else []
    remarks += [_sheets(names, why, run.lang) for why, names in sheets.items() if why != whole]
    return ("；" if run.lang == "zh" else "; ").join(remarks) or None


def sheet_reasons(submission: Submission, run: Run) -> dict[str, str]:
    """Sheets of a file that were not audited, and why."""
    details = {n.detail.get("sheet"): n.detail for n in submission.notes if n.topic == "kind_not_audited"}
    return {
        sheet: _reason(reason, details.get(sheet, {}), run)
        for sheet, reason in submission.ignored_sheets.items()
    }


_SHEETS = 3  # sheets named one by one in a remark


def _sheets(names: Sequence[str], why: str, lang: Lang) -> str:
    more = len(names) - _SHEETS
    if lang == "zh":
        named = "、".join(f"“{name}”" for name in names[:_SHEETS])
        return f"工作表{named}{f'等{len(names)}张' if more > 0 else ''}：{why}"
    named = ", ".join(f"“{name}”" for name in names[:_SHEETS])
    start = "sheets" if len(names) > 1 else "sheet"
    return f"{start} {named}{f' and {more} more' if more > 0 else ''}: {why}"


def _reason(key: str, detail: Mapping[str, str], run: Run) -> str:
    from lbt_audit.intake.reasons import reason_text

    if "kind" in detail:
        detail = {**detail, "kind": run.kind_title(detail["kind"])}
    text: Text = reason_text(key, detail)
    return text[run.lang]


def previous_line(run: Run, lang: Lang) -> str:
    """``上期材料 ../2026-09（12 个文件，截至 2026-09-30）``; "" where there are none."""
    before = run.previous
    if before is None:
        return ""
    if lang == "zh":
        return f"上期材料 {before.folder}（{before.files} 个文件，截至 {before.as_of}），只作比对"
    return f"Last period's files {before.folder} ({before.files} files, as of {before.as_of}), compared only"


def as_of_line(run: Run, lang: Lang) -> str:
    """``统计截止日 2026-10-31（县级配置），下发日期 2026-11-05（今天）``, which stands first in every document."""
    source, issued_source = AS_OF_SOURCES[run.as_of_source][lang], ISSUED_SOURCES[run.issued_source][lang]
    if lang == "zh":
        return f"统计截止日 {run.as_of}（{source}），下发日期 {run.issued_on}（{issued_source}）"
    return f"Data as of {run.as_of} ({source}), issued on {run.issued_on} ({issued_source})"


def due_text(day: date | None, run: Run) -> str:
    """A deadline as it is printed: ``2026-11-05``, where it was past when the lists went out ``2026-10-20（已过期）``."""
    if day is None:
        return ""
    return f"{day}{PAST[run.lang]}" if day < run.issued_on else str(day)
