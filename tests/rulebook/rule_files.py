"""Rule files of a county: a sound rule, and slips of the pen in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

SOUND = """\
- code: Q00
  title: {zh: 男孩, en: A boy}
  severity: notice
  tables: [roster]
  check: rows
  when: {sex: {is: male}}
  points_at: [sex]
  message: {zh: "{child}：{sex}", en: "{child}: {sex}"}
  fix: {zh: 核对, en: check it}
  basis: [S5]
  responsible: submitter
  deadline: D3
  examples:
    found: [{child_name: 甲, sex: 男}]
    silent: [{child_name: 甲, sex: 女}]
"""


@dataclass(frozen=True)
class Slip:
    """``wrong`` in place of ``right``; told at ``line`` in these words."""

    name: str
    right: str
    wrong: str
    line: int
    zh: str
    en: str


WHEN = "when: {sex: {is: male}}"
SLIPS = [
    Slip(**{"right": WHEN, **entry})
    for entry in yaml.safe_load((Path(__file__).parent / "slips.yaml").read_text(encoding="utf-8"))
]


def write_slips(folder: Path) -> Path:
    """A county file, and beside it one rule file per slip and a file to audit; the county file."""
    names = []
    for number, slip in enumerate(SLIPS, 1):
        assert SOUND.count(slip.right) == 1, slip.name
        text = SOUND.replace(slip.right, slip.wrong).replace("Q00", f"Q{number:02d}")
        names.append(file_of(slip))
        (folder / names[-1]).write_text(text, encoding="utf-8")
    return write_county(folder, *names)


def write_county(folder: Path, *rules: str) -> Path:
    (folder / "a.csv").write_text(
        "姓名,性别,身份证号,出生日期,父亲姓名,母亲姓名\n杨晓峰,男,52990120150312001X,2015-03-12,杨大山,李秀英\n",
        encoding="utf-8",
    )
    county = folder / "lbt-audit.toml"
    listed = ", ".join(f'"{name}"' for name in rules)
    county.write_text(f'county = "青禾县"\nrules = [{listed}]\n', encoding="utf-8")
    return county


def file_of(slip: Slip) -> str:
    return f"{SLIPS.index(slip) + 1:02d}.yaml"
