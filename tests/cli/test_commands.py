"""Help, languages, rules, init and sample."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lbt_audit import __version__
from lbt_audit.cli.language import choose
from lbt_audit.config.load import load_county
from lbt_audit.reports.text.layout import width

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "zh"),
        (["check", "--lang", "en"], {"LBT_AUDIT_LANG": "zh"}, "en"),
        (["--lang=zh"], {"LBT_AUDIT_LANG": "en"}, "zh"),
        ([], {"LBT_AUDIT_LANG": "en_GB", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LC_ALL": "zh_CN.GBK", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        (["check", "--", "--lang", "en"], {}, "zh"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    assert choose(arguments, environment) == lang


@pytest.mark.parametrize("command", [[], ["check"], ["rules"], ["rules", "show"], ["init"], ["sample"]])
def test_help_is_in_the_language_and_fits(folder: Path, call: Call, command: list[str]) -> None:
    zh, en = call(*command, "--help"), call(*command, "--help", "--lang", "en")
    assert zh.code == en.code == 0
    assert zh.out.startswith("用法: lbt-audit") and en.out.startswith("Usage: lbt-audit")
    assert "显示本帮助" in zh.out and "Show this message" in en.out and "\x1f" not in zh.out + en.out
    assert not any("\u4e00" <= c <= "\u9fff" for c in en.out)
    assert max(width(line) for line in (zh.out + en.out).splitlines()) <= 80


def test_version(folder: Path, call: Call) -> None:
    assert call("--version").out == call("--version", "--lang", "en").out == f"lbt-audit {__version__}\n"


def test_unknown_command_suggests(folder: Path, call: Call) -> None:
    result = call("chek")
    assert result.code == 2 and result.err.startswith("错误：没有这个命令：'chek'（是否为 'check'")
    assert "did you mean" in call("chek", "--lang", "en").err.lower()


def test_no_arguments_show_the_help(folder: Path, call: Call) -> None:
    result = call()
    assert result.code == 2 and "命令:" in result.err


def test_rules_list(folder: Path, call: Call) -> None:
    result = call("rules", "list")
    assert result.code == 0 and "D01  红  双亲去世仍有去向" in result.out
    some = call("rules", "list", "d", "C01", "--lang=en").out
    assert "D01" in some and "C01" in some and "C02" not in some and "red" in some
    assert call("rules", "list", "D", "--lang", "en").out == call("rules", "list", "D", "--lang=en").out
    assert call("rules", "list", "ZZ").code == 2


def test_rules_show(folder: Path, call: Call) -> None:
    result = call("rules", "show", "d01")
    assert result.code == 0 and "整改要求" in result.out and "会报的例子" in result.out
    assert max(width(line) for line in result.out.splitlines()) <= 80
    wrong = call("rules", "show", "D011")
    assert wrong.code == 2 and "D01" in wrong.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_init_writes_a_valid_county_file(
    folder: Path, call: Call, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LBT_AUDIT_KEYS", str(folder / "keys"))
    result = call("init", "county", "--lang", lang)
    path = folder / "county" / "lbt-audit.toml"
    assert result.code == 0 and load_county(path).name == "青禾县" and not load_county(path).salt
    key = folder / "keys" / "青禾县.key"
    assert str(key) in result.out and key.stat().st_mode & 0o077 == 0 and len(key.read_text()) == 65
    again = call("init", "county", "--lang", lang)
    assert again.code == 2 and "lbt-audit.toml" in again.err
    everything = "\n".join(
        line.removeprefix("# ") if " = " in line or line.startswith("# [[") else line
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith(
            ("# units_file", "# rules", "# schemas", "# holidays", "# templates", "# previous")
        )
    )
    (folder / "all.toml").write_text(everything, encoding="utf-8")
    assert load_county(folder / "all.toml").waivers, "every key that is switched off is right too"
    assert set(tomllib.loads(everything)) >= {"as_of", "params", "deadlines", "notices", "aliases"}


def test_sample_refuses_a_folder_in_use(folder: Path, call: Call) -> None:
    assert call("sample", "files").code == 2
    assert (folder / "files" / "a.csv").read_text() == "姓名\n"


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from lbt_audit.cli.main import run; run(['--help']); run(['--version']); "
        "heavy = {'pandas', 'pyarrow', 'numpy', 'pandera', 'rich', 'yaml', 'pydantic'} & set(sys.modules); "
        "run(['rules', 'list']); heavy |= {'pandas', 'pyarrow', 'numpy', 'pandera', 'rich'} & set(sys.modules); "
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_closed_pipe_is_quiet() -> None:
    command = [sys.executable, "-m", "lbt_audit", "rules", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_an_ascii_console_gets_question_marks_not_an_error() -> None:
    environment = {"PYTHONIOENCODING": "ascii", "LBT_AUDIT_LANG": "zh"}
    command = [sys.executable, "-m", "lbt_audit", "rules", "list"]
    result = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert result.returncode == 0 and b"D01" in result.stdout and result.stderr == b""


def test_start_is_fast() -> None:
    """Help and lists load little more than typer does for the smallest of commands."""

    def modules(code: str) -> int:
        counting = f"import sys\ntry:\n    {code}\nfinally: sys.stderr.write(str(len(sys.modules)))"
        return int(subprocess.run([sys.executable, "-c", counting], capture_output=True, check=True).stderr)

    smallest = modules("import typer; typer.run(lambda: 0)")
    for arguments in (["--help"], ["check", "--help"], ["--version"], ["rules", "list"]):
        assert modules(f"from lbt_audit.cli.main import run; run({arguments})") < smallest + 66
