"""``docs/checks.md`` is written from the declarations, and current."""

from __future__ import annotations

from docs.write_checks import PAGE, RULES_PAGE, with_operators, write

from lbt_audit.checks.registry import checks


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == write(), "run: python docs/write_checks.py"


def test_the_operators_are_those_there_are() -> None:
    text = RULES_PAGE.read_text(encoding="utf-8")
    assert text == with_operators(text), "run: python docs/write_checks.py"
    assert "| `among:` |" in text


def test_every_kind_and_parameter_is_described() -> None:
    for check in checks().values():
        run = check.on_frame or check.on_book
        assert run is not None and len((run.__doc__ or "").split()) > 20, check.name
        fields = check.params.model_fields if check.params is not None else {}
        assert all(field.description for field in fields.values()), check.name
