"""A kind of register, as ``schemas/<kind>.yaml`` declares it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any, Final, Literal

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

Checks = Mapping[str, Any]
"""Checks of a column by name, each with its argument; None where it takes none."""
Condition = Any
"""A condition as rules write it; the engine reads it (``rulebook.condition``)."""
Standing = Literal["listed", "once", "many", "none"]
Layout = Literal["list", "form", "figures"]
PREVIOUS: Final = "previous."
"""Before the key of a kind: the register of last period."""
ELSEWHERE: Final = "elsewhere."
"""Before the key of a kind: records of it out of other counties' registers."""


@dataclass(frozen=True)
class Signature:
    """What a kind of register is known by.

    ``fields`` and ``titles`` are weights of mapped fields and of words in title or sheet name; a
    sheet is of the kind when every set in ``needs`` has a mapped member and the weights reach
    ``threshold``. A ``fallback`` is asked only where no other kind is recognised, and only if the rows show that
    they are about children.
    """

    fields: Mapping[str, float] = field(default_factory=dict)
    titles: Mapping[str, float] = field(default_factory=dict)
    needs: tuple[frozenset[str], ...] = ()
    threshold: float = 3.0
    fallback: bool = False


@dataclass(frozen=True)
class Heading:
    """A column of a county's own form. ``printed``: its header as it stands there, levels joined by "/", a second
    one of the same words with #2 behind it; ``field``: what it holds, None = it stands there and is not read;
    ``confirmed``: somebody looked at it; until then it is a proposal, and the column is read by nobody."""

    printed: str
    field: str | None
    confirmed: bool = True


@dataclass(frozen=True)
class Kind:
    """One kind of register; ``docs/schemas.md`` describes every key of its file.

    ``child``: how a child stands in it — ``listed`` in a list of children that is compared with the others,
    ``once``, ``many`` times (visits, agreements), or not at all (``none``). Of two registers an issue is filed
    under the one of lower ``rank``. ``left_behind`` is false where every child is listed, left behind or not;
    ``several_persons`` true where a bare 联系电话 may be anybody's. ``audited`` is false for kinds that are
    recognised but whose records are not read.

    ``facts``: what must stand outside the records, either of several, with its title.

    ``columns`` maps the fields it may hold to what their values must be. ``template`` lists the columns
    the unified form prescribes, in order. ``required`` maps fields to the condition under which they must
    be filled, None = always; ``instead`` to fields any of which filled does as well (父母去向 for 父亲务工地点),
    which the conditions already respect. ``form``: the kind comes as forms of one record each, as a rule (``layout``
    form) or besides lists; ``sections`` and ``labels`` belong to them: printed section → header group, label only they
    have → field. ``events``: every record happened on a day of its own, so that sheets of earlier months count as well.
    ``answers``: the register answers a list of issues, in these columns; rules for all registers say nothing of it.
    ``headings``: the columns of the county's own form of it, in order; () = it has none.
    """

    key: str
    title: Text
    level: str = "township"  # whose register it is where nothing else tells
    rank: int = 100
    child: Standing = "once"
    left_behind: bool = True
    several_persons: bool = False
    layout: Layout = "list"
    audited: bool = True
    about: str | None = None  # header group whose leaves a bare header of this register means (类别, 职务)
    facts: Mapping[tuple[str, ...], Text] = field(default_factory=dict)
    columns: Mapping[str, Checks] = field(default_factory=dict)
    template: tuple[str, ...] = ()
    required: Mapping[str, Condition | None] = field(default_factory=dict)
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signature: Signature = field(default_factory=Signature)
    sections: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    form: bool = False
    events: bool = False
    answers: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()

    @property
    def roll(self) -> bool:
        """A school's list in which each of its pupils stands once."""
        return self.level == "school" and self.child in ("listed", "once")

    @property
    def before(self) -> Kind:
        """The same register, last period's."""
        title = Text(f"上期{self.title.zh}", f"last period's {self.title.en}")
        return replace(self, key=PREVIOUS + self.key, title=title)

    @property
    def elsewhere(self) -> Kind:
        """The same register, other counties'."""
        title = Text(f"外县{self.title.zh}", f"another county's {self.title.en}")
        return replace(self, key=ELSEWHERE + self.key, title=title)

    @property
    def fact_keys(self) -> tuple[str, ...]:
        """Every fact asked for, those of which one will do one by one."""
        return tuple(fact for either in self.facts for fact in either)

    def lacks(self, present: Iterable[str]) -> list[str]:
        """Required columns of the form for which ``present`` holds neither a column nor one instead."""
        have, form = set(present), set(self.template)
        return [
            f
            for f in self.required
            if f not in have and not have & set(self.instead.get(f, ())) and (not form or f in form)
        ]
