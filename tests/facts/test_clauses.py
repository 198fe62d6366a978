"""Whom a text speaks of, piece by piece; and that telling it takes time in proportion to the text."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.cost import cpu

from lbt_audit.config.words import words
from lbt_audit.frames.clauses import claimed, spoken


def of(text: str, speaker: str = "") -> tuple[str, str, str]:
    """What is said of the father, of the mother and of nobody in particular."""
    told = spoken(pa.array([text]), speaker)
    father, mother, nobody = (
        a[0].as_py().replace("\x1e", "") for a in (told.father, told.mother, told.nobody)
    )
    return father, mother, nobody


@pytest.mark.parametrize(
    ("text", "father", "mother", "nobody"),
    [
        ("父亲去世后母亲改嫁", "去世后", "改嫁", ""),
        ("母亲在父亲去世后改嫁", "去世后，", "改嫁", ""),
        ("爷爷去世父亲回家奔丧", "回家奔丧", "", ""),
        ("父亲的父亲去世", "", "", ""),
        ("祖父母双亡", "", "", ""),
        ("父母一方去世", "", "", ""),
        ("父亲和母亲都外出", "都外出", "都外出", ""),
        ("父亲外出，由奶奶照顾，已返乡", "外出，由", "", ""),
        ("父亲外出；已返乡", "外出", "", "，已返乡"),
        ("已返乡，父亲务农", "务农", "", "已返乡，"),
        ("母亲带弟弟改嫁", "", "照看改嫁", ""),
        ("父亲照顾瘫痪的奶奶", "照看，", "", ""),
        ("由奶奶抚养父亲失联", "失联", "", "由"),
        ("自幼丧父", "亡故，", "", "自幼"),
        ("家长已返乡", "", "", "，已返乡"),
        ("", "", "", ""),
    ],
)
def test_pieces(text: str, father: str, mother: str, nobody: str) -> None:
    assert of(text) == (father, mother, nobody)


def test_own_cells_speak_of_whose_they_are() -> None:
    assert of("浙江宁波", "father") == ("浙江宁波", "", "浙江宁波")
    assert of("浙江，母亲在家", "father")[:2] == ("浙江，", "在家")


def test_texts_do_not_run_into_each_other() -> None:
    told = spoken(pa.array(["父亲", "去世", "，去世", "母亲，去世"]))
    assert claimed(told.father, words("dead")).tolist() == [False] * 4
    assert claimed(told.mother, words("dead")).tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    "piece", ["父亲与奶奶失去联系，", "母亲在父亲", "爷爷", "未曾可能听说", "父（）；", "照顾瘫痪的"]
)
def test_linear(piece: str) -> None:
    def read(times: int) -> None:
        told = spoken(pa.array([piece * times]))
        for name in ("dead", "missing", "custody", "ill", "returned"):
            claimed(told.father, words(name))

    read(1)
    assert cpu(lambda: read(16_000)) < 12 * cpu(lambda: read(4_000))
