"""Forms walked the way of another say what they would say by themselves."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from tests.intake.form_sheets import CHILD, form
from tests.intake.grids import dictionary, grid, submit

from lbt_audit.intake.forms import tables
from lbt_audit.intake.forms.cells import Words
from lbt_audit.intake.forms.plans import Plans
from lbt_audit.intake.table import Table

# What stands where a value goes, and may be a label, a group, a note or a fact instead.
TEXTS = [
    "", " ", "—", "无", "杨晓峰", "祖父", "父亲", "姓名", "联系电话", "姓名：张三",
    "姓名：张三 性别：男", "填表人：李强", "填表人", "注：无", "说明",
    "青禾县白石镇珠岩村三组二十一号", "√", "是( √ )否( )", "家庭情况", "1", "13885720001",
    "填报单位：白石镇人民政府 2026年", "QQ：123", "监护人", "其他：",
]  # fmt: skip


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Plans]]:
    """The ways known, by kind of form; ``anew``: nothing is known of any form."""
    known: dict[str, Plans] = {}

    def of(same: tables._Same, form: str) -> Plans:
        words = Words(same.dictionary, same.dictionary.kinds[form])
        return Plans(words) if "anew" in known else known.setdefault(form, Plans(words))

    monkeypatch.setattr(tables, "plans_of", of)
    yield known


def written(seed: int) -> list[Table]:
    """A form with some of its values, or even its labels, written otherwise."""
    rng = random.Random(seed)
    child = dict(CHILD)
    for field in rng.sample(sorted(child), rng.randint(0, 4)):
        child[field] = rng.choice(TEXTS)
    lines, merges = form(child)
    if rng.random() < 0.3:
        line = rng.choice(lines[2:-4])
        line[rng.randrange(len(line))] = rng.choice(TEXTS)
    return list(submit(grid(lines, merges), path="一人一表/登记表.xlsx").tables)


def shown(found: list[Table]) -> list[object]:
    return [
        (t.kind, t.unit, t.rows.tolist(), t.facts, t.notes, t.unmapped,
         [(c.field, c.index, c.header, c.match, c.text.to_pylist(), c.kinds.tolist(), c.rows.tolist())
          for c in t.columns.values() if c.rows is not None])
        for t in found
    ]  # fmt: skip


def test_the_way_of_one_is_the_way_of_all_alike(plans: dict[str, Plans]) -> None:
    assert dictionary().forms
    count = 250
    together = [shown(written(seed)) for seed in range(count)]
    assert plans
    ways = len(plans["child_form"]._ways)
    plans["anew"] = plans["child_form"]
    alone = [shown(written(seed)) for seed in range(count)]
    for one, other in zip(together, alone, strict=True):
        assert one == other
    assert 10 < ways < count * 0.9, "some went the way of others"
