"""The circular: one base for all figures, who is ranked and who is not, nothing hidden told by a rate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.factory import Seen, audit

from lbt_audit.config.county import County
from lbt_audit.ledger.recording.session import enter
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.model.text import Lang
from lbt_audit.model.units import Units
from lbt_audit.notices.circular import bands
from lbt_audit.notices.circular.annex import ranked_text
from lbt_audit.notices.circular.basis import Basis, basis
from lbt_audit.notices.circular.letter import circular
from lbt_audit.notices.circular.ranking import Ranking, ranking
from lbt_audit.notices.circular.suppression import SHOWN_AS, hide, with_totals

TOWNS = ("白石镇", "清水乡", "云台镇", "响石乡", "梨园镇", "望溪乡")
COUNTY = County(Path("x"), name="青禾县", units=Units.of("青禾县", dict.fromkeys(TOWNS, ()), {}))
OCT, NOV = date(2026, 10, 31), date(2026, 11, 30)


def ranked(
    counts: Mapping[str, tuple[int, int, int]],
    *,
    closing: bool = True,
    read: Sequence[str] = TOWNS,
    county: County = COUNTY,
) -> Ranking:
    """Townships with these counts; each of ``read`` handed in four records."""
    made = audit(OCT, (), [(unit, "roster") for unit in read])
    return ranking(Basis(closing, {"township": counts}, {}), made, county, "township", "zh")


def said(r: Ranking, lang: Lang = "zh", *, closing: bool = True) -> str:
    return ranked_text(r, closing, lang)


def ranks(r: Ranking) -> dict[str, tuple[int | None, str, str]]:
    return {line.unit: (line.rank, line.standing, line.rate) for line in r.lines}


def test_who_handed_nothing_in_is_not_ranked() -> None:
    counts = {"白石镇": (9, 0, 6), "清水乡": (5, 0, 9), "云台镇": (0, 0, 28), "响石乡": (20, 0, 4)}
    r = ranked(counts, read=("白石镇", "清水乡"))
    assert ranks(r) == {
        "白石镇": (1, "", "60.0%"), "清水乡": (2, "", "35.7%"), "云台镇": (None, "missing", "—"),
        "响石乡": (None, "missing", "—"), "梨园镇": (None, "missing", "—"), "望溪乡": (None, "missing", "—"),
    }  # fmt: skip
    assert said(r) == "参加排名的 2 个乡镇按销号率由好到差依次为：白石镇（60.0%）、清水乡（35.7%）。"


def test_equal_rates_share_a_rank_and_are_not_front_and_back() -> None:
    r = ranked(dict.fromkeys(TOWNS, (0, 3, 4)))
    assert {line.rank for line in r.lines} == {1}
    assert said(r) == "参加排名的 6 个乡镇销号率均为 0.0%，不分先后。"
    r = ranked(dict.fromkeys(TOWNS, (0, 3, 4)) | {"望溪乡": (7, 0, 0)})
    text = said(r)
    front, back = text.split("靠后的：")
    assert "望溪乡（100.0%）" in front and "0.0%）" not in front.replace("100.0%", "")
    assert all(unit in back for unit in TOWNS if unit != "望溪乡")
    assert [line.rank for line in r.lines] == [1, 2, 2, 2, 2, 2]


def test_only_one_ranked_is_compared_with_nobody() -> None:
    r = ranked({"白石镇": (3, 0, 3), "清水乡": (0, 0, 9)}, read=("白石镇",))
    assert said(r) == "乡镇中可以排名的只有 白石镇（销号率 50.0%），不作比较。"
    assert said(ranked({}, read=())) == "乡镇：没有可以排名的单位。"


def test_a_unit_without_issues_is_named_and_not_put_last() -> None:
    r = ranked({"白石镇": (9, 0, 6), "清水乡": (5, 0, 9), "云台镇": (0, 5, 5)})
    assert ranks(r)["望溪乡"] == (None, "none", "—")
    assert said(r).endswith("没有问题的：响石乡、望溪乡、梨园镇。")


def test_hiding_small_counts_does_not_turn_the_ranking_over() -> None:
    """The unit with fewest issues stands first although its count is hidden."""
    counts = {"白石镇": (1, 0, 0), "清水乡": (0, 2, 0), "云台镇": (9, 9, 9), "响石乡": (5, 5, 5)}
    made = audit(OCT, (), [(unit, f"kind{n}") for unit in counts for n in range(25)])
    r = ranking(Basis(False, {"township": counts}, {}), made, COUNTY, "township", "zh")
    line = {x.unit: x for x in r.lines}
    assert line["白石镇"].total == line["清水乡"].total == SHOWN_AS
    assert r.banded
    assert line["白石镇"].rank == line["清水乡"].rank == 1
    assert (line["响石乡"].rank, line["云台镇"].rank) == (3, 4)
    assert "靠前的：清水乡、白石镇（" in said(r, closing=False)


def test_closed_counts_are_spared_by_hiding_where_they_can() -> None:
    """One small count in time hides overdue ones beside it, not what the ranking needs."""
    hidden = hide(np.array([[11, 1, 26], [11, 2, 23], [0, 0, 28], [0, 0, 24]]), keep=(0,))
    assert not hidden[:, 0].any()
    assert hidden[:2, 1:3].all()


@given(st.booleans(), st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_ranks_and_rates_give_no_small_count_away(closing: bool, table: list[tuple[int, int, int]]) -> None:
    """For every hidden small count another table with another one would be published just so, if the same
    cells were hidden in it."""
    units = sorted(TOWNS)[: len(table)]
    county = County(Path("x"), units=Units.of("青禾县", dict.fromkeys(units, ()), {}))
    r = ranked(dict(zip(units, table, strict=True)), closing=closing, read=units, county=county)
    full = with_totals(np.array(table))
    hidden = hide(np.array(table), keep=(0,) if closing else ())
    rates = {x.unit: x.rate for x in r.lines if x.rank is not None}
    for i, unit in enumerate(units):
        unknown = hidden[i, 3] or (closing and hidden[i, 0])
        if unit in rates and unknown:
            assert r.banded
    small = hidden & (full > 0) & (full < 3)
    if not r.banded or not small.any():
        return
    # Which bands are used is told by their texts only.
    candidates = [
        b
        for b in (bands.CLOSED if closing else bands.PER_HUNDRED)
        if all(text in {b.text(n, "zh") for n in range(len(b.edges) + 1)} for text in rates.values())
    ]
    others = []
    inside = [(a, b) for a in range(len(table)) for b in range(3) if hidden[a, b]]
    for values in product(range(9), repeat=len(inside)) if len(inside) <= 5 else ():
        counts = np.array(table)
        for place, value in zip(inside, values, strict=True):
            counts[place] = value
        other = with_totals(counts)
        if not np.array_equal(other[~hidden], full[~hidden]):
            continue
        part, whole = (other[:, 0], other[:, 3]) if closing else (other[:, 3], np.full(len(other), 4))
        same = any(
            all(
                whole[i] and which.text(which.of(100 * part[i] / whole[i]), "zh") == rates[unit]
                for i, unit in enumerate(units)
                if unit in rates
            )
            for which in candidates
        )
        if same:
            others.append(other)
    for a, b in np.argwhere(small) if others else ():
        assert len({int(t[a, b]) for t in others}) > 1, (table, hidden, rates)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "台账.db"


def figures(made: Any, recheck: Recheck | None) -> tuple[int, int, int]:
    """Issues in all, by who must correct them, and by kind, as the text tells them."""
    fields = circular(made, recheck, COUNTY).fields
    whole, kinds = str(fields["overall"][0]), str(fields["kinds"])
    by_level = sum(map(int, re.findall(r" (\d+) 条", whole.split("按责任单位分：")[1])))
    by_kind = sum(map(int, re.findall(r" (\d+) 条", kinds.split("：", 1)[1])))
    (total,) = re.findall(r"共有问题 (\d+) 条", whole)
    return int(total), by_level, by_kind


def test_kinds_and_overview_count_the_same_issues(ledger: Path) -> None:
    seen = [Seen(n, unit=TOWNS[n % 2], rule=("B01", "C02", "D01")[n % 3]) for n in range(30)]
    ran = ("B01", "C02", "D01")
    first = enter(audit(OCT, seen, ran=ran), None, ledger)
    assert figures(first.audit, first.inspection.recheck) == (30, 30, 30)
    assert (
        "以下问题数均为本次核查发现"
        in circular(first.audit, first.inspection.recheck, COUNTY).fields["overall"][0]
    )
    later = enter(audit(NOV, seen[12:], ran=ran), None, ledger)
    assert figures(later.audit, later.inspection.recheck) == (30, 30, 30)
    assert (
        "均按整改台账累计，含已销号的"
        in circular(later.audit, later.inspection.recheck, COUNTY).fields["overall"][0]
    )


def test_a_second_audit_of_the_first_day_ranks_as_the_first(ledger: Path) -> None:
    """What counts is the day the data are of, not how often they were audited."""
    seen = [Seen(n) for n in range(9)]
    for _ in range(2):
        entered = enter(audit(OCT, seen), None, ledger)
        assert not basis(entered.audit, entered.inspection.recheck, "zh").closing
    for _ in range(2):
        entered = enter(audit(NOV, seen), None, ledger)
        assert basis(entered.audit, entered.inspection.recheck, "zh").closing


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("candidates", [bands.CLOSED, bands.PER_HUNDRED])
def test_bands_name_what_they_hold(candidates: Sequence[bands.Bands], lang: Lang) -> None:
    for one in candidates:
        texts = [one.text(n, lang) for n in range(len(one.edges) + 1)]
        assert len(set(texts)) == len(texts)
    fine = bands.CLOSED[0]
    assert [fine.text(fine.of(r), "zh") for r in (0, 24.9, 25, 99.9, 100)] == [
        "0%", "不足25%", "25%至50%", "75%至100%", "100%",
    ]  # fmt: skip
