"""What another list should hold and does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.checks.links.registers import SAYS, none, only, run
from tests.checks.registers import table
from tests.links.test_links import SCHOOL, girl

from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit

AWAY = {"father_work_place": "广东东莞", "mother_work_place": "广东东莞"}
BOY = {"child_name": "杨晓峰", "id_no": "52990120150312001X", "village": "珠岩村"}


def missing(*tables: Any, **params: Any) -> list[tuple[str, Any]]:
    return run("held_elsewhere", *tables, words=SAYS, **params)


def test_a_child_of_two_lists_is_missed_once() -> None:
    outcomes = missing(
        table([girl("覃金莲", village="珠岩村")], "village_book", "v.xlsx"),
        table([girl("覃金莲", village="珠岩村", **AWAY)], "school_ledger", "c.xlsx", unit=SCHOOL),
        table([BOY], "roster", "r.xlsx"),
        records={
            "village_book": {"in": ["roster"]},
            "school_ledger": {"in": ["roster"], "where": {"child.eligible": {"is": True}}},
        },
    )
    kind, hits = only(outcomes)
    assert kind == "village_book" and hits.count == 1 and hits.details["missing"][0].zh == "花名册"  # type: ignore[union-attr]
    assert hits.rests_on["roster"].tolist() == [True]


def test_a_doubtful_counterpart_is_pointed_at_and_softens() -> None:
    """The same name and parents, but three years younger: not called missing without more ado."""
    more = {"father_name": "覃大山", "mother_name": "李秀英", "village": "珠岩村"}
    one = girl("覃金莲", birth_date="2013-07-04", **more)
    other = {**one, "id_no": "", "birth_date": "2016-08-07"}
    _, hits = only(
        missing(
            table([one], "village_book", "v.xlsx"),
            table([other], "roster", "r.xlsx"),
            records={"village_book": {"in": ["roster"]}},
        )
    )
    assert hits.severity is not None and hits.severity.tolist() == [Severity.WARNING]
    (others,) = hits.others
    assert others.row.tolist() == [0] and [n.zh for n in others.notes or ()] == ["疑似"]
    assert hits.details["perhaps"][0].zh == "请先核对"  # type: ignore[union-attr]
    assert hits.details["lacks"] == [Text("", "")]
    assert hits.probability is not None and 0.2 <= hits.probability[0] < 0.98


@pytest.mark.parametrize(("in_any", "lacks"), [(False, "学校台账没有"), (True, "")])
def test_of_a_list_with_a_doubtful_record_it_is_not_said_that_it_lacks_the_child(
    in_any: bool, lacks: str
) -> None:
    """One of several lists is enough where any of them may hold the child."""
    more = {"father_name": "覃大山", "mother_name": "李秀英", "village": "珠岩村"}
    one = girl("覃金莲", birth_date="2013-07-04", school_name="白石镇中心小学", **more)
    other = {**one, "id_no": "", "birth_date": "2016-08-07"}
    _, hits = only(
        run(
            "held_elsewhere",
            table([one], "roster", "r.xlsx"),
            table([other], "village_book", "v.xlsx"),
            table([BOY], "school_ledger", "c.xlsx", unit=SCHOOL),
            words={
                "lacks": {"zh": "{missing}没有", "en": "not in {missing}"},
                "perhaps": {"zh": "{doubtful}待核", "en": "check {doubtful}"},
                "candidate": {"zh": "约{probability}", "en": "about {probability}"},
            },
            records={"roster": {"in": ["village_book", "school_ledger"]}},
            in_any=in_any,
        )
    )
    assert [t.zh for t in hits.details["lacks"]] == [lacks]  # type: ignore[union-attr]
    assert [t.zh for t in hits.details["perhaps"]] == ["村级台账待核"]  # type: ignore[union-attr]
    assert hits.probability is not None
    (others,) = hits.others
    assert [n.zh for n in others.notes or ()] == [f"约{100 * hits.probability[0]:.0f}%"]


def test_what_is_missing_for_certain_has_no_probability() -> None:
    _, hits = only(
        missing(
            table([girl("覃金莲", village="珠岩村")], "village_book", "v.xlsx"),
            table([BOY], "roster", "r.xlsx"),
            records={"village_book": {"in": ["roster"]}},
        )
    )
    assert hits.probability is not None and np.isnan(hits.probability).all()


def test_visits_of_one_unknown_child_are_one_finding() -> None:
    visits = [{"child_name": "何小伟", "visit_date": f"2026-0{m}-01"} for m in (5, 6)]
    kind, hits = only(
        missing(
            table([girl("覃金莲")], "roster", "r.xlsx"),
            table(visits, "visits", "w.xlsx"),
            records={"visits": {"in": ["roster"]}},
            in_any=True,
        )
    )
    assert kind == "visits" and hits.count == 1 and hits.row.tolist() == [0, 1]


@pytest.mark.parametrize(("in_any", "told"), [(False, ["学校台账"]), (True, [])])
def test_one_of_several_lists_may_be_enough(in_any: bool, told: list[str]) -> None:
    outcomes = missing(
        table([girl("覃金莲", school_name="白石镇中心小学"), BOY], "roster", "r.xlsx"),
        table([girl("覃金莲", village="珠岩村")], "village_book", "v.xlsx"),
        table([BOY], "school_ledger", "c.xlsx", unit=SCHOOL),
        records={
            "roster": {"in": ["village_book", "school_ledger"], "unless": {"child_name": {"eq": "杨晓峰"}}}
        },
        in_any=in_any,
    )
    assert [t.zh for _, o in outcomes for t in o.details["missing"]] == told


def test_an_agreement_each_child_with_another_guardian_must_have() -> None:
    """A register in which a child may stand many times; only where the unit handed one in."""
    roster = [
        girl("覃金莲", father_name="覃大山", guardian_name="覃老奶", guardian_rel="祖母"),
        {**BOY, "father_name": "杨大山", "guardian_name": "杨大山", "guardian_rel": "父"},
        {
            "child_name": "罗小兵",
            "id_no": "529901201205060012",
            "guardian_name": "罗大妹",
            "guardian_rel": "姑姑",
        },
    ]
    agreed = [
        {"child_name": "罗小兵", "ag_trustee": "罗大妹"},
        {"child_name": "罗小兵", "ag_trustee": "罗大妹"},
    ]
    records = {"roster": {"in": ["agreements"], "unless": {"guardian.is_parent": {"is": True}}}}
    _, hits = only(
        missing(table(roster, "roster", "r.xlsx"), table(agreed, "agreements", "g.xlsx"), records=records)
    )
    assert hits.row.tolist() == [0]
    elsewhere = Unit("township", "清水乡", "清水乡")
    assert none(
        missing(
            table(roster, "roster", "r.xlsx"),
            table(agreed, "agreements", "g.xlsx", unit=elsewhere),
            records=records,
        )
    )


def test_who_cannot_be_looked_for_is_not_missed_and_what_cannot_be_told_is_counted() -> None:
    ((_, hits),) = missing(
        table([{"child_name": "", "village": "珠岩村"}, girl("覃金莲", **AWAY)], "village_book", "v.xlsx"),
        table([{**girl("罗小兵"), "id_no": "529901201205060012"}], "school_ledger", "c.xlsx", unit=SCHOOL),
        table([BOY], "roster", "r.xlsx"),
        records={"school_ledger": {"in": ["roster"], "where": {"child.eligible": {"is": True}}}},
    )
    assert hits.count == 0 and hits.unverifiable == 1
