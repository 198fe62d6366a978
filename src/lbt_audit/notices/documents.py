"""All documents that go out to units or up to the county, on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.circular import letter as circular
from lbt_audit.notices.letter.letter import Letter, write_letter
from lbt_audit.notices.letter.placeholders import template_of
from lbt_audit.notices.order import letter as order
from lbt_audit.notices.recheck import reinspection, supervision
from lbt_audit.notices.reply.workbook import FILE_NAME as REPLY_BOOK
from lbt_audit.notices.reply.workbook import write_reply_book
from lbt_audit.notices.units.names import safe_names
from lbt_audit.notices.units.shares import Share, shares
from lbt_audit.reports.files.write import Document, Render, Written

if TYPE_CHECKING:
    from lbt_audit.config.county import County
    from lbt_audit.engine.audit import Audit
    from lbt_audit.ledger.state.inspection import Inspection

UNITS_FOLDER = Text("责任单位", "units")
_SHOWN = 3  # documents of one folder named in the list of what was written


def notice_documents(
    audit: Audit, county: County | None = None, inspection: Inspection | None = None
) -> Iterator[Document]:
    """Reply workbooks and notices per unit, the circular and, with a ledger, reminders, the report of
    the re-inspection and the register.

    Raises ConfigError where a template of the county cannot be used.
    """
    lang = audit.run.lang
    recheck = inspection.recheck if inspection is not None else None
    tallies = {(t.level, t.unit): t for t in recheck.units} if recheck is not None else {}

    def letter(kind: str, made: Letter) -> Render:
        return _render(made, template_of(county, kind, lang))

    def reply(share: Share) -> Render:
        return lambda out: write_reply_book(share, out)

    for share in shares(audit):
        book = f"{UNITS_FOLDER[lang]}/{share.folder}/{share.folder}-{REPLY_BOOK[lang]}"
        yield book, reply(share)
        if _is_issuer(share.level, share.unit, audit):
            continue
        tally = tallies.get((share.level, share.unit)) or tallies.get(
            (share.level, f"{share.township or ''}{share.unit}")  # where two units share the name
        )
        made = order.order(share, county, tally)
        yield f"{order.FOLDER[lang]}/{share.folder}.docx", letter("order", made)
    yield circular.FILE_NAME[lang], letter("circular", circular.circular(audit, recheck, county))
    if inspection is None or recheck is None:
        return
    late = {
        key: items
        for key, items in supervision.overdue_units(recheck).items()
        if not _is_issuer(*key[:2], audit)
    }
    names = safe_names((unit for _, unit in late), lang)
    for ((_, unit), items), name in zip(late.items(), names, strict=True):
        made = supervision.supervision(unit, items, recheck, audit.run, county)
        yield f"{supervision.FOLDER[lang]}/{name}.docx", letter("supervision", made)
    report = reinspection.reinspection(recheck, inspection.picks, inspection.seed, audit.run, county)
    yield reinspection.FILE_NAME[lang], letter("reinspection", report)
    from lbt_audit.notices.register.workbook import FILE_NAME, write_register

    yield FILE_NAME[lang], lambda out: write_register(inspection, lang, out)


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


def listed(written: Sequence[Written], out_dir: Path, lang: Lang) -> list[str]:
    """What to tell the user was written: the documents of units once per kind."""
    groups: dict[Path, list[Path]] = {}
    for document in written:
        below = document.path.relative_to(out_dir)
        groups.setdefault(out_dir / below.parts[0], []).append(document.path)
    lines = []
    for top, paths in groups.items():
        if len(paths) <= _SHOWN:
            lines += [str(p) for p in paths]
        else:
            count = f"（{len(paths)} 个文件）" if lang == "zh" else f" ({len(paths)} files)"
            lines.append(f"{top}/{count}")
    return lines
