"""Lists of issues in the words of units: what problems are called there, and what is answered (``rules/problems.yaml``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.resources import shown
from lbt_audit.rulebook.flaw import unknown

FILE: Final = "problems.yaml"
Answer = Literal["disputed", "open", "done", "blank", "other"]
ANSWERS: Final[tuple[Answer, ...]] = ("disputed", "open", "done")
_CODE = regex(r"(?<![A-Z0-9])[A-Z][0-9]{2}(?![0-9])")
_BLANK = regex(r"\s+")


@dataclass(frozen=True)
class Called:
    """A text that holds one word of each of ``words`` means an issue of one of ``rules``."""

    words: tuple[tuple[str, ...], ...]
    rules: frozenset[str]

    def fits(self, text: str) -> bool:
        return all(any(word in text for word in group) for group in self.words)


@dataclass(frozen=True)
class Problems:
    """``titles``: what each rule is called; ``of_units``: rules whose issues are about files and units, no child's.
    ``answers``: RE2 patterns by what they mean."""

    called: tuple[Called, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)
    of_units: frozenset[str] = frozenset()

    def rules(self, text: str) -> frozenset[str]:
        """Codes of the rules a problem in words can be an issue of: those it names by code, else by title, else by
        its words; none where it says nothing of the kind."""
        plain = plain_text(text)
        codes = {code for code in _CODE.findall(plain.upper()) if code in self.titles}
        if not codes:
            names = ((code, plain_text(name)) for code, t in self.titles.items() for name in (t.zh, t.en))
            codes = {code for code, name in names if name in plain}
        if not codes:
            codes = {code for entry in self.called if entry.fits(plain) for code in entry.rules}
        return frozenset(codes)

    def answer(self, done: str, closed: str) -> Answer:
        """What is answered, of the cells 整改情况 and 是否销号 without placeholders."""
        said, shut = plain_text(done), plain_text(closed)
        for answer in ANSWERS:
            if said and self._fits(answer, said):
                return answer
        if shut and self._fits("closed", shut):
            return "done"
        return "other" if said else "open" if shut else "blank"

    def _fits(self, answer: str, text: str) -> bool:
        patterns = self.answers.get(answer)
        return bool(patterns) and pc.match_substring_regex(pa.scalar(text), "|".join(patterns or ())).as_py()


def plain_text(text: str) -> str:
    """Without blanks, in lower case."""
    return _BLANK.sub("", text).lower()


def read_problems(folder: Path, titles: Mapping[str, Text], of_units: Collection[str] = ()) -> Problems:
    """The file in ``folder``. ``titles`` of every rule there is, ``of_units`` as in ``Problems``. Raises ConfigError with
    everything wrong in the file."""
    path = folder / FILE
    if not path.exists():
        return Problems(titles=titles)
    known, lines, wrong = _read(path)
    flaws = [
        *wrong,
        *(
            Problem(shown(path), line, unknown("规则", "rule", code, titles).text)
            for line, entry in zip(lines, known.called, strict=True)
            for code in sorted(entry.rules - titles.keys())
        ),
    ]
    if flaws:
        raise ConfigError(flaws)
    return replace(known, titles=titles, of_units=frozenset(of_units))


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[Problems, tuple[int, ...], tuple[Problem, ...]]:
    data, called, lines, flaws = load_mapping(path), [], [], []

    def wrong(line: int, zh: str, en: str) -> None:
        flaws.append(Problem(shown(path), line, Text(zh, en)))

    for key in data.keys() - {"called", "answers"}:
        wrong(data.lines[key], f"没有“{key}”这一项", f"no such key: {key!r}")
    entries: Any = data.get("called") or ()
    for item, line in zip(entries, getattr(entries, "lines", ()), strict=True):
        written: Mapping[str, Any] = item if isinstance(item, Mapping) else {}
        groups, rules = written.get("words") or [()], written.get("rules") or ()
        if set(written) != {"words", "rules"} or not _texts(rules) or not all(map(_texts, groups)):
            zh = "应为 words（词组的列表）和 rules（规则代码的列表）"
            wrong(line, zh, "must be words (groups of words) and rules")
            continue
        words = tuple(tuple(plain_text(word) for word in group) for group in groups)
        called.append(Called(words, frozenset(rules)))
        lines.append(line)
    answers = data.get("answers") or Located()
    for answer, patterns in answers.items():
        if answer not in (*ANSWERS, "closed") or not _texts(patterns) or not all(map(_is_pattern, patterns)):
            wrong(
                answers.lines[answer],
                f"“{answer}”应为 RE2 正则的列表",
                f"{answer!r} must be a list of RE2 patterns",
            )
    kept = {answer: tuple(patterns) for answer, patterns in answers.items() if _texts(patterns)}
    return Problems(tuple(called), kept), tuple(lines), tuple(flaws)


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value)


def _is_pattern(text: str) -> bool:
    try:
        pc.match_substring_regex(pa.scalar(""), text)
    except pa.ArrowInvalid:
        return False
    return True
