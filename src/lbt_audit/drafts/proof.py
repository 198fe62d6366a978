"""Whether the example is read by its own draft as it should be, once every proposal is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lbt_audit.drafts.draft import Draft
from lbt_audit.drafts.schema import schema_text
from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.read import read_files
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.record import dataclass
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary


@dataclass(frozen=True)
class Proof:
    """``kinds``: what the example was read as; ``columns``: of its form, ``read``: those that were read; ``left``: headers
    that were not."""

    kinds: tuple[str, ...]
    columns: int
    read: int
    left: tuple[str, ...]


@contextmanager
def written(drafts: Sequence[Draft], dictionary: Dictionary) -> Iterator[Mapping[str, Path]]:
    """Kind → its schema file with every proposal confirmed, in a folder that is there as long as the block."""
    with TemporaryDirectory(prefix="lbt-audit-") as folder:
        paths = {draft.kind.key: Path(folder, f"{draft.kind.key}.yaml") for draft in drafts}
        for draft in drafts:
            paths[draft.kind.key].write_text(
                schema_text(draft.accepted(), dictionary, "zh"), encoding="utf-8"
            )
        yield paths


def proved(draft: Draft, dictionary: Dictionary) -> Proof:
    """``draft``'s example, read by the schema that is written of it."""
    with written([draft], dictionary) as paths:
        own = load_dictionary(data_dir("schemas"), paths.values())
        file = draft.example.file
        (result,) = read_files([InputFile(file.name, file)])
        grids = [grid for grid in result.grids if grid.sheet == draft.example.sheet]
        found = extract_tables(file.name, result.sha256, grids, own, Units())
    at = draft.example.header_rows
    tables = [t for t in found.tables if set(t.header_rows) & set(at)]
    have = {index for t in tables for index in (c.index for c in t.columns.values())}
    left = {u.header for t in tables for u in t.unmapped if u.index not in have}
    asked = [c.column.index for c in draft.columns]
    read = sum(index in have for index in asked)
    return Proof(tuple(dict.fromkeys(t.kind for t in tables)), len(asked), read, tuple(sorted(left)))
