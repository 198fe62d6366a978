"""Headers of statistics tables, word by word → what they count.

A level of a header (6-13岁女童) is cut into words of ``schemas/indicators.yaml`` without remainder; a level with a word
that stands nowhere there leaves the whole header unknown, so that nothing is counted that was not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from lbt_audit.model.dictionary import normalise_header
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.statistics import Indicator, Statistics, band

_LONGEST = 40  # characters of a header level; longer ones are sentences
_LIMIT = 16  # 14-16岁: children of sixteen are not counted any more
_TO = regex(r"(?<=\d)岁?[~—–―\-至到]+(?=\d)")
_AGES = regex(r"(\d{1,2})-(\d{1,2})岁?")
_BELOW, _ABOVE = regex(r"(\d{1,2})岁(?:及)?以下"), regex(r"(\d{1,2})岁(?:及)?以上")
_REMARK = regex(r"\((?:含|不含|不满|未满|包括|单位|人|名|个|周岁|岁)[^()]*\)")
_BETWEEN = frozenset('()、,，/:;.·-的中_“”"')
SUBSET = regex(r"^其\s*中\s*[:：]?")


def plain(text: str) -> str:
    """A header level as compared."""
    name = normalise_header(text).replace("周岁", "岁").replace("％", "%")
    return _TO.sub("-", _REMARK.sub("", name))


@dataclass(frozen=True)
class Word:
    """One meaning of a word: ``kind`` all | share | group | item."""

    kind: str
    key: str = ""
    group: str = ""


@dataclass(frozen=True)
class Meaning:
    """What a header path counts. ``words``: it has more than words that leave everything open."""

    indicator: Indicator
    share: bool = False


class Lexicon:
    """The words of all headers; what a text means is worked out once."""

    def __init__(self, statistics: Statistics) -> None:
        self.statistics = statistics
        self._words: dict[str, list[Word]] = {}
        self._add(statistics.all_words, Word("all"))
        self._add(statistics.shares, Word("share"))
        for group in statistics.groups.values():
            self._add((group.title.zh, *group.headers), Word("group", group.key, group.key))
        for item in statistics.items.values():
            self._add(dict.fromkeys((item.title.zh, *item.headers)), Word("item", item.key, item.group))
        self._longest = max(map(len, self._words), default=1)
        self._bands = {item.ages: item.key for item in statistics.items.values() if item.ages}
        self._cut: dict[str, list[list[Word]] | None] = {}

    def _add(self, texts: Iterable[str], word: Word) -> None:
        for text in texts:
            meanings = self._words.setdefault(plain(text), [])
            if word not in meanings:
                meanings.append(word)

    def knows(self, text: str) -> bool:
        """Whether a text consists of words of statistics headers alone."""
        return bool(text.strip()) and self.cut(text) is not None

    def cut(self, text: str) -> list[list[Word]] | None:
        """The words of a level, each with its meanings; None where something is left over."""
        if text not in self._cut:
            name = plain(text)
            self._cut[text] = self._from(name, 0, {}) if name and len(name) <= _LONGEST else None
        return self._cut[text]

    def _from(self, name: str, at: int, known: dict[int, list[list[Word]] | None]) -> list[list[Word]] | None:
        if at == len(name):
            return []
        if at not in known:
            known[at] = self._try(name, at, known)
        return known[at]

    def _try(self, name: str, at: int, known: dict[int, list[list[Word]] | None]) -> list[list[Word]] | None:
        """The longest word first that leaves a rest of words."""
        for end in range(min(len(name), at + self._longest), at, -1):
            found = self._words.get(name[at:end]) or self._age(name[at:end])
            if found:
                rest = self._from(name, end, known)
                if rest is not None:
                    return [found, *rest]
        return self._from(name, at + 1, known) if name[at] in _BETWEEN else None

    def _age(self, text: str) -> list[Word] | None:
        found, below, above = (p.fullmatch(text) for p in (_AGES, _BELOW, _ABOVE))
        if found is not None:
            first, last = int(found[1]), int(found[2])
        elif below is not None or above is not None:
            first, last = (0, int(below[1])) if below is not None else (int((above or [0, 0])[1]), _LIMIT)
        else:
            return None
        last = last - 1 if last == _LIMIT else last
        return (
            [Word("item", self._bands.get((first, last), band(first, last)), "age")]
            if first <= last
            else None
        )

    def read(self, path: Sequence[str]) -> Meaning | None:
        """What a header path counts; None where a level is not understood or may mean two things."""
        levels = [self.cut(level) for level in path if level.strip()]
        if not levels or any(level is None for level in levels):
            return None
        words = [word for level in levels for word in level or ()]
        context = {m.group for meanings in words for m in meanings if m.kind == "group"}
        items: set[str] = set()
        share = False
        for at, meanings in enumerate(words):
            share |= any(m.kind == "share" for m in meanings)
            found = [m for m in meanings if m.kind == "item"]
            own = {m.group for m in meanings if m.kind == "group"}
            later = {m.group for rest in words[at + 1 :] for m in rest if m.kind == "item"}
            if not found or own & later:  # 寄宿 over 是 and 否 is the group, alone it is its boarders
                continue
            near = [m for m in found if m.group in context - own] or found
            if len(near) > 1:
                return None
            items.add(near[0].key)
        return Meaning(frozenset(items), share)


@lru_cache(maxsize=4)
def lexicon(statistics: Statistics) -> Lexicon:
    return Lexicon(statistics)
