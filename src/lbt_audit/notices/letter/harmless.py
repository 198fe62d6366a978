"""A .docx without what reaches out of it: links that a word processor follows when the document is opened, and members
that would be unpacked somewhere else."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import basename, dirname, join
from typing import Any, Final

from lbt_audit.model.regex import regex
from lbt_audit.notices.docx.xml import parse, serialise

_OUTSIDE = regex(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\\")
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REFERS = regex(
    r"\{http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/officeDocument/(?:\d+/)?relationships\}"
)
_SHOWN: Final = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "blip", "imagedata"})
"""Elements that go on without their link: a text stays, a picture shows nothing. Others go as a whole."""


def harmless(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """``parts`` by name without what reaches out, and what was left out: targets of links, names of members. Raises
    ValueError for markup that is none."""
    left_out = [name for name in parts if _OUTSIDE.search(name)]
    kept = {name: data for name, data in parts.items() if name not in left_out}
    for name in [n for n in kept if n.endswith(".rels")]:
        links = parse(kept[name])
        outward = [r for r in links.iter(_RELATIONSHIP) if _leads_out(r, name)]
        if not outward:
            continue
        for link in outward:
            left_out.append(link.get("Target", ""))
            link.getparent().remove(link)
        kept[name] = serialise(links)
        source = join(dirname(dirname(name)), basename(name).removesuffix(".rels"))
        if source in kept and basename(name) != ".rels":
            kept[source] = _without(kept[source], {link.get("Id", "") for link in outward})
    return kept, left_out


def _leads_out(link: Any, name: str) -> bool:
    if link.get("TargetMode") == "External":
        return True
    target = link.get("Target", "")
    depth = 0 if target.startswith("/") else len([p for p in dirname(dirname(name)).split("/") if p])
    for step in target.replace("\\", "/").split("/"):
        depth += -1 if step == ".." else step not in ("", ".")
        if depth < 0:
            return True
    return ":" in target


def _without(data: bytes, ids: set[str]) -> bytes:
    """A part without references to ``ids``."""
    root = parse(data)
    for element in list(root.iter("*")):
        for key in [k for k, value in element.attrib.items() if value in ids and _REFERS.match(k)]:
            parent = element.getparent()
            if element.tag.rpartition("}")[2] in _SHOWN or parent is None:
                del element.attrib[key]
            else:
                parent.remove(element)
                break
    return serialise(root)
