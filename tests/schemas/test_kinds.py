"""Kinds of register: what is shipped, the lint of their files, requirements, and what a county changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.checks.registers import AS_OF, PARAMS, rule, table

from lbt_audit.checks.registry import checks
from lbt_audit.engine.reading.framing import make_book, make_context, make_frames
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.engine.rules.load import vocabulary
from lbt_audit.engine.rules.requirements import lint_requirements, with_requirements
from lbt_audit.intake.table import Submission
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.home import HomeArea
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.catalogue import Catalogue
from lbt_audit.rulebook.condition import Condition
from lbt_audit.schemas.load import load_dictionary, schema_files

SHIPPED = data_dir("schemas")
KINDS = load_dictionary(SHIPPED).kinds


def own(folder: Path, text: str, name: str = "roster.yaml") -> Dictionary:
    """The dictionary with a county's file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    dictionary = load_dictionary(SHIPPED, [path])
    if problems := lint_requirements(vocabulary(dictionary), [path]):
        raise ConfigError(problems)
    return dictionary


def test_kinds_stand_in_the_order_of_their_rank() -> None:
    assert {"roster", "village_book", "school_ledger", "enrolment", "child_form", "children"} <= set(KINDS)
    assert list(KINDS) == sorted(KINDS, key=lambda key: KINDS[key].rank)


def test_what_is_shipped_asks_for_what_there_is() -> None:
    dictionary = load_dictionary(SHIPPED)
    assert lint_requirements(vocabulary(dictionary), schema_files(SHIPPED)) == []
    read_ = with_requirements(dictionary, vocabulary(dictionary))
    assert isinstance(read_.kinds["roster"].required["father_phone"], Condition)


def test_missing_columns_respect_what_stands_instead() -> None:
    roster = KINDS["roster"]
    everything = set(roster.template)
    assert roster.lacks(everything) == []
    assert roster.lacks(everything - {"birth_date"}) == ["birth_date"]
    without = everything - {"father_phone", "mother_phone"}
    assert roster.lacks(without) == ["father_phone", "mother_phone"]
    assert roster.lacks(without | {"parents_phone"}) == []


def test_what_the_county_requires_is_asked_and_nothing_else(tmp_path: Path) -> None:
    dictionary = own(tmp_path, "required:\n  child_name: ~\n  household_no: {sex: {is: male}}\n")
    assert dictionary.kinds["village_book"] == KINDS["village_book"]
    a_table = table([
        {"child_name": "甲", "sex": "男", "household_no": "", "ethnicity": ""},
        {"child_name": "乙", "sex": "女", "household_no": "", "ethnicity": ""},
    ])  # fmt: skip
    dictionary = with_requirements(dictionary, vocabulary(dictionary))
    frames = make_frames([a_table], dictionary, make_context(AS_OF, HomeArea()), PARAMS)
    submission = Submission("a.xlsx", "", "audited", tables=(a_table,))
    book = make_book(frames, [submission], Units(), PARAMS, dictionary, Catalogue({}))
    check = checks()["required"].on_frame
    assert check is not None
    hits = check(rule("required", states=["blank"]), frames["roster"], book)
    assert hits is not None and hits.row.tolist() == [0] and set(hits.points) == {"household_no"}


def test_a_required_column_is_asked_as_its_entry_says_unless_the_register_says_otherwise(
    tmp_path: Path,
) -> None:
    roster = own(
        tmp_path, "required: {father_phone: ~, mother_phone: true, id_no: {sex: {is: male}}}\n"
    ).kinds["roster"]
    unless_instead = {
        "not": {"all": [{"parents_phone": {"column": True}}, {"parents_phone": {"filled": True}}]}
    }
    assert roster.required == {
        "father_phone": {"all": [{"father.excused": False, "unless": {"father.gone": True}}, unless_instead]},
        "mother_phone": unless_instead,
        "id_no": {"sex": {"is": "male"}},
    }


def test_a_county_tightens_loosens_and_adds_single_columns(tmp_path: Path) -> None:
    text = """\
columns:
  age: {checks: {in_range: {min_value: 0, max_value: 17}}}
  ethnicity: {checks: {ethnic_group: {without: [unlisted]}}}
  bus_line: {zh: 校车线路, en: School bus line, checks: {code: bus_line}, privacy: public, titles: [校车线路]}
codes:
  bus_line: {title: {zh: 线路, en: line}, items: {'1': {label: {zh: 一号线, en: line 1}, aliases: [1路, 1]}}}
recognise: {titles: {校车: 2}}
"""
    dictionary = own(tmp_path, text)
    roster, built_in = dictionary.kinds["roster"], KINDS["roster"]
    assert roster.columns["age"] == {"whole_number": {}, "in_range": {"min_value": 0, "max_value": 17}}
    assert roster.columns["ethnicity"] == {"ethnic_group": {"without": ["unlisted"]}}
    assert dictionary.fields["bus_line"].kind == "code" and dictionary.codes["bus_line"]["1路"] == "1"
    assert dictionary.full["校车线路"] == ("bus_line", "standard")
    assert roster.signature.titles == {"校车": 2} and roster.signature.fields == built_in.signature.fields
    same = set(built_in.columns) - {"age", "ethnicity"}
    assert all(roster.columns[f] == built_in.columns[f] for f in same)
    assert dictionary.kinds["visits"].columns["age"] == KINDS["visits"].columns["age"]


NEW = """\
title: {zh: 心理辅导台账, en: counselling register}
child: many
include: [child]
required:
  child_name: ~
"""


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rooster.yaml", "required: {}\n", "rooster.yaml:1: 缺少“title”"),
        ("roster.yaml", "metadata:\n  required: {}\n", "roster.yaml:1: 未知的键“metadata”"),
        ("roster.yaml", "requird: {}\n", "roster.yaml:1: 未知的键“requird”，是否为“required”？"),
        ("roster.yaml", "required:\n  id_n: ~\n", "roster.yaml:2: required：“id_n”不是本表的栏目，是否为“id_no”？"),
        ("roster.yaml", "template: [seq,\n  id_n]\n", "roster.yaml:1: template：“id_n”不是本表的栏目，是否为“id_no”？"),
        ("roster.yaml", "required:\n  id_no: {sexx: {is: male}}\n", "roster.yaml:2: 没有字段“sexx”，是否为“sex”？"),
        ("roster.yaml", "required:\n  id_no: {sex: {iss: male}}\n", "roster.yaml:2: 没有运算“iss”，是否为“is”？"),
        ("roster.yaml", "include: [child, guardin]\n", "roster.yaml:1: 没有这组栏目“guardin”，是否为“guardian”？"),
        ("roster.yaml", "columns:\n  agee: {checks: whole_number}\n", "roster.yaml:2: 没有字段“agee”，是否为“age”？"),
        ("roster.yaml", "columns:\n  age: {checks: calendar_date}\n",
         "roster.yaml:2: 这一栏按 integer 读取，不能用“calendar_date”"),
        ("roster.yaml", "columns:\n  sex: {checks: {code: sx}}\n", "roster.yaml:2: 没有代码表“sx”，是否为“sex”？"),
        ("roster.yaml", "columns:\n  age: {check: text}\n", "roster.yaml:2: 未知的键“check”，是否为“checks”？"),
        ("roster.yaml", "facts: [unit_nam]\n", "roster.yaml:1: 没有“unit_nam”这一项落款，是否为“unit_name”？"),
        ("roster.yaml", "recognise:\n  titels: {}\n", "roster.yaml:2: 未知的键“titels”，是否为“titles”？"),
        ("roster.yaml", "recognise:\n  fields: {chld_name: 1}\n", "roster.yaml:2: 没有字段“chld_name”，是否为“child_name”？"),
        ("roster.yaml", "recognise:\n  needs: [[chld_name]]\n", "roster.yaml:2: 没有字段“chld_name”，是否为“child_name”？"),
        ("roster.yaml", "template: seq\n", "roster.yaml:1: “template”应为列表"),
        ("roster.yaml", "columns: [seq]\n", "roster.yaml:1: “columns”应为键值结构"),
        ("roster.yaml", "recognise:\n  titles: [走访]\n", "roster.yaml:2: “titles”应为键值结构"),
        ("roster.yaml", "recognise:\n  titles: {走访: 高}\n", "roster.yaml:2: “走访”应为数字"),
        ("roster.yaml", "rank: first\n", "roster.yaml:1: “rank”应为整数"),
        ("roster.yaml", "required: id_no\n", "roster.yaml:1: “required”应为列表或键值结构"),
        ("roster.yaml", "columns:\n  x: {zh: 某, en: x, checks: text, privacy: public, asked: {sexx: {is: male}}}\n",
         "roster.yaml:2: 没有字段“sexx”，是否为“sex”？"),
        ("roster.yaml", "level: vilage\n", "roster.yaml:1: “level”不能是“vilage”，是否为“village”？"),
        ("roster.yaml", "title: 花名册\n", "roster.yaml:1: 标题须有中文和英文"),
        ("roster.yaml", "codes: {x: 1}\n", "roster.yaml:1: 代码表有误"),
        ("child_form.yaml", "form:\n  labels: {无监护能力: incap_whoo}\n",
         "child_form.yaml:2: form 中“无监护能力”：没有“incap_whoo”，是否为“incap_who”？"),
        ("counselling.yaml", NEW.replace("many", "mnay"), "counselling.yaml:2: “child”不能是“mnay”，是否为“many”？"),
        ("counselling.yaml", NEW.replace("child_name: ~", "father_name: ~"),
         "counselling.yaml:5: required：“father_name”不是本表的栏目"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        own(tmp_path, text, name)
    assert caught.value.text.zh.startswith(f"{tmp_path}/{told}")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = "include: [child, guardin]\nlevel: vilage\ncolumns:\n  age: {checks: nothing}\n"
    with pytest.raises(ConfigError) as caught:
        own(tmp_path, text)
    assert sorted(p.line for p in caught.value.problems) == [1, 2, 4]


def test_a_kind_named_for_a_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read(Request((tmp_path,), kinds=(("a.xlsx", "rooster"),)))
    assert caught.value.text.zh == "--kind: “a.xlsx”：没有这种表“rooster”，是否为“roster”？"


def test_loading_needs_neither_pandera_nor_pandas() -> None:
    code = (
        "import sys; from lbt_audit.resources import data_dir; from lbt_audit.schemas.load import load_dictionary;"
        "load_dictionary(data_dir('schemas'));"
        "sys.exit(bool({'pandas', 'pandera', 'pyarrow'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
