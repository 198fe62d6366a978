"""Lists of words about harm, children alone and trustees, tried on what people write (``harm.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from lbt_audit.config.words import words
from lbt_audit.frames.clauses import said_of

OF = {"living_alone": "child", "barred": "carer"}
"""Lists that are asked of a person; of the others whole texts are searched."""


def cases() -> Iterator[tuple[str, str, bool]]:
    written = yaml.safe_load((Path(__file__).parent / "harm.yaml").read_text(encoding="utf-8"))
    for name, texts in written.items():
        yield from ((name, text, True) for text in texts["says"])
        yield from ((name, text, False) for text in texts["silent"])


@pytest.mark.parametrize(("name", "text", "expected"), list(cases()))
def test_phrases(name: str, text: str, expected: bool) -> None:
    texts = pa.array([text])
    found = said_of(texts, OF[name], words(name)) if name in OF else words(name).found(texts)
    assert found.tolist() == [expected]


def test_of_whom() -> None:
    texts = pa.array(["父亲酗酒", "监护人酗酒", "酗酒", "孩子酗酒"])
    assert said_of(texts, "carer", words("barred")).tolist() == [False, True, True, False]
