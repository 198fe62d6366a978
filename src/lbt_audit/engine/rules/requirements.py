"""The conditions schemas hold, under which columns are required or a figure counts a child, read as those of rules are.

``schemas`` cannot do it: conditions may speak of derived facts, which stand above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lbt_audit.config.located import load_mapping
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import Problem
from lbt_audit.resources import shown
from lbt_audit.rulebook.build import substitute
from lbt_audit.rulebook.condition import read_condition
from lbt_audit.rulebook.flaw import Flaws
from lbt_audit.rulebook.located import tuples, walk
from lbt_audit.rulebook.vocabulary import Vocabulary
from lbt_audit.schemas.statistics import is_form


def with_requirements(dictionary: Dictionary, vocabulary: Vocabulary) -> Dictionary:
    """``dictionary`` with every condition read; ``lint_requirements`` says first whether they can be."""
    kinds = {
        key: replace(
            kind,
            required={
                field: None if when is None else read_condition(tuples(when), vocabulary)
                for field, when in kind.required.items()
            },
        )
        for key, kind in dictionary.kinds.items()
    }
    everywhere, statistics = vocabulary.everywhere(), dictionary.statistics
    items = {
        key: item if item.when is None else replace(item, when=read_condition(tuples(item.when), everywhere))
        for key, item in statistics.items.items()
    }
    return replace(dictionary, kinds=kinds, statistics=replace(statistics, items=items))


def lint_requirements(vocabulary: Vocabulary, files: Iterable[Path]) -> list[Problem]:
    """Everything wrong with the conditions in these schema files."""
    problems = []
    for path in files:
        for written, stands_for, known in _conditions(vocabulary, path):
            try:
                read_condition(substitute(tuples(written), stands_for), known)
            except Flaws as flaws:
                problems += [
                    Problem(shown(path), walk(written, flaw.path)[1], flaw.text) for flaw in flaws.flaws
                ]
    return problems


def _conditions(
    vocabulary: Vocabulary, path: Path
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, str], Vocabulary]]:
    """(condition, what its placeholders stand for, what it may speak of)."""
    data = load_mapping(path)
    for counted in (data.get("groups") or {}).values():
        for item in counted.get("items", {}).values():
            if isinstance(item.get("when"), Mapping):
                yield item["when"], {}, vocabulary.everywhere()
    if is_form(data):
        return
    group = path.parent.name == "columns"
    for entry in (data if group else data.get("columns") or {}).values():
        for who in entry.get("each") or [""]:
            if isinstance(entry.get("asked"), Mapping):
                yield entry["asked"], {"p": who}, vocabulary
    required = None if group else data.get("required")
    for when in required.values() if isinstance(required, Mapping) else ():
        if isinstance(when, Mapping):
            yield when, {}, vocabulary.only((path.stem,))
