"""The header dictionary and its lint."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.grids import words

from lbt_audit.model.errors import ConfigError
from lbt_audit.resources import data_dir
from lbt_audit.schemas.fields import VALUE_KINDS, load_fields
from lbt_audit.values.codes import load_codes
from lbt_audit.values.registry import KINDS

GOOD = """\
groups:
  child: {word: 儿童, en: child, headers: [儿童情况]}
  father: {word: 父亲, en: father, person: true, headers: [父亲情况]}
fields:
  child_name: {group: child, kind: name, privacy: name, zh: 姓名, en: Name, titles: [姓名]}
  '{p}_name': {each: [father], group: '{p}', kind: name, privacy: name, zh: '{P}姓名', en: "{E}'s name",
    titles: ['{P}姓名'], leaves: [姓名]}
facts: {}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "fields.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path: Path, old: str, new: str) -> list[tuple[str, str]]:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        load_fields(write(tmp_path, GOOD.replace(old, new, 1)))
    return [(f"{p.file}:{p.line}", p.text.en) for p in caught.value.problems]


def test_templates_stand_for_each_group(tmp_path: Path) -> None:
    field = load_fields(write(tmp_path, GOOD)).fields["father_name"]
    assert (field.group, field.title.zh, field.title.en, field.titles) == (
        "father", "父亲姓名", "Father's name", ("父亲姓名",),
    )  # fmt: skip


def test_problems_name_file_and_line(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "zh: 姓名, en: Name, titles", "zh: 姓名, en: Name, titels")
    assert found == ("fields.yaml:5", "unknown key 'titels'; did you mean 'titles'?")
    (found,) = problems(
        tmp_path, "kind: name, privacy: name, zh: 姓名", "kind: nmae, privacy: name, zh: 姓名"
    )
    assert found[0] == "fields.yaml:5" and "'name'" in found[1]
    (found,) = problems(tmp_path, "each: [father]", "each: [fathr]")
    assert found[0] == "fields.yaml:6" and "'father'" in found[1]
    (found,) = problems(tmp_path, "titles: ['{P}姓名']", "titles: [姓名]")
    assert found == ("fields.yaml:6", "header '姓名' belongs to both child_name and father_name")
    (found,) = problems(tmp_path, "groups:", "groups: [")
    assert found[0].startswith("fields.yaml:")


def test_shipped_dictionary_fits_the_parsers_and_code_lists() -> None:
    dictionary = load_fields(data_dir("schemas") / "fields.yaml")
    assert set(KINDS) == VALUE_KINDS
    codes = load_codes(data_dir("schemas") / "codes.yaml")
    assert {f.codes for f in dictionary.fields.values() if f.codes} <= set(codes)
    assert all(f.title.zh and f.title.en for f in dictionary.fields.values())


def test_keys_the_catalogue_speaks_of_are_there() -> None:
    fields = load_fields(data_dir("schemas") / "fields.yaml").fields
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
