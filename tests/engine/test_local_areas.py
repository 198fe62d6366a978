"""A county's area code that no table knows is not an error of every child."""

from __future__ import annotations

from tests.checks.registers import table

from lbt_audit.engine.county.areas import area_warnings, local_areas


def _rows(area: str, count: int) -> list[dict[str, str]]:
    return [{"id_no": f"{area}20150312{number:03d}X"} for number in range(count)]


def test_a_code_most_numbers_bear_is_local() -> None:
    found = local_areas([table(_rows("529901", 30)), table(_rows("522428", 20))], frozenset())
    assert found == {"529901": 30}
    assert "529901" in area_warnings(found)[0].zh


def test_few_numbers_or_a_minority_prove_nothing() -> None:
    assert local_areas([table(_rows("529901", 4))], frozenset()) == {}
    assert local_areas([table(_rows("529901", 16))], frozenset()) == {"529901": 16}  # a clerk's own list
    assert local_areas([table(_rows("529901", 20)), table(_rows("522428", 21))], frozenset()) == {}
    assert local_areas([table([{"child_name": "杨晓峰"}])], frozenset()) == {}


def test_codes_of_the_county_file_need_no_warning() -> None:
    assert local_areas([table(_rows("529901", 30))], frozenset(["529901"])) == {}
