"""The circumstances of an audit, printed first and in every document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Literal

from lbt_audit.model.record import dataclass
from lbt_audit.model.secret import KeySource
from lbt_audit.model.text import Lang, Text

Mask = Literal["partial", "full", "none"]
AsOfSource = Literal["option", "config", "files", "today"]
IssuedSource = Literal["option", "config", "today", "as_of"]
By = Literal["county", "township"]
"""What an audit is divided by (``partitions``)."""
CountySource = Literal["option", "config", "files"]


@dataclass(frozen=True)
class PreviousRun:
    """Last period's files, as far as every document says so: ``folder`` as it stands before their paths."""

    folder: str
    as_of: date
    files: int


@dataclass(frozen=True)
class Departure:
    """One thing in which the rules of an audit differ from the default profile's: a parameter, a rule left out, or a
    key of a rule changed. ``source``: the file that says so (a profile, the county file); ``rules``: codes it bears on.
    """

    kind: Literal["param", "dropped", "rule"]
    name: str
    title: Text
    default: Text
    value: Text
    source: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """``issued_on``: the day the lists go out. Deadlines count from it, and it decides what is told as past."""

    as_of: date
    as_of_source: AsOfSource
    issued_on: date
    issued_source: IssuedSource
    profile: str
    lang: Lang
    mask: Mask
    config: str | None  # path as given, never absolute
    county: str | None = None
    warnings: tuple[Text, ...] = ()  # e.g. the working-day calendar ends before a deadline
    given_up: tuple[
        Text, ...
    ] = ()  # parts of the audit that took too long and were left out; told with the warnings
    profile_title: Text | None = None  # the profile in words
    departures: tuple[Departure, ...] = ()  # from the default profile
    default_profile: Text | None = None  # what that is called
    kinds: Mapping[str, Text] = field(default_factory=dict)  # kind of register → what it is called
    fields: Mapping[str, Text] = field(default_factory=dict)  # field → what it is called
    key: KeySource = "county_file"  # what the issue numbers are made with, and so how long they hold
    seal: str = ""  # what the county's key makes of a fixed word: audits of one seal give a child one key
    county_source: CountySource | None = None
    county_from: Text | None = None  # how the county was inferred from the files; None where it was given
    started: datetime | None = None  # by the clock of this machine; None for an audit made by hand
    previous: PreviousRun | None = None  # where last period's files were given

    def kind_title(self, kind: str) -> str:
        """What a kind of register is called; its key where it has no title."""
        return self.kinds[kind][self.lang] if kind in self.kinds else kind

    def field_title(self, name: str) -> str:
        """What a field is called; its key where it has no title."""
        return self.fields[name][self.lang] if name in self.fields else name

    def profile_in(self, lang: Lang) -> str:
        """What the profile is called; its name where nobody gave it a title."""
        return self.profile_title[lang] if self.profile_title is not None else self.profile
