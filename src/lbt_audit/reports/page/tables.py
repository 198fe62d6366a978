"""Script and style of the page's tables: DataTables, as the package itables brings it along.

The files are read where the package is installed and go into every page, so that a page needs nothing else.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lbt_audit.model.regex import regex

_EXPORT = regex(r"export\s*\{([^{}]*)\};?")


@cache
def script() -> str:
    """DataTables as a script that stands in a page itself and sets ``globalThis.DataTable``.

    Raises ModuleNotFoundError where itables is missing, ValueError where its bundle exports no table.
    """
    text = _bundle("dt_bundle.js")
    *_, export = _EXPORT.finditer(text)
    default = re.search(r"([\w$]+) as default\b", export[1])
    if default is None:
        raise ValueError("itables/html/dt_bundle.js exports no default")
    text = f"{text[: export.start()]}globalThis.DataTable={default[1]};{text[export.end() :]}"
    # Neither ends the element it stands in, nor opens a comment there.
    return text.replace("<!--", "\\x3c!--").replace("</script", "<\\/script")


@cache
def style() -> str:
    return _bundle("dt_bundle.css")


def _bundle(name: str) -> str:
    """A file of itables, found without importing it, which takes longer than writing the page."""
    spec = find_spec("itables")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("itables")
    return Path(spec.origin).with_name("html").joinpath(name).read_text(encoding="utf-8")
