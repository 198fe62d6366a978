"""Builds ``radicals.tsv`` (a developer's tool, never run by users).

    python -m lbt_audit.model.build_radicals PATH/EquivalentUnifiedIdeograph.txt

The file is part of the Unicode Character Database (https://www.unicode.org/Public/UCD/latest/ucd/).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
HEAD = """\
# columns: radical or stroke, the character it stands for
# source: EquivalentUnifiedIdeograph of the Unicode Character Database (https://www.unicode.org/Public/UCD),
#   Unicode licence v3; traditional forms made simplified by model/simplified.tsv (OpenCC, Apache-2.0)
# built by model/build_radicals.py
"""


def build(source: Path) -> None:
    """Write the table from the Unicode file ``source``."""
    rows = (line.split("\t") for line in _lines(HERE / "simplified.tsv"))
    simple = dict(rows)
    found = {radical: simple.get(same, same) for radical, same in _equivalents(source)}
    table = "".join(f"{radical}\t{character}\n" for radical, character in sorted(found.items()))
    (HERE / "radicals.tsv").write_text(HEAD + table, "utf-8", newline="\n")


def _equivalents(source: Path) -> Iterator[tuple[str, str]]:
    """``2EBE..2EC0 ; 8279`` says that three radicals stand for one character."""
    for line in _lines(source):
        span, same = (part.strip() for part in line.partition("#")[0].split(";"))
        first, _, last = span.partition("..")
        for point in range(int(first, 16), int(last or first, 16) + 1):
            yield chr(point), chr(int(same, 16))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip() and line[0] != "#"]


if __name__ == "__main__":
    build(Path(sys.argv[1]))
