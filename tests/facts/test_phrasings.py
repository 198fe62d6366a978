"""What people write, read through whole records: ``phrasings.yaml`` says what follows from each text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.checks.registers import book, table
from tests.facts.test_parents import NAMES, PARAMS

PHRASINGS: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "phrasings.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
WORDS = {
    "dead": "dead",
    "missing": "missing",
    "in_custody": "custody",
    "ill": "ill",
    "away": "away",
    "at_home": "home",
    "separated": "separated",
}


def read(field: str, texts: list[str], **others: str) -> list[str]:
    """What the facts say of one record per text, in the words of the file."""
    rows: list[dict[str, Any]] = [{**NAMES, **others, field: text} for text in texts]
    frame = book(table(rows), **PARAMS).frames["roster"]
    found: list[list[str]] = [[] for _ in texts]
    for parent in ("father", "mother"):
        for fact, word in WORDS.items():
            for i in frame.facet(f"{parent}.{fact}").as_logic().true.nonzero()[0]:
                found[i].append(f"{parent} {word}")
    for i in frame.facet("parents.returned").as_logic().true.nonzero()[0]:
        found[i].append("returned")
    return [", ".join(sorted(f)) or "nothing" for f in found]


def expected(text: str) -> str:
    return ", ".join(sorted(text.split(", ")))


def test_there_are_many() -> None:
    assert sum(len(texts) for texts in PHRASINGS.values()) >= 120


@pytest.mark.parametrize("field", PHRASINGS)
def test_what_follows(field: str) -> None:
    texts = list(PHRASINGS[field])
    got = dict(zip(texts, read(field, texts), strict=True))
    assert {t: g for t, g in got.items() if g != expected(PHRASINGS[field][t])} == {}
