"""What takes too long is ended and told; the rest of the audit goes on."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.desk import register

from lbt_audit import audit
from lbt_audit.cli.main import run
from lbt_audit.engine import execute, patience
from lbt_audit.engine.issues.builder import IssueBuilder
from lbt_audit.engine.patience import OutOfTimeError, Patience, at_most
from lbt_audit.engine.privacy.people import People
from lbt_audit.engine.reading import files, read
from lbt_audit.reports.formats import links_csv


def forever() -> None:
    while True:
        pass


def in_a_pattern() -> None:
    re.fullmatch(r"(a+)+b", "a" * 60)


@pytest.mark.parametrize("work", [forever, in_a_pattern])
def test_work_is_ended(work: Callable[[], None]) -> None:
    for _ in range(2):
        with pytest.raises(OutOfTimeError), at_most(0.05):
            work()
    with at_most(0.05):
        pass
    start = time.process_time()
    while time.process_time() < start + 0.1:  # nothing is left behind that would end this
        pass


def test_where_the_system_has_no_timer_a_thread_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    if hasattr(patience.signal, "setitimer"):
        monkeypatch.setattr(patience, "_alarm", patience._watch)
    with pytest.raises(OutOfTimeError), at_most(0.05):
        forever()
    with at_most(5):
        pass


def test_waiting_is_no_work() -> None:
    with at_most(0.2):
        time.sleep(0.3)


def test_other_threads_have_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with at_most(0.01):
            start = time.thread_time()
            while time.thread_time() < start + 0.05:
                pass
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_a_hundred_that_hang_do_not_hang_a_hundred_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.16)
    clock, waiting = time.process_time(), Patience()
    for _ in range(20):
        with pytest.raises(OutOfTimeError), waiting.for_rows(0):
            forever()
    assert time.process_time() - clock < 20 * 0.16 / 3


def test_a_rule_that_hangs_is_told_and_the_others_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(tmp_path / "名册.csv")
    whole = audit(tmp_path, lang="zh")
    real = execute.run_rule
    monkeypatch.setattr(patience, "SECONDS", 3.0)
    monkeypatch.setattr(
        execute, "run_rule", lambda rule, *rest: forever() if rule.code == "C02" else real(rule, *rest)
    )
    found = audit(tmp_path, lang="zh")
    assert found.rules["status"].to_dict() == {**whole.rules["status"].to_dict(), "C02": "crashed"}
    assert "时间过长" in found.rules.loc["C02", "reason"]
    assert len(found.issues) == (whole.issues["rule"] != "C02").sum()


@pytest.mark.parametrize(
    ("trouble", "word"), [(forever, "时间过长"), (in_a_pattern, "时间过长"), (int, "异常退出")]
)
def test_a_file_that_hangs_or_crashes_is_told_and_the_others_are_audited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Callable[[], object], word: str
) -> None:
    register(tmp_path / "好.csv")
    register(tmp_path / "坏.csv")
    real = files.extract_tables

    def extract(path: str, *rest: object) -> object:
        if path == "坏.csv":
            trouble()
            raise ValueError("杨晓峰")
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(patience, "SECONDS", 1.0)
    monkeypatch.setattr(files, "extract_tables", extract)
    found = audit(tmp_path, lang="zh")
    told = found.issues[found.issues["rule"] == "A06"]
    assert word in told["message"].item() and "杨晓峰" not in told["message"].item()
    where = found.locations.set_index("issue")["file"]
    assert where[told.index.item()] == "坏.csv" and "好.csv" in set(where)


def told(folder: Path, capfd: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command on ``folder``."""
    arguments = ["check", str(folder), "--out", str(folder.parent / "报告"), "--lang", "zh", *more]
    code = run(arguments)
    said = capfd.readouterr()
    return code, said.out, said.err


def test_a_rule_whose_wording_hangs_is_told_and_the_others_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(tmp_path / "名册.csv")
    whole = audit(tmp_path, lang="zh")
    real = IssueBuilder.add_rows
    monkeypatch.setattr(patience, "SECONDS", 3.0)
    monkeypatch.setattr(
        IssueBuilder,
        "add_rows",
        lambda builder, rule, *rest: forever() if rule.code == "E08" else real(builder, rule, *rest),
    )
    found = audit(tmp_path, lang="zh")
    assert "E08" in set(whole.issues["rule"])
    assert found.rules["status"].to_dict() == {**whole.rules["status"].to_dict(), "E08": "crashed"}
    assert len(found.issues) == (whole.issues["rule"] != "E08").sum()


@pytest.mark.parametrize(
    ("stage", "words"),
    [("home_area", "按报送文件推断本县用时过长"), ("local_areas", "推断本地行政区划代码用时过长")],
)
def test_what_the_files_show_of_the_county_is_done_without(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    stage: str,
    words: str,
) -> None:
    (tmp_path / "报送").mkdir()
    register(tmp_path / "报送" / "名册.csv")
    monkeypatch.setattr(patience, "SECONDS", 2.0)
    monkeypatch.setattr(read, stage, lambda *_: forever())
    code, said, _ = told(tmp_path / "报送", capfd, "--no-documents")
    assert code == 3 and words in said and "条问题" in said


@pytest.mark.parametrize(("owner", "stage"), [(People, "of"), (IssueBuilder, "build")])
def test_what_all_depends_on_ends_the_audit_with_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    owner: type,
    stage: str,
) -> None:
    (tmp_path / "报送").mkdir()
    register(tmp_path / "报送" / "名册.csv")
    monkeypatch.setattr(patience, "SECONDS", 2.0)
    monkeypatch.setattr(owner, stage, lambda *_: forever())
    code, said, err = told(tmp_path / "报送", capfd, "--no-documents")
    assert code == 3 and "用时超过限度，核查未完成" in err and "内部错误" not in err and not said


def test_a_link_report_that_hangs_is_told_and_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "报送").mkdir()
    register(tmp_path / "报送" / "名册.csv")
    monkeypatch.setattr(patience, "SECONDS", 3.0)
    monkeypatch.setattr(links_csv, "write_links", lambda *_: forever())
    links = tmp_path / "对应.csv"
    code, said, err = told(tmp_path / "报送", capfd, "--links", str(links))
    assert code == 3 and "对应.csv：处理用时超过限度" in err and "条问题" in said
    assert (
        not links.exists() and not list(tmp_path.rglob(".lbt-*.tmp")) and list((tmp_path / "报告").iterdir())
    )
