"""The GitHub Action and the pre-commit hook, as docs/automation.md shows them, on the sample county."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parents[2]
ACTION = yaml.safe_load((TOP / "action.yml").read_text("utf-8"))
(HOOK,) = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text("utf-8"))
WORKFLOW, CONFIG = (
    yaml.safe_load(block)
    for block in re.findall(r"```yaml\n(.*?)```", (TOP / "docs/automation.md").read_text("utf-8"), re.DOTALL)
)
COMMAND = Path(sys.executable).with_name("lbt-audit")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def audit(runner: Path, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The step that audits, as a runner does it, with the command where the step before would have installed it."""
    (runner / "lbt-audit" / "bin").mkdir(parents=True, exist_ok=True)
    (runner / "lbt-audit" / "bin" / "lbt-audit").unlink(missing_ok=True)
    (runner / "lbt-audit" / "bin" / "lbt-audit").symlink_to(COMMAND)
    (step,) = (step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
    inputs = {name: str(entry.get("default", "")) for name, entry in ACTION["inputs"].items()} | given
    said = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)
        for name, value in step["env"].items()
    }
    places = {
        "RUNNER_TEMP": str(runner),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=TOP,
        env={**os.environ, **places, **said},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@needs_bash
def test_the_action_tells_issues_as_annotations_and_in_a_summary(tmp_path: Path) -> None:
    (given,) = (
        step["with"] for step in WORKFLOW["jobs"]["audit"]["steps"] if "OWNER" in step.get("uses", "")
    )
    assert given.keys() <= ACTION["inputs"].keys()
    done = audit(tmp_path, given)
    assert done.returncode == 1, done.stderr
    issues = json.loads((tmp_path / "lbt-audit.json").read_text("utf-8"))["issues"]
    told = re.findall(r"^::(error|warning|notice) file=[^\n]*title=([CD]\d\d) ", done.stdout, re.MULTILINE)
    assert told and {code for _, code in told} == {issue["rule"] for issue in issues}
    assert all(issue["rule"][0] in "CD" for issue in issues)
    summary = (tmp_path / "summary").read_text("utf-8")
    assert "C02" in summary and "Severity" in summary and "严重" not in summary
    assert (tmp_path / "output").read_text("utf-8") == f"report={tmp_path}/lbt-audit.json\n"


@needs_bash
def test_inputs_of_the_action_are_no_part_of_its_script(tmp_path: Path) -> None:
    assert not any("${{" in step.get("run", "") for step in ACTION["runs"]["steps"])
    mark = tmp_path / "mark"
    done = audit(tmp_path, {"paths": f'$(touch {mark})\n"; touch {mark}; "', "arguments": f"`touch {mark}`"})
    assert done.returncode == 2 and not mark.exists()


def test_the_action_installs_by_hashes() -> None:
    (install,) = (
        step["run"] for step in ACTION["runs"]["steps"] if "requirements/run.txt" in step.get("run", "")
    )
    lines = [line for line in install.splitlines() if line.startswith("$pip")]
    assert len(lines) == 3
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation" in line for line in lines)


def test_the_hook_audits_the_files_of_a_commit(tmp_path: Path) -> None:
    (used,) = CONFIG["repos"][0]["hooks"]
    assert used["id"] == HOOK["id"]
    files = [
        path.relative_to(TOP).as_posix()
        for path in (TOP / "sample_data" / "qinghe").rglob("*")
        if path.is_file()
    ]
    chosen = [name for name in files if re.search(HOOK["files"], name) and re.search(used["files"], name)]
    assert {Path(name).suffix for name in chosen} >= {".xlsx", ".xls", ".et", ".csv"}
    program, *arguments = shlex.split(HOOK["entry"])
    assert program == "lbt-audit"
    done = subprocess.run(
        [COMMAND, *arguments, *used["args"], *chosen],
        cwd=TOP,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LBT_AUDIT_LANG": "zh"},
    )
    assert done.returncode == 1, done.stderr
    assert re.search(
        r"^望溪乡农村留守儿童花名册\(10月\)\.xlsx:花名册!AQ29 C02 ", done.stdout, re.MULTILINE
    ), done.stdout[:500]


def test_what_people_do_not_hand_in_is_no_business_of_the_hook() -> None:
    assert not [
        name
        for name in ("a.py", "x.xlsx.md", "报告.docx", "lbt-audit.toml")
        if re.search(HOOK["files"], name)
    ]
