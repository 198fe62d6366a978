"""The real command line, as a user runs it, in a process of its own.

`run` forks it from a process that has loaded the packages already, as the second this takes is not what most tests are
about: everything else (arguments, environment, folder, streams, exit code, the reading processes) is as after
``python -m lbt_audit``. Tests about starting, signals and streams start Python anew.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from typing import Any

_LIMIT = 600  # s; whoever waits longer hangs, however busy the machine


def run(
    *arguments: object, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """``lbt-audit`` with ``arguments``, its streams caught; nothing stands on its standard input."""
    command = [*map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})}
    if "PYTHONPATH" in environment or not hasattr(
        os, "fork"
    ):  # another package than the one loaded, or Windows
        started = [sys.executable, "-m", "lbt_audit", *command]
        return subprocess.run(
            started,
            cwd=cwd,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=_LIMIT,
        )
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        request = {"arguments": command, "cwd": str(cwd or Path.cwd()), "out": str(out), "err": str(err)}
        code = _ask({**request, "env": environment})
        said = [path.read_bytes().decode("utf-8", "replace") for path in (out, err)]
        return subprocess.CompletedProcess(command, code, *said)


@cache
def _server() -> subprocess.Popen[str]:
    """One for each process that runs tests; it ends when its input does."""
    command = [sys.executable, __file__]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ask(request: dict[str, Any]) -> int:
    server = _server()
    assert server.stdin and server.stdout
    server.stdin.write(json.dumps(request) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def _serve() -> None:
    _load_everything()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _be_the_command(json.loads(line))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _load_everything() -> None:
    """All of the package, what it loads only when needed, and its rules and tables; nothing runs, so that no thread has
    started."""
    import pandas  # noqa: F401
    import pandera.pandas  # noqa: F401

    import lbt_audit

    for module in walk_packages(lbt_audit.__path__, "lbt_audit."):
        if ".build" not in module.name and not module.name.endswith("__main__"):
            with suppress(ModuleNotFoundError):  # the lowest versions are tried without the extras
                import_module(module.name)
    from lbt_audit.engine.rules.load import load_all
    from lbt_audit.values.area import gazetteer

    load_all()
    gazetteer()
    gc.freeze()  # a child that looks for garbage need not copy all of this


def _be_the_command(request: dict[str, Any]) -> None:
    import signal

    from lbt_audit.__main__ import main

    signal.alarm(_LIMIT)
    for number, path in ((0, os.devnull), (1, request["out"]), (2, request["err"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), number)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the rest of the process
        for number, mode in enumerate("rww")
    )
    sys.argv = ["lbt-audit", *request["arguments"]]
    code: object = 1
    try:
        main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    _serve()
