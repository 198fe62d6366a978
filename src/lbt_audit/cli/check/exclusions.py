"""What an audit must not take for files handed in, and where its documents must not go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lbt_audit.cli.errors import UsageError

if TYPE_CHECKING:
    from lbt_audit.cli.check.options import CheckOptions
    from lbt_audit.config.county import County

# No register has such a name, so the last audit's report of that name is left out and may be replaced.
_REPORTS = {".json", ".jsonl", ".parquet", ".sarif", ".md"}


def exclusions(options: CheckOptions, county: County | None) -> tuple[Path, ...]:
    """Files and folders that are no submissions."""
    found = [options.folder] if options.folder is not None else []
    found += [path for path in options.output_files or () if path.suffix.lower() in _REPORTS]
    if options.links is not None and _is_links(options.links):
        found.append(options.links)
    if options.ledger is not None:
        found += [options.ledger, *(Path(f"{options.ledger}{end}") for end in ("-wal", "-shm", ".key"))]
    if county is not None and county.templates is not None:
        found.append(county.templates)
    return tuple(found)


def _is_links(path: Path) -> bool:
    """Whether a file is a list of links of an earlier run, not a register that happens to bear the name."""
    from lbt_audit.reports.formats.links_csv import HEADER

    start = ",".join(HEADER).encode("utf-8-sig")
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(start)) == start
    except OSError:
        return False


def refuse_folder(out: Path | None, paths: Sequence[Path]) -> None:
    """The folder of the documents is left out of the audit, so it cannot be what is audited."""
    if out is None or not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"--out 不是文件夹：{out}", f"--out is no folder: {out}")
    for path in paths:
        if path.is_dir() and path.samefile(out):
            other = path / "lbt-report"
            raise UsageError(
                f"--out 就是被核查的文件夹 {path}，文档会与报送的文件混在一起；请另指定一个文件夹，如 {other}",
                f"--out is the audited folder {path}; documents would be mixed up with the files handed in. "
                f"Name another one, such as {other}",
            )
