"""Help in both languages, set for wide characters. Written here because rich takes 0.2 s to import."""

from __future__ import annotations

import shutil
import sys
from typing import Any

from typer.core import TyperCommand, TyperGroup

from lbt_audit.cli.language import pick
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.safe import pad, width, wrap

_USAGE = Text("用法", "Usage")
_ARGUMENTS = Text("参数", "Arguments")
_OPTIONS = Text("选项", "Options")
_COMMANDS = Text("命令", "Commands")
_PLACEHOLDERS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
_STANDARD = {
    "--help": Text("显示本帮助", "Show this message and exit"),
    "--install-completion": Text("为当前 shell 安装命令补全", "Install completion for the current shell"),
    "--show-completion": Text("显示当前 shell 的补全脚本", "Show completion for the current shell"),
}
_GAP, _LEFT = 2, 30


class Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(help_text(self, ctx))


class Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(help_text(self, ctx))


def localise(command: Any, lang: Lang) -> None:
    """Choose the language of every help text of ``command`` and the commands below it."""
    command.lang = lang
    for name in ("help", "short_help", "epilog"):
        text = getattr(command, name, None)
        if text:
            setattr(command, name, pick(text, lang))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = pick(parameter.help, lang)
        if getattr(parameter, "metavar", None):
            parameter.metavar = pick(parameter.metavar, lang)
    for child in getattr(command, "commands", {}).values():
        localise(child, lang)


def help_text(command: Any, ctx: Any) -> str:
    """The whole help page of a command."""
    lang: Lang = getattr(command, "lang", "zh")
    columns = min(shutil.get_terminal_size((80, 24)).columns, 110)
    usage = " ".join(command.collect_usage_pieces(ctx))
    if lang == "zh":
        for english, chinese in _PLACEHOLDERS.items():
            usage = usage.replace(english, chinese)
    lines = [f"{_heading(_USAGE[lang])}: {ctx.command_path} {usage}", ""]
    for paragraph in (command.help or "").strip().split("\n"):
        lines += wrap(paragraph.strip(), columns) if paragraph.strip() else [""]
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for parameter in command.get_params(ctx):
        if getattr(parameter, "hidden", False):
            continue
        is_option = parameter.param_type_name == "option"
        (options if is_option else arguments).append(_entry(parameter, is_option, lang))
    commands = [
        (name, (child.help or "").strip().split("\n")[0])
        for name, child in getattr(command, "commands", {}).items()
        if not child.hidden
    ]
    for title, entries in ((_ARGUMENTS, arguments), (_OPTIONS, options), (_COMMANDS, commands)):
        if entries:
            lines += ["", f"{_heading(title[lang])}:", *_listed(entries, columns)]
    if command.epilog:
        lines += ["", *wrap(command.epilog, columns)]
    return "\n".join(lines) + "\n"


def _entry(parameter: Any, is_option: bool, lang: Lang) -> tuple[str, str]:
    standard = [_STANDARD[o][lang] for o in parameter.opts if o in _STANDARD]
    text = standard[0] if standard else getattr(parameter, "help", None) or ""
    if not is_option:
        return parameter.metavar or parameter.name.upper(), text
    names = ", ".join([*sorted(parameter.opts, key=len), *parameter.secondary_opts])
    if parameter.metavar and not getattr(parameter, "is_flag", False):
        names += f" {parameter.metavar}"
    return names, text


def _listed(entries: list[tuple[str, str]], columns: int) -> list[str]:
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


def _heading(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else text
