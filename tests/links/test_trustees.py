"""Whom an agreement entrusts, beside the guardian other registers name."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, table

from lbt_audit.links.comparison.comparisons import difference
from lbt_audit.links.comparison.fields import Difference, FieldComparison
from lbt_audit.links.links import Links

ID = "52990120150312001X"
HOW = FieldComparison.model_validate({"as": "trustee", "with": "ag_trustee"})
HUSBAND, WIFE = (
    {"guardian_name": "周国富", "guardian_rel": "祖父"},
    {"guardian_name": "石朝珍", "guardian_rel": "祖母"},
)


def compared(registered: dict[str, str], agreed: dict[str, str]) -> Difference:
    child = {"child_name": "杨晓峰", "id_no": ID}
    made = book(
        table([child | registered], "roster", "r.xlsx"), table([child | agreed], "agreements", "g.xlsx")
    )
    (pairing,) = Links.of(made).comparisons.with_register("agreements")
    found = difference(pairing, "guardian_name", HOW)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("registered", "agreed", "found"),
    [
        (HUSBAND, {"ag_trustee": "周国富"}, False),
        (HUSBAND, {"ag_trustee": "周 國富"}, False),
        (HUSBAND, {"ag_trustee": "石老四"}, True),
        (HUSBAND, {"ag_trustee": "石朝珍", "ag_trustee_rel": "奶奶"}, False),
        (HUSBAND, {"ag_trustee": "石朝珍", "guardian_rel": "祖母"}, False),
        (HUSBAND, {"ag_trustee": "石朝珍", "ag_trustee_rel": "外婆"}, True),
        (HUSBAND, {"ag_trustee": "周国富、石朝珍"}, False),
        (WIFE, {"ag_trustee": "周国富和石朝珍"}, False),
        (WIFE, {"ag_trustee": "周国富 石朝珍"}, False),
        ({"guardian_name": "尼玛次仁"}, {"ag_trustee": "尼玛 次仁"}, False),
        (WIFE, {"ag_trustee": "周国富 石老四"}, True),
        (WIFE, {"ag_trustee": "石朝贞"}, True),
        (HUSBAND, {"ag_trustee": "奶奶"}, False),
        (HUSBAND, {"ag_trustee": ""}, False),
        (HUSBAND, {"ag_trustee": "石朝珍", "ag_trustee_id": "529901195704030127"}, False),  # may be his wife
        (HUSBAND, {"ag_trustee": "石朝珍", "ag_trustee_id": "529901195704030119"}, True),  # a man
        (
            {"guardian_name": "石朝珍", "guardian_rel": "姑母"},
            {"ag_trustee": "石小妹（曾用名石朝珍）"},
            False,
        ),
        ({"guardian_name": "杨大山", "father_name": "杨大山"}, {"ag_trustee": "石朝珍"}, False),
        ({"guardian_name": "珠岩村村委会"}, {"ag_trustee": "石朝珍"}, False),
        (HUSBAND, {"guardian_name": "石老四", "ag_sign_date": "2026-03-02"}, True),
    ],
)
def test_who_is_another(registered: dict[str, str], agreed: dict[str, str], found: bool) -> None:
    assert compared(registered, agreed).found.tolist() == [found]


def test_how_they_differ() -> None:
    made = compared(WIFE, {"ag_trustee": "石朝贞"})
    assert [kind for kind, holds in made.kinds.items() if holds[0]] == ["same_sound"]
    assert (made.left_field, made.right_field) == ("guardian_name", "ag_trustee")
    assert (made.left.to_pylist(), made.right.to_pylist()) == (["石朝珍"], ["石朝贞"])
