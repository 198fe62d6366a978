"""``python -m lbt_audit`` and the ``lbt-audit`` command."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from lbt_audit.cli.exits import INTERRUPTED
    from lbt_audit.cli.main import run

    code = run(sys.argv[1:])
    if code == INTERRUPTED:
        # Threads may still be at work; winding the interpreter up around them can end in a crash.
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
