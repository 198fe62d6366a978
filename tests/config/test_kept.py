"""What was parsed before is read again, and never decides where anything about it is off."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.config.test_located import FILES, lines

from lbt_audit.config.located import kept, load_located, parse
from lbt_audit.config.located.tree import Located, packed, unpacked
from lbt_audit.model.own_file import read_text

RULES = next(path for path in FILES if path.name == "B.yaml")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LBT_AUDIT_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were parsed."""
    found: list[str] = []
    true = parse.parsed

    def noted(text: str, name: str) -> Any:
        found.append(Path(name).name)
        return true(text, name)

    monkeypatch.setattr(parse, "parsed", noted)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_is_kept_of_a_shipped_file_is_the_file(path: Path) -> None:
    whole = parse.parsed(read_text(path, path.name), path.name)
    again = unpacked(packed(whole))
    assert lines(again) == lines(whole) and again == whole
    assert isinstance(again, Located) is isinstance(whole, Located)
    assert getattr(again, "line", 0) == getattr(whole, "line", 0)


def test_values_and_keys_of_every_kind_come_back() -> None:
    text = "a: [1, -2, 1.5, true, false, null, '', \"[]\"]\n'': {}\n'{}': []\n'[]': {'[]': {'{}': x}}\n"
    whole = parse.parsed(text, "a")
    assert lines(unpacked(packed(whole))) == lines(whole)
    assert [type(v) for v in unpacked(packed(whole))["a"]] == [type(v) for v in whole["a"]]
    for scalar in ("x", "1", "~"):
        assert unpacked(packed(parse.parsed(scalar, "a"))) == parse.parsed(scalar, "a")


def test_a_file_is_parsed_once_and_kept_for_its_owner_alone(place: Path, parsed: list[str]) -> None:
    first = load_located(RULES)
    assert lines(load_located(RULES)) == lines(first) and parsed == ["B.yaml"]
    (file,) = place.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(place.stat().st_mode) == 0o700


def test_files_of_a_county_are_not_kept(place: Path, parsed: list[str], tmp_path: Path) -> None:
    own = tmp_path / "B.yaml"
    own.write_bytes(RULES.read_bytes())
    assert load_located(own) == load_located(own) and len(parsed) == 2
    assert not place.exists()


def _changed(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("error", "notice", 1), "utf-8")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _garbled(file: Path) -> None:
    file.write_bytes(b"\xff\xfe" + file.read_bytes())


def _of_another_text(file: Path) -> None:
    file.unlink()
    load_located(next(path for path in FILES if path.name == "C.yaml"))
    (other,) = file.parent.iterdir()
    other.rename(file)


def _sealed_nonsense(file: Path) -> None:
    key = "0" * 64
    file.write_text(kept._seal(key, "[]") + "[]", "utf-8")


def _open_to_others(file: Path) -> None:
    _changed(file)
    file.chmod(0o666)


def _folder_open_to_others(file: Path) -> None:
    file.parent.chmod(0o777)


def _a_link(file: Path) -> None:
    file.rename(file.parent.parent / "elsewhere")
    file.symlink_to(file.parent.parent / "elsewhere")


@pytest.mark.parametrize(
    "spoil",
    [
        _changed,
        _cut,
        _emptied,
        _garbled,
        _of_another_text,
        _sealed_nonsense,
        pytest.param(_open_to_others, marks=pytest.mark.skipif(os.name != "posix", reason="POSIX")),
        pytest.param(_folder_open_to_others, marks=pytest.mark.skipif(os.name != "posix", reason="POSIX")),
        pytest.param(_a_link, marks=pytest.mark.skipif(os.name != "posix", reason="POSIX")),
    ],
)
def test_what_is_off_is_parsed_anew(place: Path, parsed: list[str], spoil: Callable[[Path], None]) -> None:
    whole = lines(load_located(RULES))
    (file,) = place.iterdir()
    spoil(file)
    parsed.clear()
    assert lines(load_located(RULES)) == whole and parsed == ["B.yaml"]
    assert lines(load_located(RULES)) == whole


def test_another_text_or_version_is_another_tree(
    place: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = RULES.read_text("utf-8")
    made = [kept.tree(t, lambda: parse.parsed(text, "a")) for t in (text, text, f"{text}\n")]
    assert len(parsed) == 2 and made[0] == made[1] == made[2]
    monkeypatch.setattr(kept, "_version", lambda: "later")
    kept.tree(text, lambda: parse.parsed(text, "a"))
    assert len(parsed) == 3
    monkeypatch.setattr(kept, "_version", lambda: "")  # no source to be seen: nothing is kept
    kept.tree(f"{text}\n\n", lambda: parse.parsed(text, "a"))
    assert len(parsed) == 4 and len(list(place.iterdir())) == 3


def test_nothing_is_kept_where_nothing_can_be(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in ("none", str(tmp_path / "file"), str(tmp_path / "file" / "below")):
        monkeypatch.setenv("LBT_AUDIT_CACHE", folder)
        assert load_located(RULES) == load_located(RULES)
    assert len(parsed) == 6


def test_trees_of_texts_that_are_no_more_are_cleared(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 5)
    for number in range(9):
        kept.tree(f"- {number}", lambda number=number: parse.parsed(f"- {number}", "a"))  # type: ignore[misc]
    assert len(list(place.iterdir())) <= 6
