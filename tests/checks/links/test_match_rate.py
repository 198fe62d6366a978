"""How far a school's ledger and a township's roster agree."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.links.registers import run
from tests.checks.registers import table
from tests.links.test_links import SCHOOL, girl

from lbt_audit.checks.hits import PlaceHits

PUPIL = {"school_name": "白石镇中心小学", "school_status": "小学"}


def rates(ledger: dict[str, str], fields: dict[str, Any]) -> PlaceHits:
    boy = {"child_name": "杨晓峰", "id_no": "52990120150312001X", **PUPIL}
    ((_, places),) = run(
        "match_rate",
        table([girl("覃金莲", sex="女", **PUPIL), boy], "roster", "r.xlsx"),
        table([ledger], "school_ledger", "c.xlsx", unit=SCHOOL),
        fields=fields,
    )
    assert isinstance(places, PlaceHits)
    return places


@pytest.mark.parametrize(
    ("ledger", "fields", "rate", "differing"),
    [
        (girl("覃晶莲"), {}, "0.0%", "1"),
        (girl("覃金莲", sex="男"), {}, "50.0%", "0"),
        (girl("覃金莲", sex="男"), {"sex": {"as": "value"}}, "0.0%", "1"),
    ],
)
def test_the_match_rate_stands_in_the_finding(
    ledger: dict[str, str], fields: dict[str, Any], rate: str, differing: str
) -> None:
    (hit,) = rates(ledger, fields).hits
    assert (hit.details["rate"], hit.details["differing"]) == (rate, differing)
    assert (hit.details["total"], hit.details["township_only"]) == ("2", "1")
    assert {p.path for p in hit.places} == {"r.xlsx", "c.xlsx"}
