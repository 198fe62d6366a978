"""All documents that go out to units or up to the county, on disk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lbt_audit.model.text import Text
from lbt_audit.notices.circular import letter as circular
from lbt_audit.notices.letter.letter import Letter, write_letter
from lbt_audit.notices.letter.placeholders import TEMPLATES, template_of
from lbt_audit.notices.order import letter as order
from lbt_audit.notices.recheck import reinspection, supervision
from lbt_audit.notices.reply.workbook import FILE_NAME as REPLY_BOOK
from lbt_audit.notices.reply.workbook import write_reply_book
from lbt_audit.notices.units.recipients import Recipients
from lbt_audit.notices.units.shares import Share, shares
from lbt_audit.reports.annotated.copies import FOLDER as COPIES
from lbt_audit.reports.annotated.copies import annotated_copies
from lbt_audit.reports.files.names import safe_names
from lbt_audit.reports.files.write import Document, Render

if TYPE_CHECKING:
    from lbt_audit.config.county import County
    from lbt_audit.engine.audit import Audit
    from lbt_audit.ledger.state.inspection import Inspection
    from lbt_audit.ledger.state.recheck import Recheck
    from lbt_audit.reports.annotated.originals import Originals

UNITS_FOLDER = Text("责任单位", "units")
"""Holds a folder for each unit, with all that is its own and nothing else."""


def unit_documents(
    audit: Audit,
    recipients: Recipients,
    county: County | None = None,
    recheck: Recheck | None = None,
    originals: Originals | None = None,
) -> Iterator[Document]:
    """What goes to units: the list each has to answer, its order and, with a ledger, its reminder; where ``originals``
    are given, copies of the files it handed in, marked with what it has to correct.

    Raises ConfigError where a template of the county cannot be used.
    """
    if not recipients.folders:
        return
    lang = audit.run.lang
    top = UNITS_FOLDER[lang]
    found = shares(audit)
    tallies = {(t.level, t.unit): t for t in recheck.units} if recheck is not None else {}

    def letter(kind: str, folder: str, made: Letter) -> Document:
        return f"{top}/{folder}/{TEMPLATES[kind][lang]}", _render(made, template_of(county, kind, lang))

    for share in found:
        yield f"{top}/{share.folder}/{share.folder}-{REPLY_BOOK[lang]}", partial(write_reply_book, share)
        if originals is not None:
            yield from _copies(share, originals, f"{top}/{share.folder}/{COPIES[lang]}")
        if not recipients.letters or _is_issuer(share.level, share.unit, audit):
            continue
        tally = next((tallies[key] for key in _names_in_ledger(share) if key in tallies), None)
        yield letter("order", share.folder, order.order(share, county, tally))
    if recheck is None or not recipients.letters:
        return
    folders = {key: share.folder for share in found for key in reversed(_names_in_ledger(share))}
    late = {
        key: items
        for key, items in supervision.overdue_units(recheck).items()
        if not _is_issuer(*key, audit) and recipients.knows(*key)
    }
    absent = [key for key in late if key not in folders]  # they handed nothing in this time
    taken = [share.folder for share in found]
    names = safe_names([*taken, *(unit for _, unit in absent)], lang)[len(taken) :]
    folders |= dict(zip(absent, names, strict=True))
    for key, items in late.items():
        made = supervision.supervision(key[1], items, recheck, audit.run, county)
        yield letter("supervision", folders[key], made)


def county_documents(
    audit: Audit,
    recipients: Recipients,
    county: County | None = None,
    inspection: Inspection | None = None,
) -> Iterator[Document]:
    """What tells of all units: the circular and, with a ledger, the register and, where it holds an earlier day, the
    report of the re-inspection. Raises ConfigError as ``unit_documents``."""
    lang = audit.run.lang
    recheck = inspection.recheck if inspection is not None else None
    if recipients.letters:
        made = circular.circular(audit, recheck, county)
        yield TEMPLATES["circular"][lang], _render(made, template_of(county, "circular", lang))
    if inspection is None or recheck is None:
        return
    if recheck.previous is not None or inspection.picks:
        made = reinspection.reinspection(recheck, inspection.picks, inspection.seed, audit.run, county)
        yield TEMPLATES["reinspection"][lang], _render(made, template_of(county, "reinspection", lang))
    from lbt_audit.notices.register.workbook import FILE_NAME, write_register

    yield FILE_NAME[lang], partial(write_register, inspection, lang)


def _copies(share: Share, originals: Originals, folder: str) -> Iterator[Document]:
    """Of files all of whose sheets are the unit's own: nobody else's children are in them."""
    own = [s for s in share.audit.submissions if s.tables and all(share.is_of(t.unit) for t in s.tables)]
    for copy in annotated_copies(share.part, originals, own).copies:
        yield f"{folder}/{copy.name}", copy.render


def _names_in_ledger(share: Share) -> list[tuple[str, str]]:
    """What the ledger may call the unit: where two share a name, by its township, too."""
    return [(share.level, share.unit), (share.level, f"{share.township or ''}{share.unit}")]


def _is_issuer(level: str, unit: str, audit: Audit) -> bool:
    """Whether the office that sends the letters answers for these issues itself (or nobody is known to): it
    writes no order to itself. They stand in a reply workbook, the register and the report all the same."""
    return not unit or (level == "county" and unit == audit.run.county)


def _render(letter: Letter, template: Path | None) -> Render:
    """Templates are filled at once, so that one that cannot be used is known before anything is written."""
    if template is None:
        return lambda out: write_letter(letter, out)
    import io

    from lbt_audit.notices.letter.template import fill_template

    filled = io.BytesIO()
    fill_template(template, letter, filled)
    return lambda out: (out.write(filled.getvalue()), None)[1]
