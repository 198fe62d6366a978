"""The folder ``schemas/`` and a county's own files → ``Dictionary``, without importing pandas or pandera.

Everything wrong is told at once, with file, line and the nearest word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.model.dictionary import Dictionary, Fact, Group
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.statistics import Statistics
from lbt_audit.model.text import Text
from lbt_audit.resources import shown
from lbt_audit.schemas.columns import Columns
from lbt_audit.schemas.kinds import KindFile, read_kind
from lbt_audit.schemas.problems import Problems
from lbt_audit.schemas.statistics import is_form, read_statistics
from lbt_audit.values.codes import CodesError, code_lists

NOT_KINDS = frozenset({"headers.yaml", "codes.yaml", "indicators.yaml", "synonyms.yaml"})


def schema_files(folder: Path) -> list[Path]:
    """The files with conditions in ``folder``: of kinds, columns, indicators and forms of statistics."""
    kinds = [p for p in sorted(folder.glob("*.yaml")) if p.name not in NOT_KINDS]
    return [*kinds, *sorted(folder.glob("columns/*.yaml")), folder / "indicators.yaml", *_forms(folder)]


def _forms(folder: Path) -> list[Path]:
    return sorted(folder.glob("statistics/*.yaml"))


def load_dictionary(folder: Path, own: Iterable[Path] = ()) -> Dictionary:
    """Everything declared in ``folder``, changed and added to by the county's files ``own``.

    A file of ``own`` is named after the kind it is about; keys it gives replace the built-in ones, of
    ``columns``, ``codes`` and ``recognise`` single entries. A new name is a new kind of register, or a form of
    statistics where the file says ``kind: statistics``. Raises ConfigError listing every problem.
    """
    files = (*sorted(folder.glob("*.yaml")), *sorted(folder.glob("*/*.yaml")), *own)
    return _load(folder, tuple(own), tuple(p.stat().st_mtime_ns for p in files if p.exists()))


@lru_cache(maxsize=8)
def _load(folder: Path, own: tuple[Path, ...], changed: tuple[int, ...]) -> Dictionary:
    """``changed``: when the files were written, so that an edited one counts as new."""
    problems: list[Problems] = []

    def opened(path: Path) -> tuple[Located, Problems]:
        problems.append(Problems(shown(path)))
        return load_mapping(path), problems[-1]

    codes = {name: dict(found.lookup) for name, found in code_lists(opened(folder / "codes.yaml")[0]).items()}
    headers, told = opened(folder / "headers.yaml")
    told.keys(headers, {"groups", "facts"}, required={"groups", "facts"})
    groups = dict(_groups(headers.get("groups") or Located(), told))
    facts = dict(_facts(headers.get("facts") or Located(), told))
    kinds: dict[str, list[KindFile]] = {}
    forms = [(path, *opened(path)) for path in _forms(folder)]
    for path in (*(p for p in sorted(folder.glob("*.yaml")) if p.name not in NOT_KINDS), *own):
        file = KindFile(path, *opened(path))
        if is_form(file.data):
            forms.append((path, file.data, file.problems))
            continue
        kinds.setdefault(file.kind, []).append(file)
        codes |= _own_codes(file)
    columns = Columns(groups, facts, codes)
    included: dict[str, list[str]] = {}
    for path in sorted(folder.glob("columns/*.yaml")):
        data, told = opened(path)
        included[path.stem] = columns.read(data, path.stem if path.stem in groups else "child", told)
    if any(told.found for told in problems):  # a column that is missing would be missed in every register
        raise ConfigError([problem for told in problems for problem in told.found])
    read = {key: read_kind(files, included, columns) for key, files in kinds.items()}
    counted = folder / "indicators.yaml"
    statistics = read_statistics(opened(counted), forms) if counted.exists() else Statistics()
    found = [problem for told in problems for problem in told.found]
    if found:
        raise ConfigError(found)
    read = dict(sorted(read.items(), key=lambda item: (item[1].rank, item[0])))
    return Dictionary(
        columns.fields, groups, facts, columns.vague, columns.spares, columns.worded, read, codes, statistics
    )


def _groups(data: Located, problems: Problems) -> Iterator[tuple[str, Group]]:
    for key, entry in data.items():
        if problems.keys(entry, {"word", "en", "headers", "person"}, required={"word", "en", "headers"}):
            word = Text(entry["word"], entry["en"])
            yield key, Group(key, word, tuple(entry["headers"]), entry.get("person", False))


def _facts(data: Located, problems: Problems) -> Iterator[tuple[str, Fact]]:
    for key, entry in data.items():
        if problems.keys(entry, {"zh", "en", "labels"}, required={"zh", "en", "labels"}):
            yield key, Fact(key, Text(entry["zh"], entry["en"]), tuple(entry["labels"]))


def _own_codes(file: KindFile) -> dict[str, dict[str, str]]:
    """The code lists that only this kind of register has."""
    written = file.data.get("codes")
    if not isinstance(written, Mapping):
        return {}
    try:
        return {name: dict(found.lookup) for name, found in code_lists(written).items()}
    except CodesError as error:
        file.problems.add(file.data.lines["codes"], f"代码表有误：{error}", f"code lists: {error}")
        return {}
