"""What the ``rules`` commands print."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lbt_audit.cli import exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.text.layout import pad, width, wrap
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.heads import RuleHead, rule_files, rule_heads

if TYPE_CHECKING:
    from lbt_audit.config.county import County
    from lbt_audit.model.dictionary import Dictionary
    from lbt_audit.model.rule import Rule
    from lbt_audit.rulebook.catalogue import Catalogue
    from lbt_audit.rulebook.example import WrittenExample

_COLOURS = {"error": "31", "warning": "33", "notice": "34"}
RESPONSIBLE = {
    "submitter": Text("填报单位", "the unit that handed the file in"),
    "local": Text("村（居）或学校", "the village, or the school for its own lists"),
    "township": Text("乡镇", "township"),
    "school": Text("学校", "school"),
    "village": Text("村（居）", "village"),
    "county": Text("县级", "county"),
}


SAFETY = Text("事关儿童安全，排在最前（蓝色提示除外）", "a child's safety: told first, unless blue")
SAFETY_OF_SOME = Text(
    "其中一部分事关儿童安全（见口径），排在最前（蓝色提示除外）",
    "for some of the children (see Decision) their safety: told first, unless blue",
)


def ordered(rule: Rule, lang: Lang) -> str | None:
    """What is said of the order of a rule's issues."""
    return (SAFETY if rule.safety is True else SAFETY_OF_SOME)[lang] if rule.safety else None


def heads(config: Path | None) -> list[RuleHead]:
    """Code, title and severity of every rule, without loading more than needed."""
    county = _county(config)
    quick = rule_heads(rule_files(data_dir("rules"), county.rules if county else ()))
    if quick is not None:
        return quick
    return [RuleHead(r.code, r.title, r.severity) for r in _load(config)[0].rules.values()]


def list_rules(codes: tuple[str, ...], config: Path | None, lang: Lang) -> int:
    listed = [h for h in heads(config) if not codes or h.code.startswith(codes)]
    if not listed:
        raise UsageError(f"没有规则以 {'、'.join(codes)} 开头", f"no rule starts with {', '.join(codes)}")
    left = max(width(h.code) for h in listed) + 2
    severities = max(width(h.severity.colour[lang]) for h in listed) + 2
    columns = max(shutil.get_terminal_size((80, 24)).columns, 40)
    group = ""
    out = []
    for head in listed:
        if group and not head.code.startswith(group):
            out.append("")
        group = head.code[:1]
        colour = _paint(pad(head.severity.colour[lang], severities), _COLOURS[head.severity.key])
        title = wrap(head.title[lang], columns - left - severities)
        out.append(f"{pad(head.code, left)}{colour}{title[0]}")
        out += [" " * (left + severities) + part for part in title[1:]]
    count = f"共 {len(listed)} 条规则；lbt-audit rules show 代码 查看说明" if lang == "zh" else (
        f"{len(listed)} rules; lbt-audit rules show CODE explains one"
    )  # fmt: skip
    sys.stdout.write("\n".join([*out, "", count]) + "\n")
    return exits.OK


def show_rule(code: str, config: Path | None, lang: Lang) -> int:
    catalogue, dictionary = _load(config)
    rules = catalogue.rules
    if code not in rules:
        import difflib

        near = difflib.get_close_matches(code, rules, 3, 0.5)
        zh = f"，最接近的有 {'、'.join(near)}" if near else ""
        en = f"; nearest: {', '.join(near)}" if near else ""
        raise UsageError(f"没有规则 {code}{zh}", f"no rule {code}{en}")
    sys.stdout.write("\n".join(_explained(rules[code], rules, dictionary, lang)) + "\n")
    return exits.OK


def _named(codes: Sequence[str], rules: Mapping[str, Rule], lang: Lang) -> str:
    """What an issue of the rule is told beneath, where both are about one fact of one child."""
    comma = "、" if lang == "zh" else ", "
    return comma.join(f"{code} {rules[code].title[lang]}" for code in codes if code in rules)


def _explained(rule: Rule, rules: Mapping[str, Rule], dictionary: Dictionary, lang: Lang) -> list[str]:
    zh = lang == "zh"
    kinds = dictionary.kinds
    columns = min(max(shutil.get_terminal_size((80, 24)).columns, 40), 110)
    severity = (
        f"{rule.severity.colour[lang]}（{rule.severity.label[lang]}）" if zh else rule.severity.colour[lang]
    )
    entries = [
        ("等级" if zh else "Severity", [severity]),
        ("适用表" if zh else "Tables", [("、" if zh else ", ").join(kinds[t].title[lang] for t in rule.tables if t in kinds)]),
        ("问题描述" if zh else "Message", [rule.message[lang]]),
        ("整改要求" if zh else "Fix", [rule.fix[lang]]),
        ("责任单位" if zh else "Responsible", [RESPONSIBLE[rule.responsible][lang]]),
        ("整改时限" if zh else "Deadline", [rule.deadline]),
        ("次序" if zh else "Order", [said] if (said := ordered(rule, lang)) else []),
        ("依据" if zh else "Basis", [b.cite(lang) for b in rule.basis]),
        ("归入" if zh else "Told beneath", [_named(rule.follows, rules, lang)] if rule.follows else []),
        ("口径" if zh else "Decision", [rule.decision[lang]] if rule.decision else []),
        ("所在文件" if zh else "Written in", [rule.source]),
    ]  # fmt: skip
    left = max(width(name) for name, _ in entries) + 2
    lines = [_paint(f"{rule.code}  {rule.title[lang]}", "1"), ""]
    for name, texts in entries:
        parts = [part for text in texts for part in wrap(" ".join(text.split()), columns - left)]
        for number, part in enumerate(parts):
            lines.append((pad(name, left) if number == 0 else " " * left) + part)
    titles = {key: field.title[lang] for key, field in dictionary.fields.items()}
    for which, title in (
        ("found", Text("会报的例子", "Reported")),
        ("silent", Text("不报的例子", "Not reported")),
    ):
        for example in rule.examples[which][:3]:
            lines += ["", _paint(title[lang], "31" if which == "found" else "32")]
            for text in _example(example, titles):
                lines += [f"  {part}" for part in wrap(text, columns - 2)]
    return lines


def _example(example: WrittenExample, titles: dict[str, str]) -> list[str]:
    """Lines that show the rows of an example, a raw sheet, a file or entries of a ledger."""
    if example.sheet is not None:
        return [" | ".join(str(_cell(cell)) for cell in row) for row in example.sheet]
    if example.ledger is not None:
        return [
            "  ".join(f"{k}={v}" for k, v in e.model_dump(exclude_unset=True).items()) for e in example.ledger
        ]
    lines = [_row(row, titles) for row in example.rows or ()]
    for kind, rows in (example.tables or {}).items():
        lines += [f"[{kind}] {_row(row, titles)}" for row in rows]
    return lines or [str(example.file)]


def _row(row: Mapping[str, Any], titles: dict[str, str]) -> str:
    return "  ".join(f"{titles.get(k, k)}={_cell(v) if _cell(v) != '' else '∅'}" for k, v in row.items())


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("number", value.get("error", value))
    return "" if value is None else value


def test_rules(codes: tuple[str, ...], config: Path | None, lang: Lang) -> int:
    from lbt_audit.engine.examples import check_examples

    catalogue, dictionary = _load(config)
    rules = catalogue.selected(codes)
    examples = failed = 0
    for rule in rules:
        examples += sum(len(shown) for shown in rule.examples.values())
        for failure in check_examples(catalogue, rule.code, dictionary):
            failed += 1
            sys.stdout.write(f"{failure}\n")
    summary = Text(
        f"{len(rules)} 条规则，{examples} 个示例，{failed} 个不符",
        f"{len(rules)} rules, {examples} examples, {failed} failed",
    )
    sys.stdout.write(summary[lang] + "\n")
    return exits.FINDINGS if failed else exits.OK


def lint_rules(config: Path | None, lang: Lang) -> int:
    from lbt_audit.engine.rules import load

    county = _county(config)
    try:
        problems = load.lint_rules(county)
    except ConfigError as error:
        problems = list(error.problems)
    for problem in problems:
        sys.stdout.write(problem.message(lang) + "\n")
    summary = Text(f"规则文件有 {len(problems)} 处问题", f"{len(problems)} problems in the rule files")
    sys.stdout.write((summary[lang] if problems else Text("规则文件没有问题", "no problems")[lang]) + "\n")
    return exits.USAGE if problems else exits.OK


def _load(config: Path | None) -> tuple[Catalogue, Dictionary]:
    """Every rule as written, under the parameters examples are made for: the default profile's."""
    from lbt_audit.engine.rules import load

    return load.load_all(_county(config))


def _county(config: Path | None) -> County | None:
    if config is None:
        return None
    from lbt_audit.config.load import load_county

    return load_county(config)


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if sys.stdout.isatty() else text
