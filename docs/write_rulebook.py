"""Writes ``docs/rules/``: the catalogue as a book to read, one page per group and language, from the rule files.

python docs/write_rulebook.py
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lbt_audit.cli.ruling import RESPONSIBLE, ordered
from lbt_audit.engine.rules.load import load_all
from lbt_audit.model.deadline import DEFAULT_DEADLINES
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.rule import Basis, Rule
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.wording import GROUPS
from lbt_audit.rulebook.example import WrittenExample

FOLDER = Path(__file__).parent / "rules"
LANGS: tuple[Lang, ...] = ("zh", "en")
DEADLINES: Mapping[str, Text] = {
    "D0": Text("当日核实", "the same day"),
    "D3": Text("3个工作日", "3 working days"),
    "D5": Text("5个工作日", "5 working days"),
    "D10": Text("10个工作日", "10 working days"),
    "DF": Text("通知规定的日期，县里没有规定的10个工作日", "the day of the notice, else 10 working days"),
    "DM": Text("随下月报送", "with next month's submission"),
}  # fmt: skip
HEADS: Mapping[str, Text] = {
    "severity": Text("等级", "Severity"),
    "tables": Text("适用表", "Registers"),
    "needs": Text("须有", "Needs"),
    "message": Text("报什么", "What it says"),
    "follows": Text("归入", "Told beneath"),
    "cases": Text("几种情形", "Cases told apart"),
    "decision": Text("口径", "Decision"),
    "fix": Text("整改要求", "To be done"),
    "basis": Text("依据", "Basis"),
    "who": Text("责任单位", "Responsible"),
    "deadline": Text("时限", "Deadline"),
    "order": Text("次序", "Order"),
    "found": Text("错例", "A wrong one"),
    "silent": Text("对例", "A right one"),
}
FILLED: Mapping[str, Text] = {
    "child": Text("儿童姓名", "child"),
    "helper.ordinary_households": Text("普通儿童户数", "ordinary households"),
    "text": Text("原文", "what is written"),
    "list": Text("所在的表", "register"),
    "doubtful": Text("某份名单", "a list"),
    "probability": Text("概率", "probability"),
    "fields": Text("栏目", "fields"),
    "cells": Text("栏目及所填内容", "cells"),
    "others": Text("其他各处记载", "other records"),
    "as_of": Text("统计截止日", "day of the data"),
    "p": Text("父亲或母亲", "father or mother"),
    "why": Text("所属情形", "case"),
    "fault": Text("毛病", "fault"),
    "what": Text("所属情形", "case"),
    "count": Text("数量", "number"),
    "names": Text("姓名", "names"),
    "place": Text("位置", "place"),
    "units": Text("单位数", "units"),
    "a": Text("甲数", "one figure"),
    "b": Text("乙数", "other figure"),
    "absence.attempts": Text("劝返次数", "attempts"),
    "absence.school_days": Text("上课日数", "school days"),
    "absence.total": Text("天数", "days"),
    "added": Text("自增栏目", "added columns"),
    "assumed": Text("推定说明", "how that is assumed"),
    "bound": Text("年龄界线", "bound"),
    "child.age_lo": Text("周岁", "years"),
    "child.limit_hi": Text("日期", "day"),
    "children": Text("儿童人数", "children"),
    "column": Text("栏目", "column"),
    "columns": Text("栏目", "columns"),
    "copied": Text("字符", "character"),
    "counted": Text("实有数", "count"),
    "dates": Text("日期", "dates"),
    "differences": Text("不一致的栏目及所填内容", "what differs"),
    "file.lacks": Text("所缺材料", "documents that lack"),
    "child.priority_kinds": Text("重点儿童类别", "kind of priority child"),
    "helper.households": Text("结对户数", "households"),
    "term.owed": Text("应有走访的起始日", "day from which a visit is owed"),
    "visit.due": Text("应有走访的起始日", "day from which a visit is owed"),
    "visit.last": Text("最近走访日期", "day of the newest visit"),
    "due": Text("应有走访的起始日", "day from which a visit is owed"),
    "before": Text("上期数", "figure of last period"),
    "now": Text("本期数", "figure of this period"),
    "change": Text("增减数", "change"),
    "share": Text("增减幅度", "change in per cent"),
    "last": Text("最近一次日期", "newest day"),
    "param.follow_up_days": Text("跟踪期限天数", "days of following up"),
    "day": Text("日期", "day"),
    "days": Text("天数", "days"),
    "difference": Text("差额", "difference"),
    "differing": Text("人数", "children"),
    "fact": Text("落款项目", "fact"),
    "families": Text("户数", "families"),
    "father.gap_lo": Text("年数", "years"),
    "mother.gap_lo": Text("年数", "years"),
    "figure": Text("数值", "figure"),
    "file": Text("文件名", "file"),
    "formula": Text("勾稽关系", "formula"),
    "guardian.age_lo": Text("周岁", "years"),
    "guardian.children": Text("人数", "children"),
    "guardian.gap_lo": Text("年数", "years"),
    "hidden": Text("字符", "character"),
    "in_id": Text("证号中的日期", "day in the number"),
    "kinds": Text("表名", "registers"),
    "left": Text("左边", "left side"),
    "level": Text("单位类别", "level"),
    "line": Text("所在行", "row"),
    "listed": Text("所在位置", "place"),
    "lo": Text("日期", "day"),
    "missing": Text("缺少的内容", "what is missing"),
    "name": Text("名称", "name"),
    "gap": Text("年数", "years"),
    "numbers": Text("序号", "numbers"),
    "part": Text("部分数", "part"),
    "lacks": Text("缺少的名单", "list that lacks the child"),
    "perhaps": Text("疑似记录", "possible records"),
    "rate": Text("一致率", "rate"),
    "reading": Text("勾稽依据", "reading"),
    "renamed": Text("改名栏目", "renamed columns"),
    "repeated": Text("重复的序号", "repeated numbers"),
    "right": Text("右边", "right side"),
    "rows": Text("行数", "rows"),
    "same": Text("人数", "children"),
    "school": Text("学校", "school"),
    "school.age_lo": Text("周岁", "years"),
    "school_only": Text("人数", "children"),
    "sheet": Text("工作表", "sheet"),
    "shift": Text("错位", "shift"),
    "shown": Text("所填占比", "share shown"),
    "source": Text("出处", "source"),
    "stated": Text("所填日期", "day as written"),
    "suggestion": Text("相近名称", "near name"),
    "table": Text("表名", "table"),
    "told": Text("上报数", "figure handed in"),
    "total": Text("人数", "children"),
    "township_only": Text("人数", "children"),
    "unit": Text("单位", "unit"),
    "value": Text("所填内容", "value"),
    "values": Text("各数", "values"),
    "whole": Text("总数", "whole"),
}
"""What stands in a message where the run fills something in."""
INDEX: Mapping[Lang, str] = {
    "zh": """\
# 规则手册

*本手册由 `python docs/write_rulebook.py` 根据 `rules/` 中的规则生成，不要手工修改。*

每条规则写明：等级、适用哪些表、报什么、口径、整改要求、依据、责任单位、时限，并各附一个错例和一个对例（均为虚构）。
红＝错误，必须改正；黄＝矛盾或缺项；蓝＝提示，请核实。某种表没有任何单位报送的，有关规则跳过，并写明缺哪种表。
〔〕内是核查时填入的内容；参数按默认口径写出，由口径（`rules/profiles`）和县级配置决定。
命令行查看单条规则：`lbt-audit rules show 代码`。

""",
    "en": """\
# Rule book

*Written from the rules in `rules/` by `python docs/write_rulebook.py`; not to be edited by hand.*

Each rule with its severity, the registers it looks at, what it says, how vague points were decided, what is to be done, on
what it rests, who is responsible and until when, and an invented wrong and a right example.
Red = an error that must be put right, yellow = a contradiction or a gap, blue = to be looked at. Rules whose register
nobody handed in are skipped, naming it. What stands in ‹ › is filled in by the audit; parameters are written as the
default profile has them and come
from the profile (`rules/profiles`) and the county file. `lbt-audit rules show CODE` shows one rule on the screen.

""",
}


def pages() -> Mapping[Path, str]:
    """Every page of the book: path → text."""
    catalogue, dictionary = load_all()
    groups: dict[str, list[Rule]] = {}
    for rule in catalogue.rules.values():
        groups.setdefault(rule.code[0], []).append(rule)
    made = {}
    for lang in LANGS:
        made[FOLDER / lang / "README.md"] = _index(groups, lang)
        book = _Book(dictionary, catalogue.params, {c: r.title for c, r in catalogue.rules.items()}, lang)
        for group, rules in groups.items():
            made[FOLDER / lang / f"{group}.md"] = _page(group, rules, book)
    return made


@dataclass(frozen=True)
class _Book:
    """What the pages of one language are made of."""

    dictionary: Dictionary
    params: Mapping[str, Any]
    titles: Mapping[str, Text]
    lang: Lang

    def filled(self, text: Text) -> str:
        """A message with words where the run fills something in, and parameters as they are by default."""
        return _line(re.sub(r"\{([^{}]+)\}", self._word, text[self.lang]))

    def _word(self, found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("param."):
            return str(self.params[name.removeprefix("param.")])
        field = self.dictionary.fields.get(name.partition(".")[0])
        word = FILLED[name][self.lang] if name in FILLED else field.title[self.lang] if field else "…"
        return f"〔{word}〕" if self.lang == "zh" else f"‹{word}›"


def _index(groups: Mapping[str, list[Rule]], lang: Lang) -> str:
    count = sum(map(len, groups.values()))
    lines = [INDEX[lang] + (f"共{count}条规则。" if lang == "zh" else f"{count} rules."), ""]
    for group, rules in groups.items():
        lines += [f"- [{group} {GROUPS[group][lang]}]({group}.md)", ""]
        lines += [f"  - [{r.code}]({group}.md#{r.code.lower()}) {r.title[lang]}（{r.severity.colour[lang]}）"
                  if lang == "zh" else f"  - [{r.code}]({group}.md#{r.code.lower()}) {r.title[lang]} ({r.severity.colour[lang]})"
                  for r in rules]  # fmt: skip
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _page(group: str, rules: list[Rule], book: _Book) -> str:
    lang = book.lang
    back = "目录" if lang == "zh" else "Contents"
    lines = [f"# {group} {GROUPS[group][lang]}", "", f"[{back}](README.md)", ""]
    for rule in rules:
        lines += [f'<a id="{rule.code.lower()}"></a>', "", f"## {rule.code} {rule.title[lang]}", ""]
        lines += [f"- **{HEADS[key][lang]}**{'：' if lang == 'zh' else ': '}{text}"
                  for key, text in _entries(rule, book)]  # fmt: skip
        for which in ("found", "silent"):
            example = _chosen(rule.examples[which])
            if example is not None:
                lines += [
                    "",
                    f"{HEADS[which][lang]}{'：' if lang == 'zh' else ':'}",
                    "",
                    *_shown(example, book.dictionary, lang),
                ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _entries(rule: Rule, book: _Book) -> Iterator[tuple[str, str]]:
    dictionary, lang = book.dictionary, book.lang
    comma = "、" if lang == "zh" else ", "

    def kinds(keys: Iterable[str]) -> str:
        return comma.join(dictionary.kinds[k].title[lang] for k in keys if k in dictionary.kinds)

    everywhere = len(rule.tables) == len(dictionary.kinds)
    yield "severity", rule.severity.colour[lang]
    yield "tables", ("各种表" if lang == "zh" else "all") if everywhere else kinds(rule.tables)
    if rule.needs:
        yield "needs", kinds(rule.needs)
    yield "message", book.filled(rule.message)
    if rule.follows:
        known = [c for c in rule.follows if c in book.titles]
        yield "follows", comma.join(f"[{c}]({c[0]}.md#{c.lower()}) {book.titles[c][lang]}" for c in known)
    cases = [book.filled(text) for text in _cases(rule)]
    if cases:
        yield "cases", ("；" if lang == "zh" else "; ").join(dict.fromkeys(cases))
    if rule.decision:
        yield "decision", book.filled(rule.decision)
    yield "fix", book.filled(rule.fix)
    yield "basis", ("；" if lang == "zh" else "; ").join(_cited(b, lang) for b in rule.basis)
    yield "who", RESPONSIBLE[rule.responsible][lang]
    yield (
        "deadline",
        f"{DEADLINES[rule.deadline][lang]}{f'（{rule.deadline}）' if lang == 'zh' else f' ({rule.deadline})'}",
    )
    if said := ordered(rule, lang):
        yield "order", said


def _cases(rule: Rule) -> list[Text]:
    """The words for what a rule tells apart: faults of values, reasons."""
    faults = getattr(rule.params, "faults", None) or {}
    texts = [*(t for t in faults.values() if isinstance(t, Text)), *rule.words.values()]
    return [
        Text(*(part.strip("；;，, ").removeprefix("（").removesuffix("）").strip() for part in (t.zh, t.en)))
        for t in texts
    ]


def _cited(basis: Basis, lang: Lang) -> str:
    """The document in words, with number, article and date."""
    if lang == "en" or not basis.date or basis.number:
        return basis.cite(lang)
    return f"{basis.cite(lang)}（{basis.date}）" if not basis.article else basis.cite(lang)


def _chosen(examples: Iterable[WrittenExample]) -> WrittenExample | None:
    """The first example that shows rows or a sheet; else the first."""
    examples = list(examples)
    readable = [e for e in examples if e.rows or e.sheet is not None or e.tables or e.previous]
    return next(iter(readable or examples), None)


def _shown(example: WrittenExample, dictionary: Dictionary, lang: Lang) -> Iterator[str]:
    tables: dict[str, Iterable[Mapping[str, Any]]] = {}
    if example.rows:
        tables[dictionary.kinds[example.kind].title[lang] if example.kind in dictionary.kinds else ""] = (
            example.rows
        )
    for kind, rows in (example.tables or {}).items():
        tables[dictionary.kinds[kind].title[lang]] = rows
    for kind, rows in (example.previous or {}).items() if isinstance(example.previous, Mapping) else ():
        before = (
            f"上期{dictionary.kinds[kind].title[lang]}"
            if lang == "zh"
            else f"last period's {dictionary.kinds[kind].title[lang]}"
        )
        tables[before] = rows
    if tables:
        for title, rows in tables.items():
            if title and (len(tables) > 1 or title != dictionary.kinds["roster"].title[lang]):
                yield from (f"*{title}*", "")
            yield from _table(list(rows), dictionary, lang)
            if len(tables) > 1:
                yield ""
    elif example.sheet is not None:
        yield "```text"
        yield from (" | ".join(_cell(cell, lang) for cell in row) for row in example.sheet)
        yield "```"
    else:
        yield (
            "（文件或台账，见规则文件中的示例）"
            if lang == "zh"
            else "(a file or a ledger: see the examples in the rule file)"
        )


def _table(rows: list[Mapping[str, Any]], dictionary: Dictionary, lang: Lang) -> Iterator[str]:
    rows = rows[:4]
    fields = list(dict.fromkeys(field for row in rows for field in row))
    titles = [dictionary.fields[f].title[lang] if f in dictionary.fields else f for f in fields]
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(fields)}"
    for row in rows:
        yield f"| {' | '.join(_cell(row[f], lang) if f in row else '' for f in fields)} |"


def _cell(value: Any, lang: Lang) -> str:
    if isinstance(value, Mapping):
        ((kind, inner),) = value.items()
        blank = {
            "uncomputed": Text("（未计算的公式）", "(formula without a result)"),
            "blank": Text("（空）", "(blank)"),
        }
        return blank[kind][lang] if kind in blank else _cell(inner, lang)
    text = "" if value is None else str(value)
    return _line(text).replace("|", "\\|") or ("（空）" if lang == "zh" else "(blank)")


def _line(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")


def write() -> None:
    made = pages()
    for path in FOLDER.rglob("*.md"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


assert set(DEADLINES) == set(DEFAULT_DEADLINES)

if __name__ == "__main__":
    write()
