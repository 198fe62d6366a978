"""Reordering rows, renaming files or adding children changes no fingerprint."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.story.registers import Child, write_roster

from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit

SURNAMES = "赵钱孙李周吴郑王冯陈"
CHILDREN = [
    Child(f"{s}小{'峰梅宝莲伟'[n % 5]}", n + 1, girl=bool(n % 2), wrong_sex=n % 3 == 0, blank=n % 4 == 1)
    for n, s in enumerate(SURNAMES)
]
MORE = [Child(f"{s}志强", n + 30, wrong_sex=True) for n, s in enumerate("蒋沈韩杨")]


def found(folder: Path) -> dict[tuple[str, str], str]:
    """(rule, masked child) → fingerprint."""
    result = audit(Request((folder,), as_of=date(2026, 10, 31), select=("C08", "C10"), jobs=1))
    rows = result.issues.select(["rule", "child", "fingerprint"]).to_pylist()
    return {(r["rule"], r["child"].replace(" ", "")): r["fingerprint"] for r in rows}


@given(
    order=st.permutations(range(len(CHILDREN))),
    more=st.lists(st.sampled_from(MORE), unique=True),
    name=st.sampled_from(["花名册.xlsx", "白石镇(10月)改.xlsx", "子文件夹/a.xlsx"]),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_fingerprints_hold(order: list[int], more: list[Child], name: str) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        write_roster(Path(one) / "花名册.xlsx", "白石镇", "珠岩村", CHILDREN)
        write_roster(Path(two) / name, "白石镇", "珠岩村", [*more, *(CHILDREN[i] for i in order)])
        before, after = found(Path(one)), found(Path(two))
    assert before
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + len(more)
