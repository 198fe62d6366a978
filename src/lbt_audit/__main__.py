"""``python -m lbt_audit`` and the ``lbt-audit`` command."""

import os
import sys

INTERRUPTED = 130  # as in ``cli.exits``, which an early Ctrl-C may keep from being imported


def main() -> None:
    """Run the command line and leave with its exit code. Ctrl-C is quiet from the first line to the last."""
    # Where no thread can be started, OpenBLAS would end as if by Ctrl-C; there is nothing here for several.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from lbt_audit.cli.main import run

        code = run(sys.argv[1:])
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and told; only winding up is left
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        os._exit(
            code
        )  # threads may still be at work; winding the interpreter up around them can end in a crash
    sys.exit(code)


if __name__ == "__main__":
    main()
