"""What the message of a rule may hold in braces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from string import Formatter

from lbt_audit.model.text import Text
from lbt_audit.rulebook.flaw import Flaw, unknown
from lbt_audit.rulebook.vocabulary import Vocabulary

CONSTANTS = ("as_of",)
OF_ROWS = ("child", "list", "fields", "cells", "others", "differences")
"""Filled by the engine: the child's name, the kind of table filed under, titles and cells pointed at, other records, the values
of a group."""
OF_PLACES = ("fields",)


def check_message(
    message: Text, details: Collection[str], vocabulary: Vocabulary, *, rows: bool, persons: bool
) -> Iterator[Flaw]:
    """What is wrong with the placeholders of a message. ``details``: those its kind of check fills; ``rows``: it is
    about records, whose fields may be named; ``persons``: ``{p}`` says of whom it is true."""
    known = {*details, *CONSTANTS, *(OF_ROWS if rows else OF_PLACES), *(("p",) if persons else ())}

    def find(name: str) -> None:
        if name in known:
            return
        if name.startswith("param."):
            if name.removeprefix("param.") not in vocabulary.params:
                raise unknown("参数", "parameter", name, [f"param.{p}" for p in vocabulary.params])
            return
        if not rows:
            raise unknown("占位符", "placeholder", name, known)
        first = name.partition(".")[0]
        if first not in vocabulary.fields and name not in vocabulary.facts:
            raise unknown("占位符", "placeholder", name, [*known, *vocabulary.here, *vocabulary.facts])
        vocabulary.operand(name)

    yield from _check(message, find)


def check_word(text: Text, holds: Collection[str]) -> Iterator[Flaw]:
    """What is wrong with a text whose placeholders the kind of check fills."""

    def find(name: str) -> None:
        if name not in holds:
            raise unknown("占位符", "placeholder", name, holds)

    yield from _check(text, find)


def _check(text: Text, find: Callable[[str], None]) -> Iterator[Flaw]:
    names: dict[str, set[str]] = {}
    for lang, template in (("zh", text.zh), ("en", text.en)):
        try:
            names[lang] = set(placeholders(template))
        except Flaw as flaw:
            yield flaw.below(lang)
    for name in sorted(set().union(*names.values())):
        lang = "zh" if name in names.get("zh", ()) else "en"
        try:
            find(name)
        except Flaw as flaw:
            yield flaw.below(lang)
    if len(names) == 2 and names["zh"] != names["en"]:
        odd = ", ".join(f"{{{name}}}" for name in sorted(names["zh"] ^ names["en"]))
        yield Flaw(f"中英文占位符不一致：{odd}", f"placeholders differ between zh and en: {odd}")


def placeholders(template: str) -> Iterable[str]:
    """Names in braces. Raises Flaw where the braces are wrong."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        raise Flaw("花括号不成对", "the braces do not match") from None
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if not name or form or conversion:
            raise Flaw("花括号内只能写占位符名称", "only a name can stand in braces")
        yield name
