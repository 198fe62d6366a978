"""The header dictionary: which headers mean which field, and which fields make which kind of table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property, lru_cache

from lbt_audit.model.characters import normal, simplified
from lbt_audit.model.field import Field
from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.statistics import Statistics
from lbt_audit.model.text import Text

_INVISIBLE = regex(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_STARS = regex(r"[*★☆※●▲]+|[(（【\[]?(?:必填|选填|必录)[)）】\]]?")
_NUMBER = regex(
    r"^(?:[(（]?\d{1,3}[)）]|\d{1,3}[.、．]"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)(?=\D)"
)
_BRACKETS = str.maketrans("[]{}<>【】〔〕《》", "()()()()()()")
_ASIDE = regex(r"\([^()]*\)")


@lru_cache(maxsize=65536)
def normalise_header(text: str) -> str:
    """A header as compared: normal simplified characters, no blanks, stars, numbering or closing colon, round brackets."""
    name = _INVISIBLE.sub("", simplified(normal(text))).replace("身分证", "身份证")
    name = _STARS.sub("", name).translate(_BRACKETS)
    name = _NUMBER.sub("", name)
    return name.rstrip(":;,.、。-_").upper()


@lru_cache(maxsize=65536)
def bare_header(text: str) -> str:
    """``normalise_header`` without remarks in brackets: 外出时间(年月) → 外出时间."""
    name = normalise_header(text)
    return _ASIDE.sub("", name) or name


_AGAIN = regex(r"\s*#\d+$")


def header_levels(printed: str) -> tuple[str, ...]:
    """The levels of a header, written with "/" between them, as they are compared."""
    return tuple(normalise_header(level) for level in without_number(printed).split("/"))


def without_number(printed: str) -> str:
    """A header of a county's own form without the #2 that tells it from another of the same words."""
    return _AGAIN.sub("", printed)


@dataclass(frozen=True, slots=True)
class Group:
    """A header group, e.g. 父亲情况. ``person``: it is about another person than the child."""

    key: str
    word: Text
    headers: tuple[str, ...]
    person: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that stands outside the records, e.g. 填报单位, found by its label."""

    key: str
    title: Text
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Dictionary:
    """Everything declared in ``schemas/``: ``fields`` by key, ``kinds`` of register by key, ``codes`` (code list →
    text or alias → code), what ``statistics`` tables count. ``configured`` maps headers a county added to field keys."""

    fields: Mapping[str, Field]
    groups: Mapping[str, Group]
    facts: Mapping[str, Fact]
    vague: Mapping[str, str] = field(default_factory=dict)  # header → key: whose it is needs a group
    spares: Mapping[str, str] = field(default_factory=dict)
    worded: Mapping[str, str] = field(default_factory=dict)  # header → key it means over words, not numbers
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statistics: Statistics = field(default_factory=Statistics)
    configured: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def forms(self) -> tuple[Kind, ...]:
        """The kinds that come as forms of one record each."""
        return tuple(kind for kind in self.kinds.values() if kind.form)

    @cached_property
    def about(self) -> Mapping[str, frozenset[str]]:
        """Header group registers are about → every field such a register may hold."""
        subjects = {kind.about for kind in self.kinds.values() if kind.about is not None}
        return {
            s: frozenset(key for kind in self.kinds.values() if kind.about == s for key in kind.columns)
            for s in subjects
        }

    def with_aliases(self, aliases: Mapping[str, str | Iterable[str]]) -> Dictionary:
        """With headers of the county file: header → field key, or field key → headers.

        Raises KeyError naming the key where a field does not exist.
        """
        extra = dict(self.configured)
        for key, value in aliases.items():
            pairs = [(key, value)] if isinstance(value, str) else [(header, key) for header in value]
            for header, target in pairs:
                if target not in self.fields:
                    raise KeyError(target)
                extra["/".join(normalise_header(part) for part in header.split("/"))] = target
        return replace(self, configured=extra)

    @cached_property
    def full(self) -> dict[str, tuple[str, str]]:
        """Normalised full header → (field key, "standard" or "alias")."""
        index: dict[str, tuple[str, str]] = {}
        for match in ("standard", "alias"):
            for f in self.fields.values():
                for header in f.titles if match == "standard" else f.aliases:
                    index.setdefault(normalise_header(header), (f.key, match))
        for header, key in self.vague.items():
            index.setdefault(normalise_header(header), (key, "standard"))
        return index

    @cached_property
    def under(self) -> dict[tuple[str, str], str]:
        """(group key, normalised leaf header) → field key."""
        return {(f.group, normalise_header(x)): f.key for f in self.fields.values() for x in f.leaves}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Normalised group header → group key."""
        return {normalise_header(h): g.key for g in self.groups.values() for h in g.headers}

    @cached_property
    def vague_headers(self) -> frozenset[str]:
        return frozenset(normalise_header(h) for h in self.vague)

    @cached_property
    def person_words(self) -> tuple[str, ...]:
        """Words in a header that say whose the column is, whatever group it stands under."""
        words = [g.word.zh for g in self.groups.values() if g.person]
        return (*words, "儿童", "学生", "孩子", "家长", "监护", "帮扶")

    @cached_property
    def options(self) -> frozenset[str]:
        """Every normalised word for a choice, in lower case: 健康, 小学, 打工收入."""
        texts = (normalise_header(text).lower() for codes in self.codes.values() for text in codes)
        return frozenset(text for text in texts if not text.isascii())

    @cached_property
    def words(self) -> frozenset[str]:
        """Every normalised header, leaf and group header."""
        leaves = {leaf for _, leaf in self.under}
        last = {path.rpartition("/")[2] for path in self.configured}
        return frozenset({*self.full, *leaves, *self.group_of, *last, *self.printed, *self.printed_groups})

    @cached_property
    def printed(self) -> frozenset[str]:
        """The lowest levels of headers of the county's own forms, confirmed or not."""
        return frozenset(header_levels(h.printed)[-1] for k in self.kinds.values() for h in k.headings)

    @cached_property
    def printed_groups(self) -> frozenset[str]:
        """The levels above them."""
        return frozenset(
            x for k in self.kinds.values() for h in k.headings for x in header_levels(h.printed)[:-1]
        )
