"""``rules/words.yaml``: lists of words that decide something, and how a text is searched for one.

Patterns are RE2, so the time a search takes is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.resources import data_dir, shown

FILE = "words.yaml"
PARTS = ("words", "short", "not_in", "needs", "over", "doubted")
_OPENING = regex(r"(?<!\\)\((?!\?)")
_STANDING_FOR_NOTHING = "\u2060"  # takes the place of what was cut out, so that the rest does not close up


@dataclass(frozen=True)
class WordList:
    """One list; every entry an RE2 pattern, mostly a plain word. The parts are described at the top of the file."""

    name: str
    words: tuple[str, ...]
    short: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> str:
        """Any of ``words``, as one group."""
        return any_of(self.words)

    @cached_property
    def _elsewhere(self) -> str:
        """Any of ``not_in``, with the words for ``@``."""
        return any_of(tuple(entry.replace("@", self.pattern) for entry in self.not_in))

    def found(self, texts: pa.Array, pattern: str | None = None) -> NDArray[np.bool_]:
        """Texts (bool) in which one of ``words`` (or ``pattern``) stands and not only inside one of ``not_in``.

        ``texts``: string array without nulls and blanks; give each distinct text once.
        """
        wanted = pattern or self.pattern
        hit = matches(texts, wanted)
        if self.not_in and hit.any():
            at = np.flatnonzero(hit)
            hit[at] = matches(self.elsewhere_cut(texts.take(pa.array(at))), wanted)
        return hit

    def elsewhere_cut(self, texts: pa.Array) -> pa.Array:
        """``texts`` with everything taken out in which the words mean something else."""
        return cut(texts, self._elsewhere) if self.not_in else texts


def any_of(entries: tuple[str, ...]) -> str:
    """One group for all of them; groups inside capture nothing."""
    return _OPENING.sub("(?:", "(" + "|".join(entries) + ")")


def matches(texts: pa.Array, pattern: str) -> NDArray[np.bool_]:
    found = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return np.array(found, np.bool_)


def cut(texts: pa.Array, pattern: str) -> pa.Array:
    """``texts`` with everything that fits ``pattern`` taken out."""
    return pc.replace_substring_regex(texts, pattern, _STANDING_FOR_NOTHING)


def words(name: str) -> WordList:
    """The list ``name``. Raises KeyError where there is none: names in code are held against the file by a test."""
    return word_lists()[name]


def word_lists(folder: Path | None = None) -> Mapping[str, WordList]:
    """Every list of ``words.yaml`` in ``folder`` (the built-in rules). Raises ConfigError listing all problems."""
    path = (folder or data_dir("rules")) / FILE
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _load(path: Path, changed: int) -> Mapping[str, WordList]:
    data = load_mapping(path)
    problems = list(_problems(data, shown(path)))
    if problems:
        raise ConfigError(problems)
    return {
        name: WordList(name, **{part: tuple(entries) for part, entries in parts.items()})
        for name, parts in data.items()
    }


def unknown_list(name: str, folder: Path | None = None) -> Text | None:
    """Why ``{words: name}`` in a condition cannot stand; None where there is such a list."""
    known = word_lists(folder)
    if name in known:
        return None
    near = did_you_mean(name, known)
    return Text(f"{FILE} 中没有词表“{name}”{near.zh}", f"no list {name!r} in {FILE}{near.en}")


def _problems(data: Located, file: str) -> Iterator[Problem]:
    for name, parts in data.items():
        line = data.lines[name]
        if not isinstance(parts, Located) or not parts.get("words"):
            yield Problem(file, line, Text(f"“{name}”缺少 words", f"{name!r} has no words"))
            continue
        for part, entries in parts.items():
            line = parts.lines[part]
            if part not in PARTS:
                near = did_you_mean(part, PARTS)
                yield Problem(
                    file, line, Text(f"未知的键“{part}”{near.zh}", f"unknown key {part!r}{near.en}")
                )
            elif not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
                yield Problem(file, line, Text(f"{part} 应为词语列表", f"{part} must be a list of words"))
            else:
                yield from (Problem(file, line, text) for text in _entries(name, part, entries))


def _entries(name: str, part: str, entries: list[str]) -> Iterator[Text]:
    where = Text(f"{name} 的 {part}", f"{part} of {name}")
    for entry in {e for i, e in enumerate(entries) if e in entries[:i]}:
        yield Text(f"{where.zh} 中“{entry}”重复", f"{entry!r} twice among {where.en}")
    entries = [entry.replace("@", "字") for entry in entries]
    if _fault(any_of(tuple(entries))) is None:
        return
    for entry in entries:
        fault = _fault(entry)
        if fault is not None:
            yield Text(f"{where.zh} 中“{entry}”{fault.zh}", f"{entry!r} among {where.en} {fault.en}")


def _fault(pattern: str) -> Text | None:
    try:
        empty = matches(pa.array([""]), pattern)[0]
    except pa.ArrowInvalid as error:
        return Text(f"不是有效的 RE2 表达式：{error}", f"is no RE2 pattern: {error}")
    return Text("会匹配空文本", "fits the empty text") if empty else None
