"""The county's own .docx with placeholders: ``{{unit}}`` anywhere in it, body, header or footer.

- A placeholder may be broken over several runs, as word processors do; the format of its first run holds.
- A paragraph that is nothing but a placeholder of several lines becomes one paragraph per line.
- A table row that names ``{{row.…}}`` is repeated for each row of the document's list.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from lbt_audit.model.errors import ConfigError
from lbt_audit.model.nearest import nearest
from lbt_audit.model.own_file import read_bytes
from lbt_audit.model.regex import regex
from lbt_audit.notices.docx.package import legal, pack
from lbt_audit.notices.docx.xml import parse, serialise
from lbt_audit.notices.letter.harmless import harmless
from lbt_audit.notices.letter.letter import Letter

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACEHOLDER = regex(r"\{\{\s*([\w.]+)\s*\}\}")
_PARTS = regex(r"word/(document|header\d*|footer\d*)\.xml")
_ROW = "row."
_MOST_PACKED, _MOST_BYTES = 20 << 20, 100_000_000  # of a template as it is, and unpacked


def fill_template(path: Path, letter: Letter, out: BinaryIO) -> list[str]:
    """Write the template at ``path`` filled in; gives what in it reached out of it and was left out (`harmless`).
    Raises ConfigError naming the file and what is wrong: no .docx, or a placeholder nobody knows."""
    unknown: set[str] = set()
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(path, path.name, _MOST_PACKED))) as source:
            if sum(entry.file_size for entry in source.infolist()) > _MOST_BYTES:
                raise ConfigError.at(path.name, 0, "模板过大", "the template is too large")
            parts = {entry.filename: source.read(entry) for entry in source.infolist()}
        parts, left_out = harmless(parts)
        filled = {
            name: _fill(data, letter, unknown) if _PARTS.fullmatch(name) else data
            for name, data in parts.items()
        }
    except ConfigError:
        raise
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
        ValueError,
        EOFError,
    ) as error:
        raise ConfigError.at(path.name, 0, "不是可用的 .docx 模板", "not a usable .docx template") from error
    if unknown:
        raise _unknown(path, letter, sorted(unknown))
    pack(filled.items(), out)
    return left_out


def _fill(data: bytes, letter: Letter, unknown: set[str]) -> bytes:
    root = parse(data)
    for row in [r for r in root.iter(f"{_W}tr") if f"{_ROW}" in "".join(_names(r))]:
        _repeat(row, letter.rows, unknown)
    for paragraph in list(root.iter(f"{_W}p")):
        _fill_paragraph(paragraph, letter.fields, unknown)
    return serialise(root)


def _names(element: Any) -> list[str]:
    """Placeholders below an element, paragraph by paragraph."""
    found: list[str] = []
    for paragraph in element.iter(f"{_W}p"):
        found += _PLACEHOLDER.findall("".join(t.text or "" for t in paragraph.iter(f"{_W}t")))
    return found


def _repeat(row: Any, values: Sequence[Mapping[str, str]], unknown: set[str]) -> None:
    """One copy of a table row per entry, in its place."""
    known = set(values[0]) if values else None
    if known is not None:
        names = (name.removeprefix(_ROW) for name in _names(row) if name.startswith(_ROW))
        unknown.update(_ROW + name for name in names if name not in known)
    parent = row.getparent()
    at = parent.index(row)
    parent.remove(row)
    for number, entry in enumerate(values):
        copy = deepcopy(row)
        words = {_ROW + key: value for key, value in entry.items()}
        for paragraph in copy.iter(f"{_W}p"):
            _replace(paragraph, words)
        parent.insert(at + number, copy)


def _fill_paragraph(paragraph: Any, fields: Mapping[str, str | Sequence[str]], unknown: set[str]) -> None:
    text = "".join(t.text or "" for t in paragraph.iter(f"{_W}t"))
    names = _PLACEHOLDER.findall(text)
    if not names:
        return
    unknown.update(name for name in names if name not in fields and not name.startswith(_ROW))
    alone = _PLACEHOLDER.fullmatch(text.strip())
    value = fields.get(alone.group(1)) if alone else None
    if value is not None and not isinstance(value, str):
        _spread(paragraph, alone.group(1) if alone else "", value)
        return
    _replace(paragraph, {k: v if isinstance(v, str) else "\n".join(v) for k, v in fields.items()})


def _spread(paragraph: Any, name: str, lines: Sequence[str]) -> None:
    """One paragraph per line, formatted alike."""
    parent = paragraph.getparent()
    at = parent.index(paragraph)
    parent.remove(paragraph)
    for number, line in enumerate(lines or [""]):
        copy = deepcopy(paragraph)
        _replace(copy, {name: line})
        parent.insert(at + number, copy)


def _replace(paragraph: Any, words: Mapping[str, str]) -> None:
    """Placeholders known to ``words`` by their value, wherever in the runs they begin and end."""
    texts = list(paragraph.iter(f"{_W}t"))
    whole = "".join(t.text or "" for t in texts)
    found = [m for m in _PLACEHOLDER.finditer(whole) if m.group(1) in words]
    for match in reversed(found):
        start = 0
        first = True
        for node in texts:
            content = node.text or ""
            end = start + len(content)
            low, high = max(match.start(), start), min(match.end(), end)
            if low < high:
                value = legal(words[match.group(1)]) if first else ""
                node.text = content[: low - start] + value + content[high - start :]
                first = False
            start = end
    for node in texts:
        if found:
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            _break_lines(node)


def _break_lines(node: Any) -> None:
    """Line breaks inside a text become breaks of the document."""
    lines = (node.text or "").split("\n")
    node.text = lines[0]
    parent, at = node.getparent(), node.getparent().index(node)
    for line in lines[1:]:
        brk, text = etree.Element(f"{_W}br"), etree.Element(f"{_W}t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        parent.insert(at + 1, brk)
        parent.insert(at + 2, text)
        at += 2


def _unknown(path: Path, letter: Letter, names: Sequence[str]) -> ConfigError:
    known = [*letter.fields, *(_ROW + key for key in (letter.rows[0] if letter.rows else ()))]
    zh, en = [], []
    for name in names:
        near = nearest(name, known)
        zh.append(f"{{{{{name}}}}}" + (f"（是否为 {near}？）" if near else ""))
        en.append(f"{{{{{name}}}}}" + (f" (did you mean {near}?)" if near else ""))
    return ConfigError.at(
        path.name,
        0,
        f"没有这些占位符：{'、'.join(zh)}；可用的有 {_joined(known)}",
        f"unknown placeholders: {', '.join(en)}; known: {_joined(known)}",
    )


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)
