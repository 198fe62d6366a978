"""The key of issue numbers: made once, kept to its owner, the same for all who ask."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lbt_audit.config.county import County
from lbt_audit.config.keys import KeyFileError, find_key, key_name, make_key

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
COUNTY = County(Path("lbt-audit.toml"), name="青禾县")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder for keys."""
    monkeypatch.setenv("LBT_AUDIT_KEYS", str(tmp_path / "home" / "keys"))
    return tmp_path / "home" / "keys"


def test_a_county_keeps_its_key(home: Path) -> None:
    found = find_key(COUNTY)
    assert found.source == "kept" and found.path == home / "青禾县.key" and len(found.value) == 64
    assert find_key(COUNTY) == found
    assert find_key(None, "青禾县") == found, "the county may be named on the command line"
    assert find_key(None).value != found.value != find_key(replace(COUNTY, name="乌有县")).value
    assert find_key(None) == find_key(None)


@posix
def test_a_key_is_its_owners_alone(home: Path) -> None:
    path = find_key(COUNTY).path
    assert path and path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert not find_key(COUNTY).notes
    path.chmod(0o644)
    (note,) = find_key(COUNTY).notes
    assert "chmod 600" in note.zh


def test_a_ledger_has_the_key_beside_it(home: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "desk" / "ledger.db"
    ledger.parent.mkdir()
    found = find_key(COUNTY, ledger=ledger)
    assert found.path == ledger.with_name("ledger.db.key")
    assert find_key(COUNTY).value == found.value, "numbers are the same without the ledger"
    ledger.write_bytes(b"")
    moved = tmp_path / "elsewhere"
    ledger.parent.rename(moved)
    (home / "青禾县.key").unlink()
    assert find_key(COUNTY, ledger=moved / "ledger.db").value == found.value


def test_a_ledger_made_before_gets_no_other_key(home: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    ledger.write_bytes(b"")
    found = find_key(COUNTY, ledger=ledger)
    assert found.path == home / "青禾县.key" and not ledger.with_name("ledger.db.key").exists()


def test_no_key_in_a_folder_that_is_handed_on(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audited = tmp_path / "submitted"
    (audited / "below").mkdir(parents=True)
    for ledger in (audited / "ledger.db", audited / "below" / "ledger.db"):
        assert find_key(COUNTY, ledger=ledger, shared=[audited]).path == home / "青禾县.key"
    monkeypatch.setenv("LBT_AUDIT_KEYS", str(audited / "keys"))
    assert find_key(COUNTY, shared=[audited]).source == "throw_away"
    with pytest.raises(KeyFileError, match="LBT_AUDIT_KEYS"):
        find_key(COUNTY, ledger=audited / "ledger.db", shared=[audited])
    assert not [*audited.rglob("*.key")] and not (audited / "keys").exists()


@pytest.mark.parametrize("folder", ["none", "/dev/null/keys"])
def test_where_nothing_can_be_kept_the_key_is_thrown_away(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LBT_AUDIT_KEYS", folder)
    assert find_key(COUNTY).source == "throw_away" and make_key("青禾县") is None
    assert find_key(COUNTY, ledger=tmp_path / "ledger.db").source == "kept", "beside a ledger it can be"


def test_the_county_files_salt_goes_first(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "county" / "lbt-audit.toml"
    file.parent.mkdir()
    file.write_text("")
    county = County(file, name="青禾县", salt="of old times")
    ledger = tmp_path / "ledger.db"
    ledger.with_name("ledger.db.key").write_text("another key altogether\n")
    file.chmod(0o600)
    assert find_key(county, ledger=ledger) == find_key(county)
    assert find_key(county).value == "of old times" and find_key(county).notes == () and not home.exists()
    (note,) = find_key(county, shared=[file.parent]).notes
    assert str(home / "青禾县.key") in note.zh and "handed" not in note.zh
    if os.name == "posix":
        file.chmod(0o644)
        assert find_key(county).notes
    home.mkdir(parents=True)
    (home / "青禾县.key").write_text("of old times\n")
    assert find_key(COUNTY).value == "of old times", "the remedy the note names"


def test_a_damaged_key_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lbt_audit.config.keys._PATIENCE", 0.05)
    home.mkdir(parents=True)
    for damaged in ("", "x", "one line\nanother line\n"):
        (home / "青禾县.key").write_text(damaged)
        with pytest.raises(KeyFileError, match="青禾县"):
            find_key(COUNTY)


def test_a_county_of_any_name_has_a_file(home: Path) -> None:
    names = ["../../etc", "a/b", "a\\b", "con:", ".", "..", "县" * 200, " ", "", "a\nb"]
    for name in names:
        path = find_key(None, name).path
        assert path is not None and path.parent == home and path.exists() and path.name == key_name(name)


def test_many_audits_at_once_agree(home: Path) -> None:
    script = "from lbt_audit.config.keys import find_key; print(find_key(None, '青禾县').value)"
    started = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1
    assert [path.name for path in home.iterdir()] == ["青禾县.key"]
