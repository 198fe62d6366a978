"""Children of several lists: joined across three spellings, held against the lists of their own units."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.checks.registers import book, table

from lbt_audit.config.sounds import pairs_of
from lbt_audit.engine.links.explain import Record, explain_pair
from lbt_audit.engine.links.report import LinkReport
from lbt_audit.links.comparison.comparisons import differing
from lbt_audit.links.coverage import FOUND
from lbt_audit.links.links import Links
from lbt_audit.matching.decision.verdict import Bar, Verdict
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

UNITS = Units.of(
    "青禾县",
    {"白石镇": ("珠岩村", "大坪村"), "清水乡": ("河边村",)},
    {"白石镇中心小学": "白石镇", "清水乡中心小学": "清水乡"},
)
SCHOOL = Unit("school", "白石镇中心小学", "白石镇")
PARAMS: dict[str, Any] = {"age_limit": 16, "definition": "civil", "rural_only": True, "stage_tolerance": 2}


def made(*tables: Any, sounds: Any = ()) -> Any:
    return book(*tables, units=UNITS, sounds=sounds, **PARAMS)


def girl(name: str, **more: str) -> dict[str, str]:
    return {"child_name": name, "id_no": "529901201307040127", **more}


def test_three_spellings_are_one_child() -> None:
    b = made(
        table([girl("谭晶莲")], "roster", "r.xlsx"),
        table([girl("覃金莲")], "village_book", "v.xlsx"),
        table([girl("覃晶莲")], "school_ledger", "c.xlsx", unit=SCHOOL),
    )
    assert len({int(c[0]) for c in Links.of(b).children.numbers.values()}) == 1
    assert [(p.left_kind, p.right_kind, len(p.left)) for p in Links.of(b).children.pairs if len(p.left)] == [
        ("roster", "village_book", 1), ("roster", "school_ledger", 1),
    ]  # fmt: skip


def test_registers_are_linked_once() -> None:
    b = made(table([girl("覃晶莲")], "roster"), table([girl("覃金莲")], "village_book", "v.xlsx"))
    assert Links.of(b).between("roster", "village_book") is Links.of(b).between("village_book", "roster")
    assert Links.of(b).between("roster", "enrolment") is None


def test_a_name_as_the_dialect_sounds_is_linked_where_it_is_spoken() -> None:
    def found(dialect: str | None) -> Any:
        b = made(
            table([{"child_name": "杨建孙", "birth_date": "2015-03-12"}], "roster", "r.xlsx"),
            table([{"child_name": "杨建森", "birth_date": "2015-03-12"}], "village_book", "v.xlsx"),
            sounds=pairs_of(dialect, []),
        )
        return Links.of(b).between("roster", "village_book")

    assert not len(found(None).left)
    assert not len(found("粤语").left)
    there = found("西南官话")
    assert len(there.left) == 1
    assert there.found.probability[0] > 0.9
    assert "sun–sen 不分" in there.explain(0, 0, "zh")
    assert "sun–sen" in there.explain(0, 0, "en")


def test_twins_are_two() -> None:
    home_ = {
        "birth_date": "2015-03-12",
        "father_name": "杨大山",
        "mother_name": "李秀英",
        "village": "珠岩村",
    }
    one = {"child_name": "杨浩然", "id_no": "52990120150312001X", **home_}
    other = {"child_name": "杨浩宇", "id_no": "529901201503120036", **home_}
    b = made(table([one, other], "roster"), table([other, one], "school_ledger", "c.xlsx", unit=SCHOOL))
    of = Links.of(b).children.numbers
    assert of["roster"].tolist() == of["school_ledger"][::-1].tolist()
    assert of["roster"][0] != of["roster"][1]
    assert not any(differing(x, {}).any() for x in Links.of(b).comparisons.of_lists)


def test_events_of_one_child_are_all_linked() -> None:
    visits = [{"child_name": "覃金莲", "visit_date": f"2026-0{m}-01"} for m in (5, 6, 7)]
    b = made(table([girl("覃金莲")], "roster"), table(visits, "visits", "w.xlsx"))
    c = Links.of(b).coverage("visits", "roster")
    assert c is not None and c.state.tolist() == [FOUND] * 3 and c.counterpart.tolist() == [0] * 3


def test_a_list_of_another_township_proves_nothing() -> None:
    b = made(
        table([girl("覃金莲", village="河边村")], "school_ledger", "c.xlsx", unit=SCHOOL),
        table([{"child_name": "杨晓峰", "id_no": "52990120150312001X"}], "roster", "r.xlsx"),
    )
    c = Links.of(b).coverage("school_ledger", "roster")
    assert c is not None and not c.expected.any()
    assert Links.of(b).home("school_ledger").township.tolist() == ["清水乡"]


def test_a_township_known_from_the_school_is_an_assumption() -> None:
    b = made(
        table([girl("覃金莲")], "school_ledger", "c.xlsx", unit=SCHOOL),
        table([{"child_name": "杨晓峰", "id_no": "52990120150312001X"}], "roster", "r.xlsx"),
    )
    c = Links.of(b).coverage("school_ledger", "roster")
    assert c is not None and c.expected.all() and c.assumed.all()


def test_school_known_by_code_only() -> None:
    ids = ["529901201307040127", "52990120150312001X"]
    export = [
        {"child_name": n, "id_no": i, "school_code": "12345"}
        for n, i in zip(["覃金莲", "杨晓峰"], ids, strict=True)
    ]
    b = made(
        table([{"child_name": "覃金莲", "id_no": ids[0]}], "school_ledger", "c.xlsx", unit=SCHOOL),
        table(export, "enrolment", "x.xlsx", unit=Unit("school", "学生信息导出", known=False)),
    )
    assert Links.of(b).home("enrolment").school.tolist() == ["白石镇中心小学"] * 2


def test_summary_counts_every_child_once() -> None:
    away = {"father_work_place": "广东东莞", "mother_work_place": "广东东莞"}
    alone = {
        "child_name": "罗小兵",
        "id_no": "529901201205060012",
        "village": "珠岩村",
        "birth_date": "2012-05-06",
        **away,
    }
    lawful = {
        "child_name": "吴小丽",
        "id_no": "529901201405060025",
        "father_work_place": "广东东莞",
        "mother_work_place": "在家",
    }
    b = made(
        table(
            [girl("覃晶莲", village="珠岩村", school_name="白石镇中心小学", school_status="小学")],
            "roster",
            "r.xlsx",
        ),
        table([girl("覃金莲"), alone, lawful], "school_ledger", "c.xlsx", unit=SCHOOL),
    )
    found = Links.of(b).agreement({})
    assert found is not None and found.lists == ("roster", "school_ledger")
    county = found.county
    assert (county.everywhere, county.school_only, county.by_definition, county.differing) == (1, 1, 1, 1)
    assert county.rate == 0.5 and county.children == 3
    assert [t.unit for t in found.schools] == ["白石镇中心小学"]
    assert sum(t.children for t in found.townships) == county.children


@pytest.mark.parametrize("seed", range(5))
def test_nothing_depends_on_the_order_of_rows(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lists = _lists()

    def outcome(shuffle: bool) -> tuple[Any, ...]:
        tables = []
        for kind, rows in lists.items():
            order = rng.permutation(len(rows)) if shuffle else np.arange(len(rows))
            unit = SCHOOL if kind == "school_ledger" else Unit("township", "白石镇", "白石镇")
            tables.append(table([rows[i] for i in order], kind, f"{kind}.xlsx", unit=unit))
        if shuffle:
            tables = [tables[i] for i in rng.permutation(len(tables))]
        b = made(*tables)
        told = set()
        for c in Links.of(b).comparisons.of_lists:
            names = [
                b.frames[k]["child_name"].text.to_pylist() for k in (c.pairs.left_kind, c.pairs.right_kind)
            ]
            for at in np.flatnonzero(differing(c, {})).tolist():
                told.add(
                    (
                        c.pairs.left_kind,
                        names[0][c.pairs.left[at]],
                        c.pairs.right_kind,
                        names[1][c.pairs.right[at]],
                    )
                )
        return told, Links.of(b).agreement({})

    assert outcome(False) == outcome(True)


def _lists() -> dict[str, list[dict[str, str]]]:
    rng = np.random.default_rng(1)
    given = list("晶金静敬莲连廉峰锋丰晓小筱丽莉英瑛")
    base = []
    for _ in range(60):
        surname = str(rng.choice(list("覃谭杨罗吴")))
        day = f"201{rng.integers(0, 8)}-0{rng.integers(1, 10)}-1{rng.integers(0, 10)}"
        name = surname + "".join(rng.choice(given, 2))
        father = surname + "大" + str(rng.choice(given))
        village = str(rng.choice(["珠岩村", "大坪村"]))
        base.append({"child_name": name, "birth_date": day, "father_name": father, "village": village})
    made_ = {}
    for kind in ("roster", "village_book", "school_ledger"):
        rows = [dict(r) for r in base if rng.random() < 0.9]
        for r in rows:
            if rng.random() < 0.2:
                r["child_name"] = r["child_name"][0] + str(rng.choice(given)) + r["child_name"][2:]
        made_[kind] = rows
    return made_


def three_lists(*, with_ledger: bool) -> Any:
    """Name and birth date in a list of another village, phone and guardian; the ledger has both sides of it."""
    child = {"child_name": "王珑惠", "birth_date": "2013-07-04", "sex": "女"}
    number = {"id_no": "529901201307040127"}
    here = {"village": "珠岩村", "guardian_name": "覃兴志", "guardian_phone": "13800001111"}
    there = {"village": "河边村", "guardian_name": "卢大发", "guardian_phone": "13800002222"}
    tables = [
        table([{**child, **here, **number}], "roster", "r.xlsx"),
        table([{**child, **there, "father_name": "王贵文"}], "village_book", "v.xlsx"),
    ]
    if with_ledger:
        ledger = {**child, **there, **number, "father_name": "王贵文"}
        tables.append(table([ledger], "school_ledger", "c.xlsx", unit=SCHOOL))
    return made(*tables)


def test_a_third_list_settles_what_two_leave_open() -> None:
    b = three_lists(with_ledger=False)
    assert LinkReport(Links.of(b)).pairs("zh")["verdict"].to_pylist() == ["doubtful"]
    b = three_lists(with_ledger=True)
    told = LinkReport(Links.of(b)).pairs("zh").to_pylist()
    assert [row["verdict"] for row in told] == ["same"] * 3
    assert ["另一名单" in row["evidence"] for row in told].count(True) == 1
    pair = explain_pair(b, Record("roster", 0), Record("village_book", 0), "en", "none")
    assert pair is not None and pair.verdict == Verdict.SAME and "another list" in pair.text
    c = Links.of(b).coverage("roster", "village_book")
    assert c is not None and c.state.tolist() == [FOUND] and c.counterpart.tolist() == [0]


def test_no_third_list_settles_two_numbers() -> None:
    b = three_lists(with_ledger=True)
    found = Links.of(b).between("roster", "village_book")
    assert found is not None and Links.of(b).children.settled(found).tolist() == [True]
    for bar in (Bar.TWIN, Bar.SIBLING, Bar.TWO_NUMBERS, Bar.SEXES):
        found.found.bar[:] = bar
        assert Links.of(b).children.settled(found).tolist() == [False]


def test_names_alone_of_nobody_knows_where_are_of_the_one_township_there_is() -> None:
    boy = {
        "child_name": "何小伟",
        "id_no": "52990120150312001X",
        "father_name": "何大山",
        "village": "珠岩村",
    }
    lists = table([girl("覃金莲"), boy], "roster", "r.xlsx", unit=Unit("township", "白石镇"))
    seen = [{"child_name": "何小伟", "visit_date": "2026-10-12"}]
    village = table(seen, "visits", "v.xlsx", unit=Unit("village", "珠岩村", "白石镇"))
    leaders = table(seen, "visits", "w.xlsx", unit=Unit("school", "镇领导走访"))  # a file name
    other = table([{"child_name": "吴三"}], "visits", "x.xlsx", unit=Unit("township", "清水乡"))
    for visits, units, found in (
        ((village, leaders), Units(), True),
        ((village, leaders), UNITS, False),  # the county says what other townships there are
        ((village, leaders, other), Units(), False),
    ):
        numbers = Links.of(book(lists, *visits, units=units, **PARAMS)).persons
        assert numbers["visits"][0] == numbers["roster"][1]
        assert bool(numbers["visits"][1] == numbers["roster"][1]) is found
