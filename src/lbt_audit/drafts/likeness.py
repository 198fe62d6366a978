"""How like the headers of the fields a header is that no dictionary knows: its words put as columns are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lbt_audit.config.located import load_mapping
from lbt_audit.intake.sheets.headers.mapping import find_field
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header
from lbt_audit.model.field import Field
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.resources import data_dir

FILE = "synonyms.yaml"
_FILLING = regex("的|之|请填|填写|本县|具体|详细|有关|所属|实际")
_ALIKE = 55.0  # of 100; below it two headers have nothing to do with each other
_NEARLY = 0.95  # what is alike to the letter is still not what the words say


@dataclass(frozen=True)
class Words:
    """``pattern``: any of the words people use; ``means``: such a word → the one columns are called by;
    ``persons``: the words that say whose it is → header group."""

    pattern: re.Pattern[str]
    means: Mapping[str, str]
    persons: Mapping[str, str]


@lru_cache(maxsize=4)
def words(groups: tuple[tuple[str, str], ...]) -> Words:
    """``schemas/synonyms.yaml``; ``groups``: (word, key) of the header groups of persons."""
    data = load_mapping(data_dir("schemas") / FILE)
    means = {
        normalise_header(other): word
        for part in ("things", "persons")
        for word, others in data[part].items()
        for other in (word, *others)
    }
    longest = sorted(means, key=len, reverse=True)
    keys = dict(groups) | {"儿童": "child", "走访人": "visit", "班主任": "school"}
    persons = {word: keys[word] for word in (*data["persons"], "监护人", "帮扶人") if word in keys}
    return Words(re.compile("|".join(map(re.escape, longest))), means, persons)


@dataclass(frozen=True)
class Header:
    """A header as it stands and as columns are called. ``whose``: header group of the person its words name, None = nobody."""

    path: tuple[str, ...]
    plain: tuple[str, ...]
    whose: str | None


def header_of(path: tuple[str, ...], dictionary: Dictionary) -> Header:
    known = words(tuple((g.word.zh, g.key) for g in dictionary.groups.values() if g.person))
    plain = tuple(
        _filling(known.pattern.sub(lambda m: known.means[m[0]], bare_header(level))) for level in path
    )
    whose = next((group for level in reversed(plain) if (group := _whose(level, known, dictionary))), None)
    return Header(path, plain, whose)


def _whose(level: str, known: Words, dictionary: Dictionary) -> str | None:
    group = dictionary.group_of.get(level)
    if group is not None:
        return group
    said = [(level.find(word), -len(word), key) for word, key in known.persons.items() if word in level]
    return min(said)[2] if said else None


def likeness(header: Header, field: Field, dictionary: Dictionary) -> tuple[float, Text | None]:
    """0 to 1, with what is alike."""
    if _exactly(header, dictionary) == field.key:
        called = "/".join(header.plain)
        return 1.0, Text(f"“{header.path[-1]}”即“{called}”", f"{header.path[-1]} says {called}")
    from rapidfuzz import fuzz

    mine = (header.plain[-1], _bare(header.path[-1]))
    best, called = max(
        ((fuzz.ratio(own, name), name) for own in mine for name in _names(field, header, dictionary)),
        default=(0.0, ""),
    )
    if best < _ALIKE:
        return 0.0, None
    return _NEARLY * best / 100, Text(f"与“{called}”相近", f"like {called}")


def _exactly(header: Header, dictionary: Dictionary) -> str | None:
    found = find_field(header.plain, dictionary)
    return None if found is None else found[0]


def _names(field: Field, header: Header, dictionary: Dictionary) -> Iterator[str]:
    yield from (_bare(name) for name in (*field.titles, *field.aliases))
    if header.whose == field.group:
        word = dictionary.groups[field.group].word.zh if field.group in dictionary.groups else ""
        yield from (name for leaf in field.leaves for name in (leaf, word + leaf))


@lru_cache(maxsize=16384)
def _bare(text: str) -> str:
    return _filling(bare_header(text))


def _filling(header: str) -> str:
    return _FILLING.sub("", header) or header
