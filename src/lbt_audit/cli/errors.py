"""The one place where exceptions become a message and an exit code."""

from __future__ import annotations

import contextlib
import errno
import logging
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import PurePath

from lbt_audit.cli import exits, streams
from lbt_audit.model.errors import AuditError
from lbt_audit.model.text import Lang, Text
from lbt_audit.model.trouble import os_trouble

log = logging.getLogger("lbt_audit")


class UsageError(AuditError):
    """Something asked for that cannot be done as asked."""

    exit_code = exits.USAGE

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(Text(zh, en))


def handled(call: Callable[[], object], lang: Lang) -> int:
    """Run ``call`` and give the exit code; nothing ends in a traceback."""
    try:
        code = call()
        sys.stdout.flush()
        if code == exits.INTERRUPTED:  # typer swallows Ctrl-C and gives its exit code
            raise KeyboardInterrupt
        return code if isinstance(code, int) else exits.OK
    except KeyboardInterrupt:
        complain(Text("已中断", "interrupted")[lang], lang, label=False)
        return exits.INTERRUPTED
    except BrokenPipeError:
        return exits.OK
    except (AuditError, OSError) as error:
        return told(error, lang)
    except Exception as error:
        from typer import TyperException

        if isinstance(error, TyperException):
            return _usage(error, lang)
        if isinstance(error, RuntimeError) and "start new thread" in str(error):  # all Python says of it
            complain(_of_system(OSError(errno.EAGAIN, ""))[0][lang], lang)
            return exits.INCOMPLETE
        complain(_internal(error)[lang], lang)
        return exits.INCOMPLETE
    finally:
        streams.settle()


def told(error: AuditError | OSError, lang: Lang) -> int:
    """Say what went wrong; gives the exit code."""
    text, code = (error.text, error.exit_code) if isinstance(error, AuditError) else _of_system(error)
    complain(text[lang], lang)
    return code


def complain(message: str, lang: Lang, *, label: bool = True) -> None:
    """One message on stderr, free of terminal tricks."""
    from lbt_audit.reports.text.safe import terminal

    start = Text("错误：", "error: ")[lang] if label else ""
    with contextlib.suppress(OSError):  # the exit code tells it too
        for number, line in enumerate(message.splitlines() or [""]):
            sys.stderr.write(f"{start if number == 0 else '  '}{terminal(line)}\n")


def _of_system(error: OSError) -> tuple[Text, int]:
    if isinstance(error, FileNotFoundError | NotADirectoryError) and error.filename is not None:
        name = error.filename
        return Text(f"没有这个文件或文件夹：{name}", f"no such file or folder: {name}"), exits.USAGE
    why, where = os_trouble(error), f" {error.filename}" if error.filename else ""
    return Text(f"系统错误：{why.zh}{where}", f"system error: {why.en}{where}"), exits.INCOMPLETE


def _internal(error: Exception) -> Text:
    """Type and place only: the text of an unforeseen error may hold a child's data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames]
    for place, frame in zip(places, frames, strict=True):
        log.debug("%s %s", place, frame.name)
    where = f"{type(error).__name__}，{places[-1]}", f"{type(error).__name__}, {places[-1]}"
    return Text(
        f"内部错误（{where[0]}），核查未完成。加 -v 可显示详细信息，请报告此问题。",
        f"internal error ({where[1]}); the audit is incomplete. Run with -v for details, and please report it.",
    )


# What typer complains of, in Chinese; one pattern after another is put in its place
_CHINESE = (
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"没有这个选项：\1（是否为 \2？）"),
    (r"No such option: (\S+)", r"没有这个选项：\1"),
    (r"Missing (?:argument|option) ('.*?')\.(?s:.*)", r"缺少参数 \1"),
    (r"Missing command\.", "缺少命令"),
    (r"No such command ('.*?')\. Did you mean (.+)\?", r"没有这个命令：\1（是否为 \2？）"),
    (r"No such command ('.*?')\.", r"没有这个命令：\1"),
    (r"Option '(.+?)' .+", r"选项 \1 缺少值或用法不对"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多余的参数：\1"),
    (r"Invalid value for ('.*?'): (?s:(.*))", r"\1 的值无效：\2"),
    (r"(.*：)'[^']*' is not one of (.+?)\.?", r"\1只能是 \2"),
    (r"(.*：)Input should be greater than or equal to (.+)", r"\1不能小于 \2"),
    (r"(.*：)Input should be a valid integer.*", r"\1应为整数"),
)


def _usage(error: Exception, lang: Lang) -> int:
    """What typer complains of, with the way to the help; without a command, the help itself."""
    message = str(error.format_message()).replace("Value error, ", "")  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(message.rstrip() + "\n")
        return exits.USAGE
    if lang == "zh":
        for english, chinese in _CHINESE:
            if found := re.fullmatch(english, message):
                message = found.expand(chinese)
    complain(message, lang)
    if context is not None:
        hint = Text(f"用法见 {context.command_path} --help", f"See {context.command_path} --help")
        sys.stderr.write(hint[lang] + "\n")
    return exits.USAGE
