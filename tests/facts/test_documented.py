"""Every derived fact stands in ``docs/derived-facts.md``, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

from lbt_audit.facts import FACTS
from lbt_audit.links.linked import types
from lbt_audit.resources import data_dir

PAGE = Path(__file__).parents[2] / "docs" / "derived-facts.md"
LINKED = types(data_dir("rules"))
NOUNS = (
    "child",
    "parents",
    "guardian",
    "absence",
    "agreement",
    "trustee",
    "period",
    "file",
    "school",
    "term",
    "record",
    "father",
    "mother",
    *(name.split(".")[0] for name in LINKED),
)


def test_documentation_is_complete() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = set()
    for name in re.findall(r"`([a-z_{}]+\.[a-z_]+)`", text):
        each = [name.replace("{p}", p) for p in ("father", "mother")] if "{p}" in name else [name]
        named |= {n for n in each if n.split(".")[0] in NOUNS and not n.endswith(".py")}
    assert named == {*FACTS, *LINKED}
