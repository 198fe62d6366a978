"""The one place where exceptions become a message and an exit code."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from lbt_audit.cli import exits, streams
from lbt_audit.model.text import Lang, Text
from lbt_audit.model.trouble import os_trouble

_NOT_ONE_OF = re.compile(r"^(?:Value error, )?'[^']*' is not one of ")
_NUMBERS = (
    (re.compile("Input should be greater than or equal to (.+)"), r"不能小于 \1"),
    (re.compile("Input should be a valid integer.*"), "应为整数"),
)

log = logging.getLogger("lbt_audit")


class UsageError(Exception):
    """Something asked for that cannot be done as asked; exit code 2."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


def guarded(call: Callable[[], Any], lang: Lang) -> int:
    """Run ``call`` and give the exit code; nothing ends in a traceback."""
    try:
        code = call()
        sys.stdout.flush()
        if code == exits.INTERRUPTED:  # typer swallows Ctrl-C and gives its exit code
            return _interrupted(lang)
        return code if isinstance(code, int) else exits.OK
    except KeyboardInterrupt:
        return _interrupted(lang)
    except BrokenPipeError:
        return exits.OK
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else exits.OK
    except UsageError as problem:
        complain(problem.text[lang], lang)
        return exits.USAGE
    except Exception as error:
        return _explain(error, lang)
    finally:
        streams.settle()


def _interrupted(lang: Lang) -> int:
    complain(Text("已中断", "interrupted")[lang], lang, label=False)
    return exits.INTERRUPTED


def _explain(error: Exception, lang: Lang) -> int:
    if type(error).__name__ == "Abort":  # typer's word for Ctrl-C
        return _interrupted(lang)
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # typer's own, vendored or not
        return _usage(error, lang)
    message = getattr(error, "message", None)
    if callable(message):  # ConfigError and its like
        complain(message(lang), lang)
        return exits.USAGE
    if isinstance(error, FileNotFoundError | NotADirectoryError) and error.filename is not None:
        complain(
            Text(f"没有这个文件或文件夹：{error.filename}", f"no such file or folder: {error.filename}")[
                lang
            ],
            lang,
        )
        return exits.USAGE
    text = getattr(error, "text", None)
    if isinstance(text, Text):  # OutputError, LedgerError
        complain(text[lang], lang)
        return exits.USAGE if getattr(error, "usage", False) else exits.INCOMPLETE
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        complain(
            Text(f"系统错误：{os_trouble(error).zh}{where}", f"system error: {os_trouble(error).en}{where}")[
                lang
            ],
            lang,
        )
        return exits.INCOMPLETE
    # Type and place only: the text of an unforeseen error may hold a child's data.
    place = _place(error)
    complain(
        Text(
            f"内部错误（{type(error).__name__}，{place}），核查未完成。加 -v 可显示详细信息，请报告此问题。",
            f"internal error ({type(error).__name__}, {place}); the audit is incomplete. "
            "Run with -v for details, and please report it.",
        )[lang],
        lang,
    )
    for line in _frames(error):
        log.debug("%s", line)
    return exits.INCOMPLETE


def _usage(error: Any, lang: Lang) -> int:
    """What typer complains about, in the user's language, with the way to the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(error.format_message().rstrip() + "\n")
        return exits.USAGE
    message = error.format_message().replace("Value error, ", "")
    if lang == "zh":
        message = _chinese(error) or message
    complain(message, lang)
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        hint = Text(f"用法见 {ctx.command_path} --help", f"See {ctx.command_path} --help")
        sys.stderr.write(hint[lang] + "\n")
    return int(error.exit_code)


def _chinese(error: Any) -> str | None:
    kind = type(error).__name__
    hint = getattr(error, "param_hint", None) or _hint(getattr(error, "param", None))
    if kind == "NoSuchOption":
        near = f"（是否为 {'、'.join(sorted(error.possibilities))}？）" if error.possibilities else ""
        return f"没有这个选项：{error.option_name}{near}"
    if kind == "MissingParameter":
        return f"缺少参数 {hint}"
    if kind == "BadParameter":
        message = _NOT_ONE_OF.sub("只能是 ", error.message).rstrip(".")
        for english, chinese in _NUMBERS:
            message = english.sub(chinese, message)
        return f"{hint} 的值无效：{message}"
    if kind == "BadOptionUsage":
        return f"选项 {error.option_name} 缺少值或用法不对"
    if error.message.startswith("No such command"):
        name, _, near = error.message.removeprefix("No such command").partition(". Did you mean")
        hint = f"（是否为 {near.strip(' ?')}？）" if near else ""
        return f"没有这个命令：{name.strip(' .')}{hint}"
    if error.message.startswith("Missing command"):
        return "缺少命令"
    return None


def _hint(parameter: Any) -> str:
    """How the parameter calls itself; older click wants a context to say so."""
    try:
        return str(parameter.get_error_hint()) if parameter is not None else ""
    except TypeError:
        return str(parameter.name)


def _frames(error: Exception) -> Iterator[str]:
    """Where it happened, outermost first; no values and no message."""
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename.replace(chr(92), '/').rpartition('/')[2]}:{frame.lineno} {frame.name}"


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    code = trace.tb_frame.f_code
    return f"{code.co_filename.replace(chr(92), '/').rpartition('/')[2]}:{trace.tb_lineno}"


def complain(message: str, lang: Lang, *, label: bool = True) -> None:
    """One message on stderr, free of terminal tricks."""
    from lbt_audit.reports.safe import terminal

    start = Text("错误：", "error: ")[lang] if label else ""
    with contextlib.suppress(OSError):  # the exit code tells it too
        for number, line in enumerate(message.splitlines() or [""]):
            sys.stderr.write(f"{start if number == 0 else '  '}{terminal(line)}\n")
