"""``schemas/indicators.yaml`` and the files of published statistics forms → ``Statistics``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from lbt_audit.config.located import Located, LocatedList
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.statistics import (
    ALL,
    Definition,
    Formula,
    Indicator,
    Item,
    ItemGroup,
    Reading,
    Statistics,
    StatisticsForm,
    Term,
    read_sides,
)
from lbt_audit.model.text import Text
from lbt_audit.schemas.problems import Problems, line_of

KIND: Final = "statistics"
_WORDS: Final = {"all", "shares", "narrower", "groups"}
_GROUP: Final = {"title", "headers", "several", "base", "items"}
_ITEM: Final = {"zh", "en", "headers", "when", "ages"}
_FORM: Final = {
    "kind", "title", "titles", "printed", "definition", "columns", "formulas", "readings", "groups",
}  # fmt: skip
_READING: Final = {"title", "columns", "formulas"}
Opened = tuple[Path, Located, Problems]


def is_form(data: Mapping[str, Any]) -> bool:
    """Whether a schema file is about a form of statistics, not about a kind of register."""
    return data.get("kind") == KIND


def read_statistics(indicators: tuple[Located, Problems], files: Iterable[Opened]) -> Statistics:
    """Everything about statistics tables; what is wrong is added to the problems of its file. A later file of the name
    of an earlier one replaces it."""
    data, told = indicators
    files = list(files)
    told.keys(data, _WORDS, required=_WORDS)
    groups: dict[str, ItemGroup] = {}
    items: dict[str, Item] = {}
    for part, problems in ((data, told), *((data, problems) for _, data, problems in files)):
        _read_groups(part.get("groups"), problems, groups, items)
    narrower = dict(data.get("narrower") or {})
    for word, item in narrower.items():
        if item is not None and item not in items:
            what = Text("没有统计项“{}”", "no such item {!r}")
            told.unknown(line_of(data.get("narrower"), word, data.line), what, item, items)
    known = Statistics(groups, items, _texts(data.get("all")), _texts(data.get("shares")), narrower)
    forms = {path.stem: form for path, part, told in files if (form := _form(path.stem, part, told, known))}
    return Statistics(groups, items, known.all_words, known.shares, narrower, forms)


def _read_groups(data: Any, problems: Problems, groups: dict[str, ItemGroup], items: dict[str, Item]) -> None:
    for key, entry in data.items() if isinstance(data, Located) else ():
        if not problems.keys(entry, _GROUP, required=("title", "items")):
            continue
        groups[key] = ItemGroup(
            key, Text.of(entry["title"]), _texts(entry.get("headers")), bool(entry.get("several"))
        )
        for name, item in entry["items"].items():
            if not problems.keys(item, _ITEM, required=("zh", "en")):
                continue
            base, line = bool(entry.get("base")), entry["items"].lines[name]
            ages = item.get("ages")
            if ages is not None and not (len(ages) == 2 and all(isinstance(a, int) for a in ages)):
                problems.add(line, "ages 应为首尾两个周岁", "ages must be two numbers, first and last")
                ages = None
            elif not base and ("when" in item) == (ages is not None):
                problems.add(line, f"“{name}”应有 when 或 ages 之一", f"{name!r} needs either when or ages")
            if name in items:
                problems.add(line, f"统计项“{name}”重复", f"duplicate item {name!r}")
            items[name] = Item(
                name, key, Text(item["zh"], item["en"]), _texts(item.get("headers")), item.get("when"),
                None if ages is None else (ages[0], ages[1]), base,
            )  # fmt: skip


def _form(key: str, data: Located, problems: Problems, known: Statistics) -> StatisticsForm | None:
    if not problems.keys(data, _FORM, required=("title", "printed")):
        return None
    problems.choice(data, "definition", get_args(Definition))
    columns = _columns(data, problems, known)
    readings = []
    for name, entry in (data.get("readings") or {}).items():
        if problems.keys(entry, _READING, required=("title", "formulas")):
            own = _columns(entry, problems, known)
            formulas = _formulas(entry, problems, known)
            readings.append(Reading(name, Text.of(entry["title"]), own, formulas))
    return StatisticsForm(
        key=key,
        title=Text.of(data["title"]),
        printed=Text.of(data["printed"]),
        titles=_texts(data.get("titles")),
        definition=data.get("definition", "civil"),
        columns=columns,
        formulas=_formulas(data, problems, known),
        readings=tuple(readings),
    )


def _columns(data: Located, problems: Problems, known: Statistics) -> dict[int, Indicator]:
    columns = {}
    written = data.get("columns") or {}
    for number, text in written.items():
        line = line_of(written, number, data.line)
        indicator = _indicator(text, line, problems, known)
        if not str(number).isdigit():
            problems.add(line, f"“{number}”不是栏号", f"{number!r} is no number of a column")
        elif indicator is not None:
            columns[int(number)] = indicator
    return columns


def _indicator(text: Any, line: int, problems: Problems, known: Statistics) -> Indicator | None:
    """``age_6_13.male``, or ``all``."""
    if text == "all":
        return ALL
    keys = str(text).split(".")
    for key in keys:
        if key not in known.items and known.ages(key) is None:
            what = Text("没有统计项“{}”", "no such item {!r}")
            problems.unknown(line, what, key, known.items)
            return None
    return frozenset(keys)


def _formulas(data: Located, problems: Problems, known: Statistics) -> tuple[Formula, ...]:
    def term(word: str) -> Term | None:
        if word.isdigit():
            return int(word)
        if word == "all":
            return ALL
        keys = word.split(".")
        return frozenset(keys) if all(k in known.items or known.ages(k) for k in keys) else None

    formulas = []
    written = data.get("formulas") or []
    for at, text in enumerate(written):
        plain = "".join(str(text).split())
        sides = read_sides(plain.replace("?", ""), term)
        if sides is None:
            words = [w for side in plain.replace("?", "").split("=") for w in side.split("+")]
            wrong = next((k for w in words for k in w.strip().split(".") if term(k) is None), "")
            near = did_you_mean(wrong, known.items)
            problems.add(
                written.lines[at] if isinstance(written, LocatedList) else data.line,
                f"“{text}”不是能看懂的勾稽公式{near.zh}",
                f"{text!r} is no formula of numbers and items{near.en}",
            )
        else:
            optional = (term(w[:-1]) for side in plain.split("=") for w in side.split("+") if w.endswith("?"))
            formulas.append(
                Formula(plain.replace("?", ""), sides, frozenset(t for t in optional if t is not None))
            )
    return tuple(formulas)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(text) for text in value or ())
