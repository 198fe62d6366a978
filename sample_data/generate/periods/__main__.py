"""``python -m sample_data.generate.periods [--out DIR] [--check]``: the second and third period."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from sample_data.generate.__main__ import differences
from sample_data.generate.counties import ROOT
from sample_data.generate.periods.make import NAMES, generate


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT, help="folder to write to")
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    options = parser.parse_args(arguments)
    if not options.check:
        generate(options.out)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder))
        found = differences(Path(folder), options.out, NAMES)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
