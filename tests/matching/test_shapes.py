"""Look-alikes: what is confused with what, and what two sisters are called."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.matching.shapes.candidates import area, samples
from tests.benchmarks.matching.shapes.pairs import SISTERS, SLIPS
from tests.benchmarks.matching.slips.confusions import LOOK_ALIKE

from lbt_audit.matching import Level, compare_names
from lbt_audit.matching.characters.alphabet import relate
from lbt_audit.matching.characters.script import glyphs, outlines, variants
from lbt_audit.matching.characters.shapes import (
    LOOK_ALIKE_FROM,
    PARTLY_ALIKE_FROM,
    UNKNOWN_SHAPE,
    Shapes,
    shape_score,
)
from lbt_audit.matching.names.comparison import classify_pairs

ALIKE = "子予 熙煦 睛晴 珊姗 未末 国园 君若 苗茁 妤好 雨两 霜露 李季 王玉 冉再"
SISTERLY = "琳琪 诗语 涵泽 珍珠 芝莲 洋涛 锋铭 怡悦 雨雪 飞龙 鹏鸿 江河 林森 语诺 宇宁 远达 志忠 恩惠 芬芳 雯雪 达进 恬怡"


@pytest.mark.parametrize("pair", ALIKE.split())
def test_one_outline_looks_alike(pair: str) -> None:
    if relate(*sorted(pair)) < 10:  # sound alike as well, which is told first
        assert shape_score(*sorted(pair)) >= LOOK_ALIKE_FROM
    else:
        assert compare_names(f"罗文{pair[0]}", f"罗文{pair[1]}").level == Level.LOOK_ALIKE


@pytest.mark.parametrize("pair", SISTERLY.split())
def test_one_radical_is_no_slip(pair: str) -> None:
    level = compare_names(f"罗文{pair[0]}", f"罗文{pair[1]}").level
    assert level in (Level.PARTLY_ALIKE, Level.UNRELATED)
    assert not level.is_slip


def test_pairs_not_fitted_are_told_from_sisters() -> None:
    lists, positive = samples([])
    assert not {"".join(sorted(p)) for p in SLIPS} & {"".join(sorted(p)) for p in LOOK_ALIKE}
    chars = sorted({c for pairs in lists.values() for p in pairs for c in p})
    shapes, number = Shapes(chars), {c: i for i, c in enumerate(chars)}
    scores = {
        n: shapes.score(*np.array([[number[c] for c in p] for p in pairs]).T) for n, pairs in lists.items()
    }
    assert positive == ["held out", "slips"]
    assert area(scores["held out"], scores["random"]) > 0.99
    assert area(scores["held out"], scores["one radical"]) > 0.965
    assert area(scores["held out"], scores["sisters"]) > 0.94
    assert (scores["sisters"] >= LOOK_ALIKE_FROM).mean() < 0.04
    assert (scores["held out"] >= LOOK_ALIKE_FROM).mean() > 0.75
    assert (scores["held out"] >= PARTLY_ALIKE_FROM).mean() > 0.9
    assert len(SISTERS) > 300


CHARS = sorted(glyphs())


@given(st.sampled_from(CHARS), st.sampled_from(CHARS))
@settings(max_examples=150, deadline=None)
def test_score_is_symmetric_and_known_for_every_glyph(a: str, b: str) -> None:
    assert shape_score(a, b) == pytest.approx(shape_score(b, a), abs=1e-4)
    assert shape_score(a, b) > UNKNOWN_SHAPE - 10
    assert shape_score(a, a) > LOOK_ALIKE_FROM + 1
    assert outlines().keys() == glyphs().keys()


def test_unknown_characters_are_not_alike() -> None:
    assert shape_score("子", "\U00020000") == UNKNOWN_SHAPE


@given(st.lists(st.sampled_from("子予琳琪雨雪两宇宁字晴睛"), min_size=2, max_size=8, unique=True))
@settings(max_examples=60, deadline=None)
def test_level_does_not_depend_on_other_names(chars: list[str]) -> None:
    names = [f"罗文{c}" for c in chars]
    pairs = [(a, b) for a in names for b in names]
    bulk = classify_pairs([a for a, _ in pairs], [b for _, b in pairs])
    assert [int(x) for x in bulk] == [int(compare_names(a, b).level) for a, b in pairs]


def test_variants_lead_to_the_usual_form_in_one_step() -> None:
    table = variants()
    assert all(table.get(usual, usual) == usual for usual in table.values())
    assert not {"佑", "祐", "淼", "于", "余", "犇"} & table.keys()
