"""The steps of a divided audit: what they leave, what happens when one fails, who may read it."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import numpy as np
import pytest

from lbt_audit.checks.registry import checks
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.engine.rules.load import load_all
from lbt_audit.intake.table import Column, Note, Submission, Table
from lbt_audit.model.secret import Secret
from lbt_audit.model.unit import Unit
from lbt_audit.partitions.exchange import shared_rows
from lbt_audit.partitions.local import Runner, divided, here, one_by_one
from lbt_audit.partitions.plan import plan
from lbt_audit.partitions.steps import Step
from lbt_audit.partitions.stored.submissions import store, stored
from lbt_audit.partitions.stored.tree import dumps, loads

SECRET = Secret("not to be seen anywhere else", "kept")


def audited(province: Path, run: Runner) -> Audit:
    found = plan(Request((province,), secret=SECRET, jobs=1, select=("A", "B", "E03")))
    assert found is not None
    return divided(found, Watcher(), one_by_one(run))


def test_a_county_that_fails_is_told_and_the_others_end(province: Path) -> None:
    def run(folder: Path, step: Step) -> None:
        if step.name == "conclude" and step.world == 1:
            raise ValueError("杨晓峰 52990120150312001X")
        here(folder, step)

    result = audited(province, run)
    assert [t.zh for t in result.run.given_up] and "乙水县：核查中断（ValueError" in result.run.given_up[0].zh
    assert "杨晓峰" not in str(result.run)
    told = {s.path.partition("/")[0] for s in result.submissions if s.reason == "crashed"}
    assert told == {"乙水县"}
    issues = {p.as_py().partition("/")[0] for p in result.locations["path"]}
    assert {"丙山县", "甲林县"} <= issues


def test_what_lies_on_the_shelf_is_private_and_goes(province: Path) -> None:
    seen: dict[str, object] = {}

    def run(folder: Path, step: Step) -> None:
        here(folder, step)
        seen["folder"], seen["mode"] = folder, stat.S_IMODE(folder.stat().st_mode)
        seen.update({p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()})

    audited(province, run)
    folder = seen.pop("folder")
    assert seen.pop("mode") == 0o700
    assert set(seen.values()) == {0o600}
    assert isinstance(folder, Path) and not folder.exists()


def test_a_step_run_again_leaves_the_same(province: Path) -> None:
    def twice(folder: Path, step: Step) -> None:
        here(folder, step)
        here(folder, step)

    once, again = audited(province, here), audited(province, twice)
    assert once.issues.to_pylist() == again.issues.to_pylist()
    assert once.locations.to_pylist() == again.locations.to_pylist()


def test_keys_of_two_counties_meet() -> None:
    def keys(*pairs: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        return np.array([h for h, _ in pairs], np.uint64), np.array([r for _, r in pairs], np.int64)

    found = shared_rows(
        {0: keys((7, 1), (8, 2), (8, 3)), 1: keys((9, 1), (9, 2)), 2: keys((8, 5), (7, 5), (6, 0))}
    )
    assert {world: rows.tolist() for world, rows in found.items()} == {0: [1, 2, 3], 1: [], 2: [5]}


def test_every_kind_of_check_says_how_far_it_looks() -> None:
    said = {name: check.crosses for name, check in checks().items()}
    assert {name for name, crosses in said.items() if crosses not in ("record", "county")} == {"groups"}
    for name, check in checks().items():
        module = (check.on_frame or check.on_book).__module__  # type: ignore[union-attr]
        if any(room in module for room in (".groups.", ".links.", ".history.")):
            assert check.crosses != "record", name
    catalogue, _ = load_all()
    assert all(checks()[rule.check].crosses for rule in catalogue.rules.values())


def test_submissions_come_back_as_they_were(tmp_path: Path) -> None:
    import pyarrow as pa

    column = Column(
        "child_name", 2, "姓名", "standard", pa.array(["杨晓峰", "", "李小梅"]), np.array([1, 0, 1], np.uint8),
        filled=np.array([False, False, True]),
    )  # fmt: skip
    form = Column(
        "id_no",
        3,
        "证号",
        "alias",
        pa.array(["1", "2", "3"]),
        np.ones(3, np.uint8),
        rows=np.array([9, 3, 7], np.int32),
    )
    table = Table(
        "a.csv", "表", "roster", Unit("township", "白石镇"), np.array([5, 6, 9], np.int32), {"child_name": column, "id_no": form},
        notes=(Note("hidden_rows", 3, detail={"n": "2"}),), facts={"unit_name": ("白石镇", 2, 0)},
    )  # fmt: skip
    path = tmp_path / "x.parquet"
    store(
        path,
        [
            Submission("a.csv", "0" * 64, "audited", tables=(table,)),
            Submission("b.pdf", "", "ignored", "pdf"),
        ],
    )
    first, second = stored(path)
    (back,) = first.tables
    assert (second.path, second.reason, second.tables) == ("b.pdf", "pdf", ())
    assert back.rows.tolist() == [5, 6, 9] and back.rows.dtype == np.int32
    assert (back.notes, back.facts, back.unit) == (table.notes, table.facts, table.unit)
    assert back.columns["child_name"].text.to_pylist() == ["杨晓峰", "", "李小梅"]
    assert back.columns["child_name"].filled.tolist() == [False, False, True]
    assert back.columns["id_no"].rows.tolist() == [9, 3, 7] and back.columns["id_no"].filled is None


@pytest.mark.parametrize("text", ['{"Path": ["x"]}', '{"os.system": ["x"]}', '{"Popen": [["ls"]]}'])
def test_a_file_makes_no_other_object(text: str) -> None:
    with pytest.raises(KeyError):
        loads(text)
    with pytest.raises(TypeError):
        dumps(object())
    assert json.loads(dumps(SECRET)) == {"Secret": [SECRET.value, "kept", None, []]}
