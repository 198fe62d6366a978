"""Every link and every split of the sample county is explained in words, by the engine behind ``explain-match``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lbt_audit.config.load import load_county
from lbt_audit.engine.links.explain import Explained, Record, explain_pair, explain_record
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.frames.book import Book
from lbt_audit.links.links import Links
from lbt_audit.matching.decision.verdict import Verdict
from lbt_audit.model.text import Lang

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
LANGS: tuple[Lang, ...] = ("zh", "en")
SAID = {"zh": "相符：", "en": "for: "}
ALIKE = (
    "双胞胎",
    "同班同名",
    "两校同班号同名",
    "孪生兄弟名字同音",
    "堂兄弟同住、名字同音",
    "孪生姐妹、一人送教上门",
)
"""Lawful patterns of people who are easily taken for each other."""
NUMBER = re.compile(r"\d{17}[\dX]")


@pytest.fixture(scope="module")
def book() -> Book:
    folder = SAMPLE / "qinghe"
    return read(Request((folder,), load_county(folder / "lbt-audit.toml"))).book


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    return data


def links(book: Book) -> Iterator[tuple[Record, Record, Verdict]]:
    """All links that say more than "same", and every fortieth of the others."""
    for a, b in Links.of(book).kinds.pairs:
        found = Links.of(book).between(a, b)
        assert found is not None
        verdicts = Links.of(book).children.verdicts(found)
        telling = np.flatnonzero(found.verdict != Verdict.SAME)
        for k in sorted({*telling.tolist(), *range(0, len(found.left), 40)}):
            yield (
                Record(a, int(found.left[k])),
                Record(b, int(found.right[k])),
                Verdict(int(verdicts[k])),
            )


def test_every_link_is_explained_in_both_languages(book: Book) -> None:
    counted = 0
    for left, right, verdict in links(book):
        for lang in LANGS:
            told = explain_pair(book, left, right, lang, "partial")
            assert told is not None and told.verdict == verdict
            assert SAID[lang] in told.text, told.text
            assert not NUMBER.search(told.text), "an ID number in clear"
        counted += 1
    assert counted > 200


def test_every_misspelling_names_what_differs(book: Book) -> None:
    for left, right, verdict in links(book):
        if verdict == Verdict.MISSPELT:
            told = explain_pair(book, left, right, "zh", "none")
            assert told is not None
            names = [str(book.frames[r.kind]["child_name"].text[r.row].as_py()) for r in (left, right)]
            assert re.search("字|姓|名", told.text) and all(n.strip() in told.text for n in names), told.text


def test_people_alike_are_told_apart_in_words(book: Book, truth: dict[str, Any]) -> None:
    """Twins, namesakes, cousins: no record of one is linked to another's, and the command says why."""
    apart = [trap for trap in truth["traps"] if trap["name"] in ALIKE]
    assert len(apart) == len(ALIKE)
    for trap in apart:
        records = [r for place in trap["locations"] for r in _records(book, place)]
        splits = [p for one, other in combinations(records, 2) for p in [_split(book, one, other)] if p]
        assert splits, trap["name"]
        for pair in splits:
            assert pair.verdict == Verdict.DIFFERENT and len(pair.text) > 20, (trap["name"], pair.text)


def test_a_child_is_followed_through_every_list(book: Book, truth: dict[str, Any]) -> None:
    for issue in [i for i in truth["issues"] if i["rule"] == "F02" and i["kind"] == "planted"]:
        (first, *_) = [r for place in issue["locations"] for r in _records(book, place)]
        told = dict(explain_record(book, first, "zh", "partial"))
        assert any(p.verdict >= Verdict.DOUBTFUL for pairs in told.values() for p in pairs), issue["note"]


def _records(book: Book, place: dict[str, Any]) -> list[Record]:
    found = []
    for kind in Links.of(book).kinds.lists:
        frame = book.frames[kind]
        at = [t.path == place["path"] and t.sheet == place["sheet"] for t in frame.tables]
        for row in place["rows"]:
            found += [
                Record(kind, int(r)) for r in np.flatnonzero(np.array(at)[frame.table] & (frame.row == row))
            ]
    return found


def _split(book: Book, one: Record, other: Record) -> Explained | None:
    """The explanation of two records of different lists, if they are two children's by their numbers."""
    if one.kind == other.kind:
        return None
    numbers = {book.frames[r.kind]["id_no"].facets["norm"][r.row].as_py() for r in (one, other)}
    return explain_pair(book, one, other, "zh", "partial") if len(numbers - {""}) == 2 else None
