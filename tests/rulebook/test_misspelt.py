"""Shipped rules with one letter wrong: told at its line, whatever it is, and never accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lbt_audit.config.located import Located, load_located
from lbt_audit.engine.rules.load import load_all
from lbt_audit.model.errors import ConfigError
from lbt_audit.rulebook.build import Entry, build_rule
from lbt_audit.rulebook.flaw import Flaws
from lbt_audit.rulebook.flaw import Path as Way
from lbt_audit.rulebook.located import walk

CATALOGUE, _ = load_all()
# Below these keys stand texts, numbers and cells: whatever is written there is right.
FREE = {"code", "zh", "en", "contains", "matches", "eq", "ne", "lt", "le", "gt", "ge", "shows"}
# What stands for something else, and the names of groups, go wrong where they are used.
SHOWN_WHERE_USED = {"for_each", "name", "lists", "patterns", "severities"}
NAMES_OF_ITS_OWN = {"reasons", "words", "counts", "for_each", "also", "linked"}


def own_column(rule: Any, way: Way) -> bool:
    """What a register must have a column for and no record is told of goes by a name of its own."""
    return len(way) == 2 and way[0] == "columns" and way[1] not in rule["reasons"]


def sites(data: Any, way: Way = ()) -> Iterator[tuple[Way, bool]]:
    """(the way to a word that is no free text, whether it is a key)."""
    if isinstance(data, dict):
        for key, item in data.items():
            here = (*way, key)
            if isinstance(key, str) and key.isidentifier() and not (way and way[-1] in NAMES_OF_ITS_OWN):
                yield here, True
            if key not in FREE and "examples" not in here:
                yield from sites(item, here)
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from sites(item, (*way, number))
    elif (
        isinstance(data, str)
        and len(data) > 2
        and data.isascii()
        and not data.isdigit()  # first digits of telephones: any are right
        and not {"code", "id_no.sequence"} & {*way}
    ):
        yield way, False


def plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: plain(item) for key, item in data.items()}
    return [plain(item) for item in data] if isinstance(data, list) else data


RULES = {code: plain(entry.data) for code, entry in CATALOGUE.entries.items()}
SITES = [
    (code, way, key) for code, rule in RULES.items() for way, key in sites(rule) if not own_column(rule, way)
]


def changed(data: Any, way: Way, key: bool, wrong: str) -> Any:
    """``data`` with the word at the end of ``way`` written ``wrong``."""
    step, *rest = way
    if isinstance(data, list):
        return [changed(d, tuple(rest), key, wrong) if i == step and rest else wrong if i == step else d
                for i, d in enumerate(data)]  # fmt: skip
    if rest:
        return {k: changed(d, tuple(rest), key, wrong) if k == step else d for k, d in data.items()}
    return {wrong if k == step and key else k: wrong if k == step and not key else d for k, d in data.items()}


def word_at(data: Any, way: Way, key: bool) -> str:
    for step in way[:-1] if key else way:
        data = data[step]
    return str(way[-1]) if key else data


def misspelt(word: str, number: int, how: str) -> str:
    at = number % len(word)
    return {
        "left out": word[:at] + word[at + 1 :],
        "doubled": word[: at + 1] + word[at:],
        "another": word[:at] + ("z" if word[at] != "z" else "y") + word[at + 1 :],
    }[how]


def written(rule: dict[str, Any]) -> str:
    """As rule files are written: a line for each key of the rule."""

    def flow(value: Any) -> str:
        text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10**6)
        return text.removesuffix("...\n").strip()

    return "- " + "  ".join(f"{key}: {flow(value)}\n" for key, value in rule.items())


def problems(path: Path, code: str) -> list[int]:
    """Lines of everything that is wrong with the one rule in ``path``; empty where it is accepted."""
    assert CATALOGUE.vocabulary is not None
    (data,) = load_located(path)
    assert isinstance(data, Located)
    entry = Entry(data, path.name)
    try:
        build_rule(entry, CATALOGUE.vocabulary)
    except Flaws as flaws:
        return [entry.place(flaw.path)[1] for flaw in flaws.flaws]
    except ConfigError as error:
        return [p.line for p in error.problems]
    return []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SITES), st.integers(0, 20), st.sampled_from(["left out", "doubled", "another"]))
def test_one_letter_wrong_is_told_at_its_line(tmp_path: Path, site: Any, number: int, how: str) -> None:
    code, way, key = site
    wrong = misspelt(word_at(RULES[code], way, key), number, how)
    rule = changed(RULES[code], way, key, wrong)
    path = tmp_path / "own.yaml"
    path.write_text(written(rule), encoding="utf-8")
    (data,) = load_located(path)
    line = walk(data, (*way[:-1], wrong) if key else way)[1]
    told = problems(path, code)
    assert told and (line in told or way[0] in SHOWN_WHERE_USED), (code, way, wrong, told)


def test_a_fault_misspelt_where_it_is_defined_is_told_there(tmp_path: Path) -> None:
    """Not only where it is given its words, which are right."""
    for way in (("begins", "unassigned"), ("part_of", "part_of_id")):
        rule = changed(RULES["C15"], way, True, way[1][1:])
        path = tmp_path / "own.yaml"
        path.write_text(written(rule), encoding="utf-8")
        (data,) = load_located(path)
        assert CATALOGUE.vocabulary is not None and isinstance(data, Located)
        with pytest.raises(Flaws) as told:
            build_rule(Entry(data, path.name), CATALOGUE.vocabulary)
        flaws = {flaw.path: str(flaw) for flaw in told.value.flaws}
        assert way[1][1:] in flaws[way[0], way[1][1:]] and way[1] in flaws[way[0], way[1][1:]]
