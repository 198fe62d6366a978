"""Rules across lists: where they point, how grave they are, and what must stay silent."""

from __future__ import annotations

from typing import Any

from tests.checks.registers import book, pointed, rule, table
from tests.links.test_links import PARAMS, SCHOOL, UNITS, girl

from lbt_audit.checks.base import Outcome
from lbt_audit.checks.hits import PlaceHits, RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.model.severity import Severity

LISTS = ("roster", "village_book", "school_ledger", "enrolment")


def run(check: str, *tables: Any, kinds: tuple[str, ...] = LISTS, **params: Any) -> list[tuple[str, Outcome]]:
    b = book(*tables, units=UNITS, **PARAMS, min_away_months=0)
    on_book = checks()[check].on_book
    assert on_book is not None
    found = on_book(rule(check, kinds, **params), b)
    return [] if found is None else list(found.items() if hasattr(found, "items") else found)


def only(outcomes: list[tuple[str, Outcome]]) -> tuple[str, RowHits]:
    (found,) = [(k, o) for k, o in outcomes if isinstance(o, RowHits) and o.count]
    return found


def test_every_spelling_is_pointed_at() -> None:
    kind, hits = only(
        run(
            "linked_names",
            table([girl("谭晶莲")], "roster", "r.xlsx"),
            table([girl("覃金莲")], "village_book", "v.xlsx"),
            table([girl("覃晶莲")], "school_ledger", "c.xlsx", unit=SCHOOL),
        )
    )
    assert kind == "roster" and hits.count == 1 and pointed(hits) == [{"child_name"}]
    assert {o.kind: o.row.tolist() for o in hits.others} == {"village_book": [0], "school_ledger": [0]}
    texts = {
        o.kind: (o.pairs["child_name"][0][0].as_py(), o.pairs["child_name"][1][0].as_py())
        for o in hits.others
    }
    assert texts["school_ledger"] == ("谭晶莲", "覃晶莲") and texts["village_book"] == ("谭晶莲", "覃金莲")


def test_an_equal_number_makes_it_an_error_and_a_former_name_a_notice() -> None:
    boy = {"child_name": "杨浩然", "id_no": "52990120150312001X"}
    _, hits = only(
        run(
            "linked_names",
            table([girl("覃晶莲"), {**boy, "former_name": "杨小毛"}], "roster", "r.xlsx"),
            table([girl("覃金莲"), {**boy, "child_name": "杨小毛"}], "enrolment", "x.xlsx"),
        )
    )
    assert hits.severity is not None and hits.severity.tolist() == [0, Severity.NOTICE]
    assert "音近" in hits.others[0].notes[0].zh  # type: ignore[index]


def test_a_former_name_noted_in_one_list_explains_the_others() -> None:
    boy = {"child_name": "杨浩然", "id_no": "52990120150312001X"}
    tables = (
        table([{**boy, "child_name": "杨小毛"}], "roster", "r.xlsx"),
        table([{**boy, "child_name": "杨浩燃"}], "village_book", "v.xlsx"),
        table([boy], "school_ledger", "c.xlsx", unit=SCHOOL),
        table([{**boy, "former_name": "杨小毛"}], "enrolment", "x.xlsx"),
    )
    _, hits = only(run("linked_names", *(t for t in tables if t.kind != "village_book")))
    assert hits.severity is not None and hits.severity.tolist() == [Severity.NOTICE]
    _, hits = only(run("linked_names", *tables))  # a third spelling is no former name
    assert hits.severity is not None and hits.severity.tolist() == [0]
    notes = {o.kind: o.notes[0].zh for o in hits.others if o.notes}
    assert "曾用名" in notes["school_ledger"] and "曾用名" not in notes["village_book"]


def test_the_right_number_is_named() -> None:
    more = {"birth_date": "2013-07-04", "father_name": "覃大山", "mother_name": "李秀英", "village": "珠岩村"}
    _, hits = only(
        run(
            "linked_ids",
            table([girl("覃金莲", **more)], "roster", "r.xlsx"),
            table(
                [{**girl("覃金莲", **more), "id_no": "529901201307040172"}],
                "school_ledger",
                "c.xlsx",
                unit=SCHOOL,
            ),
        )
    )
    assert "校验正确的是本行证号" in hits.others[0].notes[0].zh  # type: ignore[index]


def test_only_the_fields_that_differ_are_pointed_at() -> None:
    _, hits = only(
        run(
            "linked_values",
            table([girl("覃金莲", sex="女", mother_name="李秀英", birth_date="2013.7")], "roster", "r.xlsx"),
            table(
                [girl("覃金莲", sex="女", mother_name="李秀美", birth_date="20130704")],
                "school_ledger",
                unit=SCHOOL,
            ),
            fields=["birth_date", "sex", "mother_name"],
        )
    )
    assert pointed(hits) == [{"mother_name"}] and set(hits.others[0].points) == {"mother_name"}


def test_a_child_of_two_lists_is_missed_once() -> None:
    away = {"father_work_place": "广东东莞", "mother_work_place": "广东东莞"}
    other = {"child_name": "杨晓峰", "id_no": "52990120150312001X", "village": "珠岩村"}
    outcomes = run(
        "linked_missing",
        table([girl("覃金莲", village="珠岩村")], "village_book", "v.xlsx"),
        table([girl("覃金莲", village="珠岩村", **away)], "school_ledger", "c.xlsx", unit=SCHOOL),
        table([other], "roster", "r.xlsx"),
        lists={"village_book": ["roster"], "school_ledger": ["roster"]},
        eligible={"school_ledger": "certain"},
    )
    kind, hits = only(outcomes)
    assert kind == "village_book" and hits.count == 1


def test_a_doubtful_counterpart_is_pointed_at_and_softens() -> None:
    """The same name and parents under two valid numbers: not called missing without more ado."""
    more = {"father_name": "覃大山", "mother_name": "李秀英", "village": "珠岩村"}
    one = girl("覃金莲", birth_date="2013-07-04", **more)
    other = {**one, "id_no": "529901201608070039", "birth_date": "2016-08-07"}
    b = [table([one], "village_book", "v.xlsx"), table([other], "roster", "r.xlsx")]
    _, hits = only(run("linked_missing", *b, lists={"village_book": ["roster"]}))
    assert hits.severity is not None
    if hits.others:  # what matching calls doubtful is matching's to say; what follows from it is ours
        assert hits.severity.tolist() == [Severity.WARNING] and hits.others[0].row.tolist() == [0]
        assert hits.details["but"][0].zh  # type: ignore[union-attr]


def test_the_match_rate_stands_in_the_finding() -> None:
    outcomes = run(
        "linked_rate",
        table(
            [
                girl("覃晶莲", school_name="白石镇中心小学", school_status="小学"),
                {
                    "child_name": "杨晓峰",
                    "id_no": "52990120150312001X",
                    "school_name": "白石镇中心小学",
                    "school_status": "小学",
                },
            ],
            "roster",
            "r.xlsx",
        ),
        table([girl("覃金莲")], "school_ledger", "c.xlsx", unit=SCHOOL),
    )
    ((_, places),) = outcomes
    assert isinstance(places, PlaceHits)
    (hit,) = places.hits
    assert hit.details["rate"] == "0.0%" and hit.details["total"] == "2"
    assert (hit.details["differing"], hit.details["township_only"]) == ("1", "1")
    assert {p.path for p in hit.places} == {"r.xlsx", "c.xlsx"}


def test_visits_of_one_unknown_child_are_one_finding() -> None:
    visits = [{"child_name": "何小伟", "visit_date": f"2026-0{m}-01"} for m in (5, 6)]
    kind, hits = only(
        run(
            "linked_missing",
            table([girl("覃金莲")], "roster", "r.xlsx"),
            table(visits, "visits", "w.xlsx"),
            lists={"visits": ["roster"]},
            everywhere=True,
        )
    )
    assert kind == "visits" and hits.count == 1 and hits.row.tolist() == [0, 1]
