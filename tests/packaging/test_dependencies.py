"""What the package imports is what it asks for: a fresh installation has nothing else."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "src" / "lbt_audit"
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
EXTRAS = {"desk": "desk", "partitions": "cluster"}
"""Rooms of the package that use an extra, and which."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[; ]", name)[0]).lower()


# With what these ask for in turn, such as pydantic's typing_extensions.
RUN = set(re.findall(r"^([\w.-]+)==", (TOP / "requirements" / "run.txt").read_text("utf-8"), re.MULTILINE))


def asked_for(module: Path) -> set[str]:
    lists = PROJECT["project"]["optional-dependencies"]
    extra = EXTRAS.get(module.relative_to(PACKAGE).parts[0])
    more = [
        part for p in (lists[extra] if extra else []) for part in re.split(r"[\[\],]", p) if part
    ]  # dask[distributed]
    return {plain(p) for p in [*RUN, *more]}


def imported(module: Path) -> set[str]:
    """Packages of others."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names} - {"lbt_audit"} - sys.stdlib_module_names


def test_what_is_imported_is_asked_for() -> None:
    left_out = [TOP / path for path in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]]
    distributions = packages_distributions()
    seen: set[str] = set()
    for module in PACKAGE.rglob("*.py"):
        if any(module.is_relative_to(path) for path in left_out) or module.name.startswith("build_"):
            continue
        names = imported(module)
        seen |= names
        for name in names:
            owners = {plain(owner) for owner in distributions.get(name, [name])}
            assert owners & asked_for(module), f"{module.relative_to(TOP)} imports {name}"
    assert {"pandas", "openpyxl", "yaml"} <= seen
