"""``schemas/<kind>.yaml``, and what a county changes in its own file of that name → ``Kind``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

from lbt_audit.config.located import Located
from lbt_audit.model.dictionary import normalise_header
from lbt_audit.model.field import Field
from lbt_audit.model.kind import Checks, Condition, Heading, Kind, Layout, Signature, Standing
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.schemas.checks import read_checks
from lbt_audit.schemas.columns import NO_FIELD, NO_GROUP, Columns
from lbt_audit.schemas.problems import Problems, line_of

KEYS: Final = {
    "title", "level", "rank", "child", "left_behind", "several_persons", "layout", "audited", "about", "facts", "include",
    "columns", "codes", "recognise", "form", "headers", "required", "instead", "template", "events", "answers",
}  # fmt: skip
LEVELS: Final = ("township", "village", "school", "county")
_PARTS: Final = ("columns", "codes", "recognise")  # of these a county's file changes single entries
_PARTS_OF: Final = {
    "recognise": {"fields", "titles", "needs", "threshold", "fallback"},
    "form": {"sections", "labels"},
}
_LIST: Final = (list, "列表", "a list")
_MAPPING: Final = (Mapping, "键值结构", "a mapping")
_TRUTH: Final = (bool, " true 或 false", "true or false")
_SHAPES: Final[Mapping[str, tuple[Any, str, str]]] = (
    dict.fromkeys(("facts", "include", "template", "needs", "answers"), _LIST)
    | dict.fromkeys(
        (
            "columns",
            "codes",
            "recognise",
            "form",
            "headers",
            "instead",
            "fields",
            "titles",
            "sections",
            "labels",
        ),
        _MAPPING,
    )
    | dict.fromkeys(("left_behind", "several_persons", "audited", "events", "fallback"), _TRUTH)
    | {
        "required": ((list, Mapping), "列表或键值结构", "a list or a mapping"),
        "rank": (int, "整数", "a whole number"),
        "threshold": ((int, float), "数字", "a number"),
    }
)
PROPOSED: Final = "?"
"""Behind what ``init`` proposes, until somebody takes it away."""
_NO_COLUMN: Final = Text("“{}”不是本表的栏目", "{!r} is no column of this register")


@dataclass(frozen=True)
class KindFile:
    """One file about a kind of register, with what is wrong in it."""

    path: Path
    data: Located
    problems: Problems

    @property
    def kind(self) -> str:
        return self.path.stem


def read_kind(files: Sequence[KindFile], groups: Mapping[str, Sequence[str]], columns: Columns) -> Kind:
    """The kind ``files`` are about, a later file over an earlier one.

    ``groups``: the fields of every group of columns. Fields of its own are added to ``columns``. What is wrong
    is added to the problems of the file it stands in; the result is of use only where there is none.
    """
    sound = [_sound(file, first=file is files[0]) for file in files]
    if not all(sound):
        return Kind(files[0].kind, Text("", ""))
    data = _laid_over(files)
    before = sum(len(file.problems.found) for file in files)
    declared = _columns(files, groups, columns)
    headings = tuple(heading for file in files for heading in _headings(file, columns))
    declared |= {
        h.field: columns.fields[h.field].checks for h in headings if h.field and h.field not in declared
    }
    whole = before == sum(len(file.problems.found) for file in files)
    for file in files:
        _names(file, declared, groups, columns, whole)
    recognise, form = data.get("recognise") or {}, data.get("form") or {}
    required = dict.fromkeys(data.get("required") or ()) | _mapped(data.get("required"))
    required = {field: when for field, when in required.items() if not _proposed(field)}
    instead = {f: columns.fields[f].instead for f in required if f in columns.fields}
    instead |= {f: tuple(others) for f, others in (data.get("instead") or {}).items()}
    return Kind(
        key=files[0].kind,
        title=Text.of(data["title"]),
        **{key: data[key] for key in _PLAIN if key in data},
        facts=dict(_facts(data.get("facts") or (), columns)),
        columns=declared,
        template=tuple(data.get("template") or ()),
        headings=headings,
        answers=tuple(data.get("answers") or ()),
        required={
            f: asked_unless(
                columns.fields[f],
                columns.fields[f].asked if when is None else when,
                (columns.fields[other] for other in instead[f] if other in columns.fields),
            )
            for f, when in required.items()
            if f in columns.fields
        },
        instead=instead,
        signature=Signature(
            fields={k: float(v) for k, v in (recognise.get("fields") or {}).items()},
            titles={k: float(v) for k, v in (recognise.get("titles") or {}).items()},
            needs=tuple(frozenset(group) for group in recognise.get("needs") or ()),
            threshold=float(recognise.get("threshold", 3)),
            fallback=bool(recognise.get("fallback", False)),
        ),
        form="form" in data,
        sections={normalise_header(k): v for k, v in (form.get("sections") or {}).items()},
        labels={normalise_header(k): v for k, v in (form.get("labels") or {}).items()},
    )


_PLAIN: Final = (
    "level",
    "rank",
    "child",
    "left_behind",
    "several_persons",
    "layout",
    "audited",
    "about",
    "events",
)


def _laid_over(files: Sequence[KindFile]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for file in files:
        if file.data.get("headers") and "template" not in file.data:  # these are its columns
            named = (str(field) for field in file.data["headers"].values() if field is not None)
            data["template"] = list(dict.fromkeys(field for field in named if not _proposed(field)))
        for key, value in file.data.items():
            partly = key in _PARTS and isinstance(value, Mapping)
            data[key] = {**data.get(key, {}), **value} if partly else value
    return data


def _headings(file: KindFile, columns: Columns) -> Iterator[Heading]:
    """The columns of a county's own form: header → field, field? where nobody has confirmed it, ~ for one not read."""
    written = file.data.get("headers") or {}
    taken: dict[str, str] = {}
    for header, value in written.items():
        field = None if value is None else str(value).removesuffix(PROPOSED).strip()
        line = line_of(written, header, 0)
        if field is not None and field not in columns.fields:
            file.problems.unknown(line, NO_FIELD, field, columns.fields)
            continue
        if field is not None and taken.setdefault(field, header) != header:
            zh = f"“{header}”与“{taken[field]}”写成同一字段 {field}"
            file.problems.add(line, zh, f"{header!r} and {taken[field]!r} are both {field}")
            continue
        yield Heading(header, field, confirmed=value is None or not _proposed(value))


def _proposed(field: Any) -> bool:
    return str(field).endswith(PROPOSED)


def _columns(
    files: Sequence[KindFile], groups: Mapping[str, Sequence[str]], columns: Columns
) -> dict[str, Checks]:
    """What each column must hold: as its field says, but for what the kind's own files change."""
    declared: dict[str, Checks] = {}
    for name in (name for file in files for name in file.data.get("include") or ()):
        declared |= {f: columns.fields[f].checks for f in groups.get(name, ())}
    for file in files:
        own = file.data.get("columns") or {}
        new = {key: entry for key, entry in own.items() if isinstance(entry, Located) and "zh" in entry}
        declared |= {f: columns.fields[f].checks for f in columns.read(new, "child", file.problems)}
        for key, entry in own.items():
            line = line_of(own, key, 0)
            if key in new or not file.problems.keys(entry, {"checks"}, required={"checks"}):
                continue
            if key not in columns.fields:
                file.problems.unknown(line, NO_FIELD, key, columns.fields)
                continue
            field = columns.fields[key]
            checks = read_checks(entry["checks"], line, columns.lists, file.problems, kind=field.kind)
            reading = next(iter(field.checks.items()))
            declared[key] = dict([reading]) | (checks or {})
    return declared


def _sound(file: KindFile, *, first: bool) -> bool:
    """Whether every key holds what can be worked with."""
    data, problems = file.data, file.problems
    sound = problems.keys(data, KEYS, required=("title",) if first else ())
    before = len(problems.found)
    if "title" in data and not _is_text(data["title"]):
        problems.add(data.lines["title"], "标题须有中文和英文", "the title needs zh and en")
    for key, part in (("recognise", data.get("recognise")), ("form", data.get("form")), ("", data)):
        if isinstance(part, Located):
            _shapes(part, problems)
            if key:
                problems.keys(part, _PARTS_OF[key])
    for weights in (data.get("recognise") or {}).values() if len(problems.found) == before else ():
        for word, weight in weights.items() if isinstance(weights, Located) else ():
            if not isinstance(weight, int | float):
                problems.add(weights.lines[word], f"“{word}”应为数字", f"{word!r} must be a number")
    sound = sound and len(problems.found) == before
    problems.choice(data, "level", LEVELS)
    problems.choice(data, "child", get_args(Standing))
    problems.choice(data, "layout", get_args(Layout))
    return sound


def _shapes(data: Located, problems: Problems) -> None:
    for key, (form, zh, en) in _SHAPES.items():
        if data.get(key) is not None and not isinstance(data[key], form):
            problems.add(data.lines[key], f"“{key}”应为{zh}", f"{key!r} must be {en}")


def _names(
    file: KindFile,
    declared: Mapping[str, Checks],
    groups: Mapping[str, Sequence[str]],
    columns: Columns,
    whole: bool,
) -> None:
    """Every field, group and fact the file speaks of is there. ``whole``: every column could be read; one that
    could not would be missed wherever it is named."""
    data, problems = file.data, file.problems
    before = len(problems.found)
    named: tuple[tuple[str, Collection[str], Text], ...] = (
        ("include", groups, Text("没有这组栏目“{}”", "no such group of columns {!r}")),
        ("facts", columns.facts, Text("没有“{}”这一项落款", "no such fact {!r}")),
    )
    for key, known, what in named:
        for name in (n for names in data.get(key) or () for n in str(names).split("|")):
            if name not in known:
                problems.unknown(data.lines[key], what, name, known)
    if data.get("about", "child") not in columns.groups:
        problems.unknown(data.lines["about"], NO_GROUP, data["about"], columns.groups)
    if len(problems.found) > before or not whole:  # nor is what a missing group would make unknown
        return
    for key in ("required", "instead", "template", "answers"):
        value = data.get(key) or ()
        for field in value:
            if str(field).removesuffix(PROPOSED) not in declared:
                problems.unknown(
                    line_of(value, field, data.lines[key]),
                    Text(f"{key}：{_NO_COLUMN.zh}", f"{key}: {_NO_COLUMN.en}"), field, declared,
                )  # fmt: skip
    recognise = data.get("recognise") or Located()
    weighed = recognise.get("fields") or {}
    for field in (*weighed, *(f for group in recognise.get("needs") or () for f in group)):
        if field not in columns.fields:
            line = line_of(weighed, field, line_of(recognise, "needs", data.line))
            problems.unknown(line, NO_FIELD, field, columns.fields)
    form = data.get("form") or {}
    for names, known in ((form.get("labels"), declared), (form.get("sections"), columns.groups)):
        for label, name in (names or {}).items():
            if name not in known:
                what = Text(f"form 中“{label}”：没有“{{}}”", f"{label!r} in form: no such {{!r}}")
                problems.unknown(line_of(names, label, data.lines["form"]), what, name, known)


def _facts(written: Iterable[str], columns: Columns) -> Iterator[tuple[tuple[str, ...], Text]]:
    """``filler|class_teacher``: either will do; it is called by the first."""
    for names in written:
        either = tuple(str(names).split("|"))
        if either[0] in columns.facts:
            yield either, columns.facts[either[0]].title


def _mapped(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"zh", "en"}


def asked_unless(field: Field, when: Any, alternatives: Iterable[Field]) -> Condition | None:
    """``when`` (True = always), and no alternative filled. A column the file lacks fills nothing (``column``).
    Part of an address (村民组) does for a blank one, not for one that is said to be unknown."""
    parts: list[Any] = [when] if isinstance(when, Mapping) else []
    for other in alternatives:
        filled: list[Any] = [{other.key: {"column": True}}, {other.key: {"filled": True}}]
        if field.kind == "address" != other.kind:
            filled.append({field.key: {"state": ["blank"]}})
        parts.append({"not": {"all": filled}})
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"all": parts}
