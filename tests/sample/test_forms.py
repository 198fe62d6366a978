"""One form per child through the real command: the clean county's children, each with a form, and what is
found where a township's forms are not in order."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.command import run
from tests.e2e.desk import id_no
from tests.intake.form_sheets import tick
from tests.sample.township_forms import Child, as_stack, as_xls, as_xlsx, of_roster

from lbt_audit.config.load import load_county
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.values.mask import mask_value

CLEAN = Path(__file__).resolve().parents[2] / "sample_data" / "clean"


@dataclass
class County:
    """A copy of the clean county; ``children``: the forms of each township, as its roster has them."""

    folder: Path
    children: dict[str, list[Child]] = field(default_factory=dict)

    def write(self) -> None:
        """白石镇: a file per child in the old format; 清水乡: a book with a sheet per child, and for one village
        forms one below the other."""
        for township, children in self.children.items():
            folder = self.folder / township / "一人一表"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            if township == "白石镇":
                for number, child in enumerate(children):
                    as_xls(folder / f"{number:03d}{child['child_name']}登记表.xls", child)
            else:
                village = [c for c in children if c["village"] == "沙坝村"]
                as_stack(folder / "沙坝村登记表.xlsx", village)
                if others := [c for c in children if c not in village]:
                    as_xlsx(folder / "其他村登记表.xlsx", others)

    def check(self, *options: str) -> dict[str, Any]:
        wishes = ("--format", "json", "--fail-on", "never", *(options or ["--no-documents"]))
        done = run("check", self.folder, *wishes)
        assert done.returncode == 0, done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        assert not [r for r in report["rules"] if r["status"] == "crashed"]
        return report


def rosters(folder: Path) -> Iterator[tuple[str, list[Child]]]:
    county = load_county(folder / "lbt-audit.toml")
    frame = read(Request(paths=[folder], county=county)).book.frames["roster"]
    for table in frame.tables:
        columns = {f: c.text.to_pylist() for f, c in table.columns.items()}
        rows = [{f: texts[i] for f, texts in columns.items()} for i in range(len(table))]
        yield table.unit.name, [of_roster(row, f"{table.unit.name}人民政府") for row in rows]


@pytest.fixture
def county(tmp_path: Path) -> County:
    shutil.copytree(CLEAN, tmp_path / "clean")
    return County(tmp_path / "clean", dict(rosters(tmp_path / "clean")))


def told(issues: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(i["rule"], i["message"], str(i["locations"][:2])) for i in issues]


def test_complete_forms_are_silent(county: County) -> None:
    """177 children, among them twins, orphans of one parent, a child without 户口 and two of one name."""
    county.write()
    report = county.check()
    assert told(report["issues"]) == []
    assert sum(s["rows"] for i in report["inputs"] for s in i["sheets"] if s["kind"] == "child_form") == 177
    (ran,) = [r for r in report["rules"] if r["rule"] == "F08"]
    assert ran["status"] == "ran"


def test_what_is_not_in_order_is_found_and_nothing_else(county: County) -> None:
    """One form missing, one stray, one item that differs, one name misspelt, one box ticked twice, one left
    open."""
    here, there = county.children["白石镇"], county.children["清水乡"]
    missing = here.pop(7)
    differing = there[3]
    differing["mother_name"] = f"{differing['mother_name'][0]}桂花"
    misspelt = next(c for c in there if len(c["child_name"]) == 3 and c["village"] == "沙坝村")
    name = misspelt["child_name"]
    misspelt["child_name"] = f"{name[:2]}{'芝' if name[2] != '芝' else '之'}"
    twice = here[20]
    twice["guard_eval"] = tick("guard_eval", "监护情况一般", "监护情况较好")
    unticked = here[30]
    unticked["both_away"] = tick("both_away")
    stray = {
        **here[11],
        "child_name": "欧阳春雷",
        "birth_date": "2014.9.8",
        "id_no": id_no("52990120140908", 3),
    }
    stray |= {"father_name": "欧阳海", "mother_name": "何桂珍", "sex": "男"}
    stray |= {"father_birth": "1985.3.8", "father_id": id_no("52990119850308", 1)}
    stray |= {"mother_birth": "1987.5.6", "mother_id": id_no("52990119870506", 2)}
    stray |= {"father_phone": "13900001234", "mother_phone": "13900005678", "guardian_name": "欧阳老根"}
    stray |= {
        "guardian_id": id_no("52990119600308", 1),
        "guardian_phone": "13900004321",
        "guardian_rel": "祖父",
    }
    here.append(stray)
    county.write()
    report = county.check()
    found = sorted((i["rule"], i["subject"]["child"], cells(i)) for i in report["issues"])
    assert found == sorted(
        [
            ("B09", shown(unticked), "C13"),
            ("B09", shown(twice), "C16"),
            ("F02", shown({"child_name": name}), "C3"),
            ("F04", shown(differing), "C11"),
            ("F08", shown(missing), ""),
            ("F08", shown(stray), "C3 C4"),
        ]
    )
    (message,) = (i["message"] for i in report["issues"] if i["rule"] == "F02")
    assert f"[{name[2]}/{misspelt['child_name'][2]}]" in message and "证号相同" in message


def test_one_village_that_handed_in_forms_does_not_make_its_township_incomplete(county: County) -> None:
    village = [c for c in county.children["清水乡"] if c["village"] == "沙坝村"]
    for child in village:
        child["unit_name"] = "沙坝村民委员会"
    county.children = {"清水乡": village}
    county.write()
    assert told(county.check()["issues"]) == []
    missing = village.pop()
    county.write()
    report = county.check()
    assert [(i["rule"], i["subject"]["child"]) for i in report["issues"]] == [("F08", shown(missing))]


def test_no_output_bears_the_name_of_a_child(county: County, tmp_path: Path) -> None:
    """Files and sheets are named after the children; two of them look alike once masked."""
    children = county.children["白石镇"][:12]
    county.children = {"白石镇": children}
    folder = county.folder / "白石镇" / "一人一表"
    county.write()
    as_xlsx(folder / "一个村的.xlsx", [children.pop(), children.pop()])
    twin = {**children[0], "child_name": "陈正诗", "fill_date": ""}
    children[0] |= {"child_name": "陈宏诗", "reviewer": ""}
    for child in (twin, children[0]):
        as_xls(folder / f"{child['child_name']}登记表.xls", child)
    (folder / "陈坏诗登记表.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    out = tmp_path / "out"
    report = county.check("--out", str(out))
    assert {"A06", "A07", "F08"} <= {i["rule"] for i in report["issues"]}
    paths = [i["path"] for i in report["inputs"] if "一人一表" in i["path"]]
    assert len(set(paths)) == len(paths)
    assert {"白石镇/一人一表/陈*诗登记表.xls", "白石镇/一人一表/陈*诗登记表(2).xls"} <= set(paths)
    written = json.dumps(report, ensure_ascii=False) + "".join(texts_in(out))
    names = {c["child_name"] for c in (*children, twin)} | {"陈坏诗"}
    assert [n for n in sorted(names) if n in written] == []
    clear = county.check("--mask", "none", "--yes", "--no-documents")
    assert "白石镇/一人一表/陈宏诗登记表.xls" in [i["path"] for i in clear["inputs"]]


def texts_in(folder: Path) -> Iterator[str]:
    """Whatever the documents below ``folder`` hold, and what they are called. An annotated copy is the unit's own file: only
    its name counts (what it adds: tests/e2e/planted.py)."""
    for path in sorted(folder.rglob("*")):
        yield path.name
        if "批注" in path.parts:
            continue
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as package:
                yield from (package.read(name).decode("utf-8", "replace") for name in package.namelist())
        elif path.is_file():
            yield path.read_text("utf-8", "replace")


def shown(child: Child) -> str:
    return mask_value(child["child_name"], "name")


def cells(issue: dict[str, Any]) -> str:
    """The cells of forms an issue points at."""
    return " ".join(f"{p['column']}{p['row']}" for p in issue["locations"] if "一人一表" in p["path"])
