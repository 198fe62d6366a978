"""Help pages in both languages. typer's own neither align nor break Chinese, and rich, which cuts it short, takes
0.2 s to import."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Any

from lbt_audit.cli.language import pick
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.text.layout import pad, width, wrap

_USAGE = Text("用法", "Usage")
_HEADINGS = {
    "argument": Text("参数", "Arguments"),
    "option": Text("选项", "Options"),
    "command": Text("命令", "Commands"),
}
_TYPERS = {  # what typer says by itself
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示本帮助",
    "Install completion for the current shell.": "为当前 shell 安装命令补全",
    "Show completion for the current shell, to copy it or customize the installation.": "显示当前 shell 的补全脚本",
}
_GAP, _LEFT = 2, 30


def localise(command: Any, lang: Lang, option: Any) -> None:
    """Choose the language of the help of ``command`` and of the commands below it, all of which take ``option``."""
    if option not in command.params:
        command.params.append(option)
    for of in (command, *command.params):
        for name in ("help", "metavar"):
            if text := getattr(of, name, None):
                setattr(of, name, pick(text, lang))
    command.format_help = lambda ctx, formatter: formatter.write(_page(command, ctx, lang))
    for child in getattr(command, "commands", {}).values():
        localise(child, lang, option)


def _page(command: Any, ctx: Any, lang: Lang) -> str:
    columns = min(shutil.get_terminal_size((80, 24)).columns, 110)
    usage = [_typers(piece, lang) for piece in command.collect_usage_pieces(ctx)]
    lines = [" ".join([f"{_bold(_USAGE[lang])}: {ctx.command_path}", *usage]), ""]
    for paragraph in (command.help or "").strip().split("\n"):
        lines += wrap(paragraph.strip(), columns)
    entries: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _HEADINGS}
    for parameter in command.get_params(ctx):
        text = _typers(parameter.help or "", lang)
        entries[parameter.param_type_name].append((_name(parameter), text))
    for name, child in getattr(command, "commands", {}).items():
        entries["command"].append((name, (child.help or "").strip().split("\n")[0]))
    for kind, listed in entries.items():
        if listed:
            lines += ["", f"{_bold(_HEADINGS[kind][lang])}:", *_listed(listed, columns)]
    return "\n".join(lines) + "\n"


def _typers(text: str, lang: Lang) -> str:
    return _TYPERS.get(text, text) if lang == "zh" else text


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    names = ", ".join([*sorted(parameter.opts, key=len), *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {parameter.metavar}"


def _listed(entries: Sequence[tuple[str, str]], columns: int) -> list[str]:
    left = min(max(width(name) for name, _ in entries), _LEFT) + 2 * _GAP
    lines = []
    for name, text in entries:
        parts = wrap(text, max(columns - left, 20))
        first = " " * _GAP + name
        if width(first) + _GAP > left:
            lines.append(first)
            first = ""
        lines.append((pad(first, left) + parts[0]).rstrip())
        lines += [" " * left + part for part in parts[1:]]
    return lines


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else text
