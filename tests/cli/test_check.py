"""``check``: arguments, outputs, exit codes. The engine is a stand-in."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.reports.factory import clean_audit, make_audit

from lbt_audit.model.errors import ConfigError

Call = Callable[..., Any]


def test_summary_and_documents(folder: Path, engine: Any, call: Call) -> None:
    result = call("check", "files")
    assert result.code == 1
    assert result.out.startswith("统计截止日 2026-10-31（县级配置），下发日期 2026-10-31（县级配置）\n")
    assert "lbt-report/问题清单.xlsx" in result.out and "--notices" in result.err
    assert sorted(p.name for p in (folder / "lbt-report").iterdir()) == [
        ".lbt-written", "report.json", "审计报告.html", "问题清单.xlsx",
    ]  # fmt: skip
    request = engine.requests[0]
    assert request.paths == (Path("files"),) and request.root == folder / "files"
    assert request.exclude == (Path("lbt-report"),) and request.mask == "partial" and request.lang == "zh"


def test_everything_asked_for_reaches_the_engine(folder: Path, engine: Any, call: Call) -> None:
    (folder / "lbt-audit.toml").write_text('county = "青禾县"\nmask = "full"\n')
    result = call(
        "check", "files", "--as-of", "2026年10月31日", "--issued-on", "2026.11.5",
        "--select", "B,d01", "--select", "C", "--ignore", "B02",
        "--profile", "school", "--kind", "*/名单=*.xlsx=roster", "--jobs", "3", "--lang", "en", "--out", "x",
    )  # fmt: skip
    assert "Data as of" in result.out and (folder / "x" / "issues.xlsx").exists()
    request = engine.requests[0]
    assert (
        request.as_of == date(2026, 10, 31)
        and request.issued_on == date(2026, 11, 5)
        and request.profile == "school"
        and request.jobs == 3
    )
    assert request.select == ("B", "D01", "C") and request.ignore == ("B02",)
    assert request.kinds == (("*/名单=*.xlsx", "roster"),)
    assert (
        request.county.name == "青禾县" and request.mask == "full" and request.config_name == "lbt-audit.toml"
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 1), (("--fail-on", "warning"), 1), (("--fail-on", "never"), 0)],
)
def test_exit_codes_of_findings(
    folder: Path, engine: Any, call: Call, options: tuple[str, ...], code: int
) -> None:
    assert call("check", "files", "--no-documents", *options).code == code
    engine.answer = clean_audit()
    assert call("check", "files", "--no-documents", *options).code == 0


def test_fail_on_looks_at_the_severity(folder: Path, engine: Any, call: Call) -> None:
    import dataclasses

    full = make_audit(crashed=False)
    engine.answer = dataclasses.replace(
        full, issues=full.issues.slice(5), locations=full.locations.slice(9, 0)
    )
    assert call("check", "files", "--no-documents").code == 0, "one notice"
    assert call("check", "files", "--no-documents", "--fail-on", "warning").code == 0
    assert call("check", "files", "--no-documents", "--fail-on", "notice").code == 1


def test_a_crashed_rule_is_incomplete(folder: Path, engine: Any, call: Call) -> None:
    engine.answer = make_audit(crashed=True)
    result = call("check", "files", "--no-documents", "--fail-on", "never")
    assert result.code == 3 and "规则 G01 运行出错" in result.out
    assert result.out.rstrip().endswith("\n规则 G01 运行出错，结果不完整")


@pytest.mark.parametrize(
    ("lang", "last", "never"),
    [
        ("zh", "0 条问题\n规则 G01 运行出错，结果不完整", "没有发现问题"),
        ("en", "0 issues\nRules crashed: G01. The result is incomplete.", "nothing was found"),
    ],
)
def test_a_crash_never_stands_beside_nothing_was_found(
    folder: Path, engine: Any, call: Call, lang: Any, last: str, never: str
) -> None:
    import dataclasses

    crashed = make_audit(lang, crashed=True)
    engine.answer = dataclasses.replace(
        crashed, issues=crashed.issues.slice(0, 0), locations=crashed.locations.slice(0, 0)
    )
    result = call("check", "files", "--no-documents", "--lang", lang)
    assert result.code == 3 and result.out.rstrip().endswith(last) and never not in result.out


def test_formats_and_files_are_paired(folder: Path, engine: Any, call: Call) -> None:
    result = call(
        "check", "files", "--no-documents", "--format", "json", "--format", "sarif", "--output-file", "-",
        "--output-file", "deep/a.sarif",
    )  # fmt: skip
    assert json.loads(result.out)["schema_version"] == 1
    assert json.loads((folder / "deep" / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    result = call("check", "files", "--no-documents", "--format", "text", "--output-file", "t.txt")
    assert result.out == "" and "最紧急的问题" in (folder / "t.txt").read_text(encoding="utf-8")


def test_json_on_stdout_is_json_only(folder: Path, engine: Any, call: Call) -> None:
    result = call("check", "files", "--format", "json")
    assert json.loads(result.out)["summary"]["issues"] == 6
    assert "已生成：lbt-report/问题清单.xlsx" in result.err


def test_quiet_and_verbose(folder: Path, engine: Any, call: Call) -> None:
    result = call("check", "files", "-q")
    assert (
        result.out.strip() == "共 4 个文件、209 行记录，6 条问题（5 处原因），涉及 5 名儿童：红 3  黄 2  蓝 1"
        and result.err.startswith("没有批注副本")  # the files are invented
        and result.err.count("\n") == 1
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "没有这个文件或文件夹：nowhere"),
        (("files", "--as-of", "2026-13-01"), "--as-of 不是日期：2026-13-01"),
        (("files", "--kind", "a.xlsx"), "--kind 应为 通配=表类"),
        (("files", "--format", "json", "--format", "sarif"), "标准输出只能有一种格式"),
        (("files", "--output-file", "a", "--output-file", "b"), "--output-file 比 --format 多"),
        (("files", "--fail-on", "x"), "只能是 'error', 'warning', 'notice', 'never'"),
        (("files", "--formt", "x"), "没有这个选项：--formt（是否为 --format"),
        (("files", "--config", "none.toml"), "none.toml: 无法读取"),
        (("files", "--jobs", "-1"), "--jobs"),
    ],
)
def test_wrong_usage(folder: Path, engine: Any, call: Call, arguments: tuple[str, ...], message: str) -> None:
    result = call("check", *arguments)
    assert result.code == 2 and message in result.err and result.out == "" and not engine.requests
    assert "Traceback" not in result.err and not (folder / "lbt-report").exists()


def test_a_wrong_county_file_is_named_with_its_line(folder: Path, engine: Any, call: Call) -> None:
    (folder / "lbt-audit.toml").write_text("\nas_off = 1\n")
    result = call("check", "files")
    assert result.code == 2 and result.err == "错误：lbt-audit.toml:2: 未知的键 as_off，最接近的是 as_of\n"


def test_an_output_that_cannot_be_written(folder: Path, engine: Any, call: Call) -> None:
    (folder / "lbt-report" / "report.json").mkdir(parents=True)
    result = call("check", "files", "--fail-on", "never")
    assert result.code == 3 and "统计截止日" in result.out
    assert "无法写入 lbt-report/report.json：是文件夹，不是文件" in result.err


def test_the_folder_of_documents_is_a_folder_and_not_the_audited_one(
    folder: Path, engine: Any, call: Call
) -> None:
    (folder / "x").write_text("a file in the way")
    result = call("check", "files", "--out", "x")
    assert result.code == 2 and result.err == "错误：--out 不是文件夹：x\n"
    result = call("check", "files", "--out", "files/../files")
    assert result.code == 2 and "files/lbt-report" in result.err and not engine.requests


def test_an_input_is_not_overwritten(folder: Path, engine: Any, call: Call) -> None:
    (folder / "files" / "白石镇").mkdir()
    source = folder / "files" / "白石镇" / "花名册.xls"
    source.write_text("data")
    result = call("check", "files", "--no-documents", "--format", "json", "--output-file", str(source))
    assert result.code == 3 and "已拒绝覆盖" in result.err and source.read_text() == "data"


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (ConfigError.at("A.yaml", 7, "缺少 title", "title is missing"), 2, "错误：A.yaml:7: 缺少 title\n"),
        (KeyboardInterrupt(), 130, "已中断\n"),
        (RuntimeError("杨晓峰 5299"), 3, "错误：内部错误（RuntimeError"),
        (BrokenPipeError(), 0, ""),
        (MemoryError(), 3, "错误：内部错误（MemoryError"),
    ],
)
def test_no_error_ends_in_a_traceback(
    folder: Path, engine: Any, call: Call, error: BaseException, code: int, message: str
) -> None:
    engine.answer = error
    result = call("check", "files", "-v")
    assert result.code == code and result.err.startswith(message)
    assert "Traceback" not in result.err and "杨晓峰" not in result.err


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(("answer", "code"), [("y\n", 1), ("是\n", 1), ("\n", 2), ("no\n", 2), ("", 2)])
def test_values_in_clear_are_asked_for_at_a_terminal(
    engine: Any,
    folder: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    code: int,
    terminal: bool,
) -> None:
    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    monkeypatch.setattr("sys.stdin", Typed(answer))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    result = call("check", "files", "--mask", "none", "--no-documents", "-q")
    assert result.code == (code if terminal else 1) and "不脱敏" in result.err
    assert bool(engine.requests) == (result.code != 2)
    assert ("--yes" in result.err) == (result.code == 2)
    assert ("[y/N]" in result.err) == terminal
    told = call("check", "files", "--mask", "none", "--yes", "--no-documents", "-q")
    assert told.code == 1 and "不脱敏" not in told.err
    assert "不脱敏" not in call("check", "files", "--no-documents", "-q").err
