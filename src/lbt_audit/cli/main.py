"""Entry of the command line."""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.cli import language, streams
from lbt_audit.cli.errors import handled


def run(arguments: Sequence[str]) -> int:
    """Run ``lbt-audit`` with ``arguments``; gives the exit code."""
    streams.prepare()
    lang = language.choose(arguments)
    language.speak(lang)

    def call() -> object:
        from lbt_audit.cli.app import build

        return build(lang).main(args=list(arguments), prog_name="lbt-audit", standalone_mode=False)

    return handled(call, lang)
