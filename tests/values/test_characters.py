"""The one normal form of characters, and the table of radicals it rests on."""

from __future__ import annotations

import shutil
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.model.build_radicals import HERE, build
from lbt_audit.model.characters import code_points, copied, normal
from lbt_audit.model.dictionary import normalise_header


@pytest.mark.parametrize(
    ("copied_text", "typed"),
    [
        ("农村居⺠⼾口", "农村居民户口"), ("⻙⼩龙", "韦小龙"), ("⽗亲", "父亲"), ("⻢", "马"), ("⾺", "马"), ("⿓", "龙"),
        ("⻓⼦", "长子"), ("\uf900", "\u8c48"), ("㇐", "一"), ("ＡＢＣ１", "ABC1"), ("", ""), ("abc", "abc"),
        ("\ud800", "\ud800"),
    ],
)  # fmt: skip
def test_normal(copied_text, typed):
    assert normal(copied_text) == typed


@given(st.text(max_size=40))
def test_normal_is_nfkc_where_there_are_no_radicals(text):
    assert normal(text) == unicodedata.normalize("NFKC", text) or copied(text)


@given(st.text(alphabet="ab民户中，é\u0301\u0300\u0315한ﾞ٪ﷺ ", min_size=300, max_size=900))
def test_long_texts_are_normalised_in_pieces_with_the_same_outcome(text):
    """As long as no run of letters other than Latin and Han is longer than any word."""
    words = " ".join(text[i : i + 50] for i in range(0, len(text), 50))
    assert normal(words) == unicodedata.normalize("NFKC", words)


@given(st.text(alphabet="⺠⼾⻙\uf900民a", max_size=20))
def test_normal_is_idempotent(text):
    assert normal(normal(text)) == normal(text)
    assert copied(normal(text)) == ""


def test_copied_names_each_once():
    assert copied("居⺠⼾⺠\uf900民") == "⺠⼾\uf900"
    assert copied("居民户abc") == ""
    assert code_points("⺠\uf900") == "U+2EA0 U+F900"


def test_every_radical_has_its_character():
    """All but ⺀, which is no character, and the code points that are none."""
    for point in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)):
        if point not in (0x2E80, 0x2E9A):
            assert copied(normal(chr(point))) == "", hex(point)


def test_headers_are_folded():
    assert normalise_header("⼾籍所在地") == normalise_header("户籍所在地")
    assert normalise_header("⽗亲电话（⼿机）") == normalise_header("父亲电话（手机）")


def test_the_table_is_what_its_script_builds(tmp_path, monkeypatch):
    """From a file of the form of the Unicode one, made of the table itself before simplification."""
    rows = [line for line in (HERE / "radicals.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    source = tmp_path / "EquivalentUnifiedIdeograph.txt"
    source.write_text(
        "# comment\n\n2EBE..2EC0 ; 8279 # [3] GRASS\n2F3E ; 6236 # DOOR\n"
        + "".join(f"{ord(r[0]):04X} ; {ord(r[2]):04X} # x\n" for r in rows if r[0] not in "⺾⺿⻀⼾"),
        "utf-8",
    )
    before = (HERE / "radicals.tsv").read_text("utf-8")
    shutil.copy(HERE / "simplified.tsv", tmp_path)
    monkeypatch.setattr("lbt_audit.model.build_radicals.HERE", tmp_path)
    build(source)
    assert (tmp_path / "radicals.tsv").read_text("utf-8") == before
