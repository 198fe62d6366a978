"""One rule: from what is written to what the engine runs, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lbt_audit.config.located import Located
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.person import PERSONS
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text
from lbt_audit.rulebook.complaints import flaws_of
from lbt_audit.rulebook.flaw import Flaw, Flaws, Path, unknown
from lbt_audit.rulebook.located import walk
from lbt_audit.rulebook.messages import check_message, check_word
from lbt_audit.rulebook.params import FieldName, Params, Word, both_texts
from lbt_audit.rulebook.vocabulary import KindOfCheck, Vocabulary
from lbt_audit.rulebook.written import KEYS, WrittenRule, stand_ins

ALL = "all"
"""Stands for every kind of register, those of the county among them."""
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Entry:
    """A rule as written in ``file``, and what profiles change of it (file, keys)."""

    data: Located
    file: str
    changes: tuple[tuple[str, Located], ...] = ()

    @property
    def code(self) -> str:
        return str(self.data.get("code", "?"))

    def merged(self) -> dict[str, Any]:
        data = dict(self.data)
        for _, change in self.changes:
            data |= change
        return data

    def place(self, path: Path) -> tuple[str, int, Path]:
        """File and line of the part ``path`` leads to, and the way there as it is written."""
        for file, data in (*reversed(self.changes), (self.file, self.data)):
            if data is self.data or (path and path[0] in data):
                written, line = walk(data, path)
                return file, line, written
        raise AssertionError


def substitute(value: Any, stands_for: Mapping[str, str]) -> Any:
    """``value`` with ``{name}`` replaced in every key and text."""
    if isinstance(value, str):
        for name, text in stands_for.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, Mapping):
        return {substitute(k, stands_for): substitute(v, stands_for) for k, v in value.items()}
    return tuple(substitute(v, stands_for) for v in value) if isinstance(value, tuple) else value


def build_rule(entry: Entry, vocabulary: Vocabulary) -> Rule:
    """The rule ``entry`` says. Raises Flaws, their paths leading down from the entry."""
    return _Builder(entry, vocabulary).rule()


class _Builder:
    """Goes on after a flaw, so that all are told at once."""

    def __init__(self, entry: Entry, vocabulary: Vocabulary) -> None:
        self.entry, self.vocabulary = entry, vocabulary
        self.flaws: list[Flaw] = []
        self._settled: set[Path] = set()  # places of which everything has been said
        check = entry.merged().get("check")
        self.check = vocabulary.checks.get(check) if isinstance(check, str) else None

    def rule(self) -> Rule:
        plain = self._plain(self._known(self.entry.merged()), ())
        if plain.get("tables") == ALL:
            plain["tables"] = tuple(t for t in self.vocabulary.tables if t not in self.vocabulary.apart)
        tables = plain.get("tables")
        about = tuple(t for t in tables if isinstance(t, str)) if isinstance(tables, tuple) else ()
        self.vocabulary = self.vocabulary.only(about)
        general = {key: plain[key] for key in KEYS if key in plain}
        written = self._validated(WrittenRule, {**general, "points_at": ()})
        variants: dict[str, tuple[tuple[str, ...], Any]] = {}
        for who, stands_for in self._each(plain).items():
            variants[who] = self._pointed(plain, stands_for), self._params(plain, stands_for)
            self._settled |= {self.entry.place(flaw.path)[2] for flaw in self.flaws}
        points_at, params = next(iter(variants.values()), ((), None))
        self._texts(plain, params)
        if self.flaws or written is None:
            raise Flaws(self.flaws)
        rule = Rule(
            code=written.code,
            title=written.title,
            severity=written.severity,
            tables=written.tables,
            check=written.check,
            params=params,
            points_at=points_at,
            message=written.message,
            fix=written.fix,
            basis=written.basis,
            responsible=written.responsible,
            deadline=written.deadline,
            examples={"found": written.examples.found, "silent": written.examples.silent},
            decision=written.decision,
            priority=written.priority,
            source=f"{self.entry.file}:{self.entry.data.line}",
            words=written.words,
            needs=written.needs,
            follows=written.follows,
            safety=written.safety,
        )
        if not written.for_each:
            return rule
        each = {who: replace(rule, points_at=at, params=given) for who, (at, given) in variants.items()}
        return replace(rule, variants=each)

    # -- parts -----------------------------------------------------------------------------------------

    def _known(self, data: dict[str, Any]) -> dict[str, Any]:
        """``data`` without keys nothing asks for, which are told."""
        if self.check is None:
            if "check" not in data:  # only what no kind of check would take is wrong for certain
                taken = {key for check in self.vocabulary.checks.values() for key in _keys(check)}
                for key in data.keys() - taken - set(KEYS):
                    self._tell(_unknown_key(key, KEYS))
            else:
                self._tell(
                    unknown("检查", "kind of check", data["check"], self.vocabulary.checks).below("check")
                )
            return {key: value for key, value in data.items() if key in KEYS}
        known = {*KEYS, *_keys(self.check)}
        for key in data:
            if key not in known:
                self._tell(_unknown_key(key, known))
        if "for_each" in data and not self.check.for_each:
            zh, en = f"检查 {self.check.name} 不用 for_each", f"check {self.check.name} takes no for_each"
            self._tell(Flaw(zh, en, ("for_each",)))
        return {key: value for key, value in data.items() if key in known}

    def _plain(self, value: Any, path: Path) -> Any:
        """``value`` with lists as tuples and ``{param: name}`` replaced, but for names that wait for a person."""
        if isinstance(value, Mapping):
            if set(value) != {"param"}:
                return {key: self._plain(item, (*path, key)) for key, item in value.items()}
            name = value["param"]
            if isinstance(name, str) and "{" in name:
                return value
            if name not in self.vocabulary.params:
                self._tell(unknown("参数", "parameter", name, self.vocabulary.params).below(*path, "param"))
                self._settled.add(path)
            return self.vocabulary.params.get(name)
        if isinstance(value, list | tuple):
            return tuple(self._plain(item, (*path, i)) for i, item in enumerate(value))
        return value

    def _each(self, plain: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
        if "for_each" not in plain:
            return {"": {}}
        try:
            return stand_ins(plain["for_each"])
        except Flaw:
            return {}  # told as wrong

    def _pointed(self, plain: Mapping[str, Any], stands_for: Mapping[str, str]) -> tuple[str, ...]:
        if "points_at" not in plain:
            return ()  # told as missing
        found = self._validated(_Pointing, substitute({"points_at": plain["points_at"]}, stands_for))
        return found.points_at if found else ()

    def _params(self, plain: Mapping[str, Any], stands_for: Mapping[str, str]) -> Any:
        if self.check is None:
            return None
        given = {key: plain[key] for key in _keys(self.check) if key in plain}
        return self._validated(self.check.params, self._plain(substitute(given, stands_for), ()))

    def _texts(self, plain: Mapping[str, Any], params: Any) -> None:
        """Placeholders of the message, and the texts the check asks for."""
        if self.check is None:
            return
        own = params if isinstance(params, Params) else Params()
        message, words = _texts(plain.get("message")), plain.get("words", {})
        if message is not None:
            details = {*self.check.details, *own.own_details()}
            rows, names = self.check.about == "rows", set(self._each(plain))
            for flaw in check_message(
                message,
                details,
                self.vocabulary,
                rows=rows,
                persons=names <= set(PERSONS),
            ):
                self._tell(flaw.below("message"))
        asked: dict[str, Word] = {**self.check.words, **own.own_words()}
        if not isinstance(words, Mapping):
            return  # told as of the wrong type
        for key, word in asked.items():
            if key not in words and word.required:
                zh, en = f"words 缺少“{key}”：{word.says}", f"words lack {key!r}: {word.says}"
                self._tell(Flaw(zh, en, ("words",)))
        for key, value in words.items():
            if key not in asked:
                self._tell(_unknown_key(key, asked).below("words"))
                continue
            text = _texts(value)
            for flaw in check_word(text, asked[key].holds) if text is not None else ():
                self._tell(flaw.below("words", key))

    def _validated(self, model: type[M], data: Mapping[str, Any]) -> M | None:
        try:
            return model.model_validate(data, context=self.vocabulary)
        except ValidationError as error:
            for flaw in flaws_of(error, model):
                self._tell(flaw)
            return None

    def _tell(self, flaw: Flaw) -> None:
        """But what follows from an unknown parameter, or has been said of another person, is left out."""
        if self.entry.place(flaw.path)[2] not in self._settled - {()}:
            self.flaws.append(flaw)


class _Pointing(Params):
    points_at: tuple[FieldName, ...]


def _keys(check: KindOfCheck) -> list[str]:
    named = [field.alias or name for name, field in check.params.model_fields.items()]
    return [name for name in named if name not in KEYS]


def _unknown_key(key: str, known: Iterable[str]) -> Flaw:
    near = did_you_mean(key, known)
    return Flaw(f"未知的键“{key}”{near.zh}", f"unknown key {key!r}{near.en}", (key,))


def _texts(value: Any) -> Text | None:
    try:
        return both_texts(value)
    except Flaw:
        return None  # told as no pair of texts
