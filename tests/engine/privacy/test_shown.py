"""What is shown of a cell lets its clerk find the fault, and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.e2e.desk import children, register, report_of

STRANGE = "\ue863"


@pytest.fixture
def report(tmp_path: Path) -> list[dict[str, object]]:
    rows = children(6)
    rows[0][3] = f"罗{STRANGE}"  # a character of a county's own font
    rows[1][7] = "5.29901201503120E+17"
    rows[2][7] = f"'{rows[2][7][:17]} "  # a digit short, with what programs put around it
    rows[3][6], rows[3][18] = "属羊", f"祖父{STRANGE}"
    register(tmp_path / "花名册.csv", rows)
    found = report_of(tmp_path, "--as-of", "2026-10-31", "--select", "C,D").report
    issues: list[dict[str, object]] = found["issues"]
    return issues


def said(issues: list[dict[str, object]], rule: str) -> list[str]:
    return [str(i["message"]) for i in issues if i["rule"] == rule]


def test_what_no_other_machine_can_show_is_told_by_its_code(report: list[dict[str, object]]) -> None:
    (message,) = said(report, "C11")
    assert message.startswith("罗〔U+E863〕：") and "U+E863" in message.split("（")[-1]
    text = repr(report)
    assert STRANGE not in text and "祖父〔U+E863〕" in text


def test_a_number_in_scientific_notation_shows_that_it_is_one(report: list[dict[str, object]]) -> None:
    (message,) = said(report, "C03")
    assert "“5.299…E+17”" in message and "1201503" not in repr(report)


def test_the_subject_has_a_trimmed_number(report: list[dict[str, object]]) -> None:
    numbers = [i["subject"]["id_no"] for i in report if i["rule"] == "C01"]  # type: ignore[index]
    assert numbers and all(str(n)[0] == "5" and " " not in str(n) for n in numbers)
