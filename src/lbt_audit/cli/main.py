"""Entry of the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from lbt_audit.cli import exits, language, streams
from lbt_audit.cli.errors import guarded


def run(arguments: Sequence[str]) -> int:
    """Run ``lbt-audit`` with ``arguments``; gives the exit code."""
    streams.prepare()
    lang = language.choose(arguments)
    language.speak(lang)

    def call() -> object:
        if list(arguments) == ["--version"]:
            from lbt_audit import __version__

            sys.stdout.write(f"lbt-audit {__version__}\n")
            return exits.OK
        codes = _plain_list(arguments)
        if codes is not None:
            from lbt_audit.cli.ruling import list_rules

            return list_rules(codes, None, lang)
        from lbt_audit.cli.app import build

        return build(lang).main(args=list(arguments), prog_name="lbt-audit", standalone_mode=False)

    return guarded(call, lang)


def _plain_list(arguments: Sequence[str]) -> tuple[str, ...] | None:
    """Codes of a plain ``rules list``; None for everything else.

    Parsing with typer takes longer than listing the rules (it loads pydantic for the values).
    """
    rest = list(arguments)
    if rest[:2] != ["rules", "list"] or any(a.startswith("-") and not a.startswith("--lang=") for a in rest):
        return None
    if any(a.startswith("--lang=") and a not in ("--lang=zh", "--lang=en") for a in rest):
        return None
    from lbt_audit.cli.codes import split_codes

    return split_codes([a for a in rest[2:] if not a.startswith("-")])
