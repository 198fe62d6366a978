"""``schemas/<kind>.yaml`` → ``TableSchema``, without importing pandera.

Each file is a schema as ``pandera.io.from_yaml`` reads it; what is ours stands under ``metadata``.
pandera accepts misspelt keys silently, so every key is held against the known ones here first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.model.dictionary import Signature, normalise_header
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.text import Text

# Keys pandera reads; unknown ones it ignores without a word.
FRAME_KEYS = frozenset({"schema_type", "version", "name", "title", "description", "columns", "checks",
    "coerce", "strict", "ordered", "unique", "metadata"})  # fmt: skip
COLUMN_KEYS = frozenset({"title", "description", "dtype", "nullable", "checks", "unique", "coerce",
    "required", "regex"})  # fmt: skip
METADATA_KEYS = frozenset({"title", "audited", "level", "facts", "recognise", "template", "required",
    "instead", "also", "form"})  # fmt: skip
FORM_KEYS = frozenset({"sections", "labels"})
RECOGNISE_KEYS = frozenset({"fields", "titles", "needs", "threshold"})
CHECKS = frozenset({"well_formed", "in_range", "greater_than", "greater_than_or_equal_to", "less_than",
    "less_than_or_equal_to", "isin", "notin", "str_length", "str_matches", "equal_to", "not_equal_to"})  # fmt: skip
NOT_TABLES = frozenset({"fields.yaml", "codes.yaml"})

Condition = Mapping[str, Any]


@dataclass(frozen=True)
class TableSchema:
    """One kind of table.

    ``columns`` maps the fields it may hold to their pandera declaration. ``template`` lists the
    columns the unified form prescribes, in order. ``required`` maps fields to the condition (rule
    vocabulary) under which they must be filled, None = always; ``instead`` to fields any of which
    filled does as well (父母去向 for 父亲务工地点), which the conditions already respect.
    """

    kind: str
    title: Text
    path: Path
    columns: Mapping[str, Mapping[str, Any]]
    template: tuple[str, ...]
    required: Mapping[str, Condition | None]
    instead: Mapping[str, tuple[str, ...]]
    facts: tuple[str, ...]
    signature: Signature

    def lacks(self, present: Iterable[str]) -> list[str]:
        """Required columns of the form for which ``present`` holds neither a column nor one instead."""
        have, form = set(present), set(self.template)
        return [
            f
            for f in self.required
            if f not in have and not have & set(self.instead.get(f, ())) and (not form or f in form)
        ]


def load_tables(folder: Path) -> dict[str, TableSchema]:
    """Every table schema in ``folder`` by kind. Raises ConfigError listing all problems."""
    files = sorted(p for p in folder.glob("*.yaml") if p.name not in NOT_TABLES)
    return dict(_load(tuple((p, p.stat().st_mtime_ns) for p in files)))


@lru_cache(maxsize=4)
def _load(files: tuple[tuple[Path, int], ...]) -> dict[str, TableSchema]:
    problems: list[Problem] = []
    tables = {}
    for path, _ in files:
        data = load_mapping(path)
        found = list(_lint(data, path.name))
        problems += found
        if not found:
            tables[path.stem] = _table(path, data)
    if problems:
        raise ConfigError(problems)
    return tables


def _lint(data: Located, name: str) -> Iterable[Problem]:
    yield from _unknown(data, FRAME_KEYS, name)
    for key in ("schema_type", "columns", "metadata"):
        if key not in data:
            yield Problem(name, data.line, Text(f"缺少“{key}”", f"{key!r} is missing"))
            return
    columns, meta = data["columns"], data["metadata"]
    for column in columns.values():
        if column is None:
            continue
        yield from _unknown(column, COLUMN_KEYS, name)
        yield from _unknown(column.get("checks") or {}, CHECKS, name)
    yield from _unknown(meta, METADATA_KEYS, name)
    recognise = meta.get("recognise", Located())
    yield from _unknown(recognise, RECOGNISE_KEYS, name)
    form = meta.get("form", Located())
    yield from _unknown(form, FORM_KEYS, name)
    labels = form.get("labels") or Located()
    for label, field in labels.items():
        if field not in columns:
            near = did_you_mean(field, columns)
            text = Text(
                f"form 中“{label}”的字段“{field}”不在 columns 中{near.zh}",
                f"{field!r}, meant by {label!r} in form, is no column{near.en}",
            )
            yield Problem(name, labels.lines[label], text)
    title = meta.get("title")
    if not isinstance(title, Mapping) or set(title) != {"zh", "en"}:
        yield Problem(name, meta.line, Text("标题须有中文和英文", "the title needs zh and en"))
    for key in ("template", "required", "instead"):
        value = meta.get(key) or []
        for field in value:
            if field not in columns:
                near = did_you_mean(field, columns)
                line = value.lines[field] if isinstance(value, Located) else meta.lines[key]
                yield Problem(
                    name,
                    line,
                    Text(
                        f"{key} 中的“{field}”不在 columns 中{near.zh}",
                        f"{field!r} in {key} is no column{near.en}",
                    ),
                )


def _unknown(data: Any, known: Iterable[str], name: str) -> Iterable[Problem]:
    for key in data:
        if key not in known:
            near = did_you_mean(key, known)
            line = data.lines[key] if isinstance(data, Located) else 0
            yield Problem(name, line, Text(f"未知的键“{key}”{near.zh}", f"unknown key {key!r}{near.en}"))


def _table(path: Path, data: Located) -> TableSchema:
    meta = data["metadata"]
    kind, title = path.stem, Text.of(meta["title"])
    recognise = meta.get("recognise") or {}
    form = meta.get("form") or {}
    instead = {f: tuple(alternatives) for f, alternatives in (meta.get("instead") or {}).items()}
    signature = Signature(
        kind=kind,
        title=title,
        fields={k: float(v) for k, v in (recognise.get("fields") or {}).items()},
        titles={k: float(v) for k, v in (recognise.get("titles") or {}).items()},
        needs=tuple(frozenset(group) for group in recognise.get("needs") or ()),
        threshold=float(recognise.get("threshold", 3)),
        audited=meta.get("audited", True),
        facts=tuple(meta.get("facts") or ()),
        level=meta.get("level", "township"),
        sections={normalise_header(k): v for k, v in (form.get("sections") or {}).items()},
        labels={normalise_header(k): v for k, v in (form.get("labels") or {}).items()},
    )
    columns = {f: (c or {}) for f, c in data["columns"].items()}
    for field in meta.get("also") or ():
        columns.setdefault(field, {})
    return TableSchema(
        kind=kind,
        title=title,
        path=path,
        columns=columns,
        template=tuple(meta.get("template") or ()),
        required={
            f: asked_unless(when, instead.get(f, ())) for f, when in (meta.get("required") or {}).items()
        },
        instead=instead,
        facts=signature.facts,
        signature=signature,
    )


def asked_unless(when: Any, alternatives: tuple[str, ...]) -> Condition | None:
    """``when``, and no alternative filled. A column the file lacks fills nothing (``column``)."""
    parts: list[Any] = [when] if when else []
    parts += [{"not": {"all": [{a: {"column": True}}, {a: {"filled": True}}]}} for a in alternatives]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"all": parts}
