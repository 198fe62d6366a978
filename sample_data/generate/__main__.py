"""``python -m sample_data.generate [--out DIR] [--check]``: write the sample counties.

``--check`` writes nothing: it says whether the committed files are what the generator makes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from sample_data.generate.counties import ROOT, generate, summary

COUNTIES = ("qinghe", "clean", "previous", "truth.json", "truth_clean.json", "truth_previous.json")


def differences(made: Path, committed: Path, names: tuple[str, ...] = COUNTIES) -> list[str]:
    """Files that only one of the two has, or whose content differs."""
    found = []
    for name in names:
        sides = []
        for root in (made, committed):
            top = root / name
            files = [top] if top.is_file() else [p for p in top.rglob("*") if p.is_file()]
            sides.append({str(p.relative_to(root)): p.read_bytes() for p in files})
        here, there = sides
        found += [f"{p}: {'missing' if p not in there else 'not made' if p not in here else 'differs'}"
                  for p in sorted({*here, *there}) if here.get(p) != there.get(p)]  # fmt: skip
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT, help="folder to write to")
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    options = parser.parse_args(arguments)
    if not options.check:
        sys.stdout.write(summary(generate(options.out)) + "\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(summary(generate(Path(folder))) + "\n")
        found = differences(Path(folder), options.out)
    for line in found:
        sys.stdout.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
