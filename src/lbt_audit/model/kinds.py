"""The kinds of register and what they are called in a sentence."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.text import Lang, Text

KINDS: Final = {
    "roster": Text("花名册", "roster"),
    "village_book": Text("村级台账", "village book"),
    "school_ledger": Text("学校台账", "school ledger"),
    "enrolment": Text("学籍信息", "enrolment"),
    "orphans": Text("孤儿及困境儿童名册", "register of orphans and protected children"),
    "child_form": Text("登记表（一人一表）", "child form"),
    "statistics": Text("统计表", "statistics"),
    "helpers": Text("结对帮扶表", "register of helpers"),
    "visits": Text("走访家访台账", "register of visits"),
    "agreements": Text("委托照护协议台账", "register of agreements"),
    "attendance": Text("考勤台账", "attendance register"),
    "dormitory": Text("住宿生名册", "dormitory list"),
    "rectification": Text("整改台账", "rectification register"),
}


def kind_title(kind: str, lang: Lang) -> str:
    """What a kind of register is called; the key itself for one unknown here."""
    return KINDS[kind][lang] if kind in KINDS else kind
