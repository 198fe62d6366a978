"""Facts other registers tell: read as data, every mistake told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.checks.registers import loaded

from lbt_audit.engine.rules.load import vocabulary
from lbt_audit.model.errors import ConfigError
from lbt_audit.rulebook.linked import Linked, linked_types, read_linked


def read(folder: Path, text: str) -> dict[str, Linked]:
    (folder / "linked.yaml").write_text(text, encoding="utf-8")
    return dict(read_linked(folder, vocabulary(loaded()[1])))


def test_what_a_fact_is_of_follows_from_what_it_asks(tmp_path: Path) -> None:
    common = "{zh: 甲, en: x, in: [visits]"
    found = read(
        tmp_path,
        f"t.any: {common}}}\nt.many: {common}, count: true}}\nt.last: {common}, newest: visit_date.hi}}\n",
    )
    assert [one.type.name for one in found.values()] == ["truth", "number", "day"]
    assert {name: type_.name for name, type_ in linked_types(tmp_path).items()} == {
        "t.any": "truth", "t.many": "number", "t.last": "day",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{zh: 甲, en: x, in: [vists]}", "visits"),
        ("{zh: 甲, en: x, in: [visits], where: {guard_evl: {is: poor}}}", "guard_evl"),
        ("{zh: 甲, en: x, in: [visits], where: {orphan_kind: {is: orphan}}}", "orphan_kind"),
        ("{zh: 甲, en: x, in: [visits], newest: visit_content}", "day"),
        ("{zh: 甲, en: x, in: [visits], newest: visit_date.hi, count: true}", "newest"),
        ("{zh: 甲, in: [visits]}", "en"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, entry: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, f"t.good: {{zh: 甲, en: x, in: [visits]}}\nt.wrong: {entry}\n")
    (problem,) = caught.value.problems
    assert problem.file == "linked.yaml" and problem.line == 2
    assert says in problem.text.en
