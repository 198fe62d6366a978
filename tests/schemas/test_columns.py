"""The columns that registers can have, and the headers they go by."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.intake.grids import words

from lbt_audit.model.errors import ConfigError
from lbt_audit.resources import data_dir
from lbt_audit.schemas.checks import READINGS
from lbt_audit.schemas.load import load_dictionary
from lbt_audit.values.registry import KINDS

HEADERS = """\
groups:
  child: {word: 儿童, en: child, headers: [儿童情况]}
  father: {word: 父亲, en: father, person: true, headers: [父亲情况]}
facts: {}
"""
COLUMNS = """\
child_name: {zh: 姓名, en: Name, checks: person_name, privacy: name,
  titles: [姓名]}
sex: {zh: 性别, en: Sex, checks: {code: sex}, privacy: public}
'{p}_name': {each: [father], zh: '{P}姓名', en: "{E}'s name", checks: person_name, privacy: name,
  titles: ['{P}姓名'], leaves: [姓名]}
age: {zh: 年龄, en: Age, checks: {whole_number: ~, in_range: {min_value: 0, max_value: 25}}, privacy: public}
"""


def folder(path: Path, columns: str = COLUMNS, headers: str = HEADERS) -> Path:
    (path / "columns").mkdir()
    (path / "columns" / "child.yaml").write_text(columns, encoding="utf-8")
    (path / "headers.yaml").write_text(headers, encoding="utf-8")
    shutil.copy(data_dir("schemas") / "codes.yaml", path)
    return path


def test_an_entry_says_how_a_cell_is_read_and_what_it_must_be(tmp_path: Path) -> None:
    fields = load_dictionary(folder(tmp_path)).fields
    assert (fields["sex"].kind, fields["sex"].codes) == ("code", "sex")
    assert (fields["age"].kind, fields["age"].checks["in_range"]["max_value"]) == ("integer", 25)
    father = fields["father_name"]
    assert (father.group, father.title.zh, father.title.en, father.titles) == (
        "father", "父亲姓名", "Father's name", ("父亲姓名",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("  titles: [姓名]}", "  titels: [姓名]}", 2, "unknown key 'titels'; did you mean 'titles'?"),
        ("checks: person_name, privacy: name,\n  titles: [姓名]", "checks: persn_name, privacy: name,\n  titles: [姓名]", 1,
         "no such check 'persn_name'; did you mean 'person_name'?"),
        ("{code: sex}", "{code: sexx}", 3, "no such code list 'sexx'; did you mean 'sex'?"),
        ("{code: sex}", "{codes: sex, code: sex}", 3, "exactly one of "),
        ("{code: sex}", "{in_range: {min_value: 1}}", 3, "exactly one of "),
        ("{code: sex}", "{code: {list: sex, without: [severl]}}", 3,
         "'code' knows no fault 'severl'; did you mean 'several'?"),
        ("max_value: 25", "max_valu: 25", 6, "unknown key 'max_valu'; did you mean 'max_value'?"),
        ("in_range", "in_rang", 6, "no such check 'in_rang'; did you mean 'in_range'?"),
        ("{min_value: 0, max_value: 25}", "{max_value: 25}", 6, "'in_range' needs 'min_value'"),
        ("each: [father]", "each: [fathr]", 4, "no header group 'fathr'; did you mean 'father'?"),
        ("titles: ['{P}姓名']", "titles: [姓名]", 4, "header '姓名' belongs to both child_name and father_name"),
        ("privacy: public}\n'", "privacy: publik}\n'", 3, "'privacy' cannot be 'publik'; did you mean 'public'?"),
        ("privacy: public}\n'", "privacy: public, spare: sax}\n'", 3, "no such field 'sax'; did you mean 'sex'?"),
        ("age: ", "sex: ", 6, "not valid YAML: duplicate key 'sex'"),
    ],
)  # fmt: skip
def test_mistakes_name_file_line_and_the_nearest_word(
    tmp_path: Path, old: str, new: str, where: int, message: str
) -> None:
    assert old in COLUMNS
    with pytest.raises(ConfigError) as caught:
        load_dictionary(folder(tmp_path, COLUMNS.replace(old, new, 1)))
    first = caught.value.problems[0]
    assert (first.file, first.line) == (str(tmp_path / "columns" / "child.yaml"), where)
    assert first.text.en.startswith(message) and first.text.zh


def test_every_reading_has_its_parser() -> None:
    assert set(READINGS.values()) == set(KINDS)


def test_keys_the_catalogue_speaks_of_are_there() -> None:
    fields = load_dictionary(data_dir("schemas")).fields
    assert all(f.title.zh and f.title.en for f in fields.values())
    wanted = words("""
        child_name child_no former_name sex ethnicity birth_date age id_no id_type hukou_registered
        hukou_class hukou_type hukou_addr hukou_note live_addr township village group household_no health
        disability_type disability_level disability_card illness school_status boarding left_type
        both_away one_away_incap incap_who incap_reason care_reason has_guardian guard_eval actual_guard
        improper_care income_source aid special parents_alive single_parent care_level is_orphan
        report_date exit_date exit_reason remark seq update_date parents_name parents_work_place
        parents_away_since parents_phone guardian_name guardian_phone guardian_id guardian_rel
        guardian_addr guardian_health guardian_special guardian_birth helper_name helper_phone helper_unit
        helper_post helper_mode helper_measure helper_result school_name school_code grade class_name
        head_teacher xueji_no xueji_aux class_no enroll_ym study_mode school_township visits_count
        orphan_kind approve_date allowance contact_phone
    """)
    parts = (
        "name",
        "birth",
        "id",
        "status",
        "work_place",
        "away_since",
        "phone",
        "incapable",
        "hukou",
        "live",
    )
    wanted += [f"{p}_{part}" for p in ("father", "mother") for part in parts]
    wanted += [
        f"{p}_{part}"
        for p in ("pg_father", "pg_mother", "mg_father", "mg_mother")
        for part in ("name", "birth")
    ]
    assert set(wanted) <= set(fields)


@pytest.mark.parametrize("wrong", ["checks: {cod: sex}", "chcks: {code: sex}", "checks: {code: sx}"])
def test_a_column_that_cannot_be_read_is_told_once(tmp_path: Path, wrong: str) -> None:
    shipped = tmp_path / "schemas"
    shutil.copytree(data_dir("schemas"), shipped)
    child = shipped / "columns" / "child.yaml"
    child.write_text(
        child.read_text(encoding="utf-8").replace("checks: {code: sex}", wrong, 1), encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load_dictionary(shipped)
    assert [p.file for p in caught.value.problems] == [str(child)]
