"""What people write into 整改完成情况 instead of taking it from the list."""

from __future__ import annotations

import pytest

from lbt_audit.ledger.replies.form import state_of


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已整改", "done"), ("整改完成", "done"), ("已更正（附户口簿照片）", "done"), (" 已 整改 ", "done"), ("√", "done"),
        ("整改中", "under_way"), ("正在办理(派出所)", "under_way"), ("未整改", "not_done"), ("尚未整改", "not_done"),
        ("不属实", "disputed"), ("情况不符（孩子已转学）", "disputed"),
    ],
)  # fmt: skip
def test_the_usual_wordings(text: str, state: str) -> None:
    assert state_of(text) == state


@pytest.mark.parametrize("text", ["见附件", "已", "下月整改", "已整改还是未整改", ""])
def test_what_means_none_of_the_four_is_not_guessed(text: str) -> None:
    assert state_of(text) is None
