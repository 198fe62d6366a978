"""What the ``rules`` commands print."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lbt_audit.cli import exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.engine.rule_index import RuleHead, rule_heads
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.safe import pad, width, wrap
from lbt_audit.resources import data_dir

if TYPE_CHECKING:
    from lbt_audit.engine.catalogue import Catalogue
    from lbt_audit.model.dictionary import Dictionary
    from lbt_audit.model.errors import Problem
    from lbt_audit.model.rule import Rule

_COLOURS = {"error": "31", "warning": "33", "notice": "34"}
_RESPONSIBLE = {
    "submitter": Text("填报单位", "the unit that handed the file in"),
    "township": Text("乡镇", "township"),
    "school": Text("学校", "school"),
    "village": Text("村（居）", "village"),
    "county": Text("县级", "county"),
}


def heads(config: Path | None) -> list[RuleHead]:
    """Code, title and severity of every rule, without loading more than needed."""
    folder = data_dir("rules")
    if config is None:
        files = sorted(p for p in folder.glob("*.yaml") if p.name not in ("sources.yaml", "words.yaml"))
        quick = rule_heads(files)
        if quick is not None:
            return quick
    rules = _catalogue(config).rules.values()
    return [RuleHead(r.code, r.title, r.severity.key) for r in rules]


def list_rules(codes: tuple[str, ...], config: Path | None, lang: Lang) -> int:
    listed = [h for h in heads(config) if not codes or h.code.startswith(codes)]
    if not listed:
        raise UsageError(f"没有规则以 {'、'.join(codes)} 开头", f"no rule starts with {', '.join(codes)}")
    left = max(width(h.code) for h in listed) + 2
    severities = max(width(Severity.of(h.severity).colour[lang]) for h in listed) + 2
    columns = max(shutil.get_terminal_size((80, 24)).columns, 40)
    group = ""
    out = []
    for head in listed:
        if group and not head.code.startswith(group):
            out.append("")
        group = head.code[:1]
        colour = _paint(pad(Severity.of(head.severity).colour[lang], severities), _COLOURS[head.severity])
        title = wrap(head.title[lang], columns - left - severities)
        out.append(f"{pad(head.code, left)}{colour}{title[0]}")
        out += [" " * (left + severities) + part for part in title[1:]]
    count = f"共 {len(listed)} 条规则；lbt-audit rules show 代码 查看说明" if lang == "zh" else (
        f"{len(listed)} rules; lbt-audit rules show CODE explains one"
    )  # fmt: skip
    sys.stdout.write("\n".join([*out, "", count]) + "\n")
    return exits.OK


def show_rule(code: str, config: Path | None, lang: Lang) -> int:
    rules = _catalogue(config).rules
    if code not in rules:
        import difflib

        near = difflib.get_close_matches(code, rules, 3, 0.5)
        zh = f"，最接近的有 {'、'.join(near)}" if near else ""
        en = f"; nearest: {', '.join(near)}" if near else ""
        raise UsageError(f"没有规则 {code}{zh}", f"no rule {code}{en}")
    sys.stdout.write("\n".join(_explained(rules[code], _dictionary(config), lang)) + "\n")
    return exits.OK


def _explained(rule: Rule, dictionary: Dictionary, lang: Lang) -> list[str]:
    from lbt_audit.engine.sources import cite

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
        ("责任单位" if zh else "Responsible", [_RESPONSIBLE[rule.responsible][lang]]),
        ("整改时限" if zh else "Deadline", [rule.deadline]),
        ("依据" if zh else "Basis", [cite(b, lang) for b in rule.basis]),
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
        for example in list(rule.examples.get(which) or [])[:3]:
            lines += ["", _paint(title[lang], "31" if which == "found" else "32")]
            for text in _example(example, titles):
                lines += [f"  {part}" for part in wrap(text, columns - 2)]
    return lines


def _example(example: Any, titles: dict[str, str]) -> list[str]:
    """Lines that show an example row, or several, or a raw sheet."""
    if isinstance(example, list):
        return [line for row in example for line in _example(row, titles)]
    if not isinstance(example, dict):
        return [str(example)]
    if "sheet" in example:
        return [" | ".join(str(_cell(cell)) for cell in row) for row in example["sheet"]]
    if "rows" in example:
        return _example(example["rows"], titles)
    if "tables" in example:
        return [
            f"[{kind}] {line}" for kind, rows in example["tables"].items() for line in _example(rows, titles)
        ]
    shown = (f"{titles.get(k, k)}={_cell(v) if _cell(v) != '' else '∅'}" for k, v in example.items())
    return ["  ".join(shown)]


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("number", value.get("error", value))
    return "" if value is None else value


def test_rules(codes: tuple[str, ...], config: Path | None, lang: Lang) -> int:
    from lbt_audit.engine.examples import check_examples
    from lbt_audit.engine.profile import DEFAULT_PROFILE, load_profile

    rules = _catalogue(config).selected(codes)
    params = load_profile(data_dir("rules"), DEFAULT_PROFILE).params
    dictionary = _dictionary(config)
    examples = failed = 0
    for rule in rules:
        examples += sum(len(rule.examples.get(which) or ()) for which in ("found", "silent"))
        for failure in check_examples(rule, params, dictionary):
            failed += 1
            sys.stdout.write(f"{failure}\n")
    summary = Text(
        f"{len(rules)} 条规则，{examples} 个示例，{failed} 个不符",
        f"{len(rules)} rules, {examples} examples, {failed} failed",
    )
    sys.stdout.write(summary[lang] + "\n")
    return exits.FINDINGS if failed else exits.OK


def lint_rules(config: Path | None, lang: Lang) -> int:
    from lbt_audit.engine.lint import Linter
    from lbt_audit.engine.profile import DEFAULT_PROFILE, load_profile

    folder = data_dir("rules")
    params = load_profile(folder, DEFAULT_PROFILE).params
    dictionary = _dictionary(config)
    problems = [
        *_schema_problems(dictionary, config),
        *Linter(folder, dictionary, params).lint(_own_rules(config)),
    ]
    for problem in problems:
        sys.stdout.write(problem.message(lang) + "\n")
    summary = Text(f"规则文件有 {len(problems)} 处问题", f"{len(problems)} problems in the rule files")
    sys.stdout.write((summary[lang] if problems else Text("规则文件没有问题", "no problems")[lang]) + "\n")
    return exits.USAGE if problems else exits.OK


def _dictionary(config: Path | None) -> Dictionary:
    """Fields and kinds of register, the county's own among them."""
    from lbt_audit.schemas.load import load_dictionary

    folder = data_dir("schemas")
    if config is None:
        return load_dictionary(folder)
    from lbt_audit.config import load_county
    from lbt_audit.engine.own_headers import with_own_headers

    county = load_county(config)
    return with_own_headers(load_dictionary(folder, county.schemas), county)


def _schema_problems(dictionary: Dictionary, config: Path | None) -> list[Problem]:
    """What is wrong with the conditions in the schemas; all else is told when they are read."""
    from lbt_audit.config import load_county
    from lbt_audit.engine.requirements import lint_requirements
    from lbt_audit.schemas.load import schema_files

    own = load_county(config).schemas if config is not None else ()
    return lint_requirements(dictionary, [*schema_files(data_dir("schemas")), *own])


def _catalogue(config: Path | None) -> Catalogue:
    from lbt_audit.engine.catalogue import load_catalogue

    return load_catalogue(data_dir("rules"), _own_rules(config))


def _own_rules(config: Path | None) -> Iterable[Path]:
    if config is None:
        return ()
    from lbt_audit.config import load_county

    return load_county(config).rules


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if sys.stdout.isatty() else text
