"""The pages and parts of pages of the desk, as HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lbt_audit import __version__
from lbt_audit.desk.checks.job import Step
from lbt_audit.desk.checks.verdict import verdict
from lbt_audit.desk.pages.words import ENTRY, SCRIPT_WORDS, TITLE, WORDS
from lbt_audit.desk.sessions.session import Session
from lbt_audit.intake.files.limits import MB
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.page.page import look
from lbt_audit.reports.tables.changes import Changes, Item
from lbt_audit.reports.text.safe import visible
from lbt_audit.reports.words import SEVERITIES

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE: Final = Path(__file__).parent
_SHOWN: Final = 50  # lines of what is gone, still there, new
ASSETS: Final[Mapping[str, str]] = {"desk.js": "text/javascript", "desk.css": "text/css"}


def page(session: Session, profiles: Mapping[str, Text]) -> str:
    """The desk as ``session`` has it."""
    lang = session.settings.lang
    words = {key: text[lang] for key, text in SCRIPT_WORDS.items()}
    script = {"words": words, "most": session.shelf.limits.file}
    return _render("desk.html", session, profiles=profiles, script=json.dumps(script).replace("<", "\\u003c"))


def part(session: Session, name: str) -> str:
    """A part of it: ``files`` or ``results``."""
    return _render(f"parts/{name}.html", session)


def forms(lang: Lang, kinds: Mapping[str, Text]) -> str:
    """The list of blank forms."""
    return _environment().get_template("parts/forms.html").render(lang=lang, kinds=kinds)


def entry(lang: Lang, refused: Text | None = None) -> str:
    """Where the access token is given."""
    words = {key: text[lang] for key, text in ENTRY.items()}
    return (
        _environment()
        .get_template("entry.html")
        .render(lang=lang, title=TITLE[lang], t=words, refused=refused[lang] if refused else "")
    )


def asset(name: str) -> str:
    """Script or style, one of ``ASSETS``."""
    text = (_HERE / "assets" / name).read_text(encoding="utf-8")
    return look() + text if name.endswith(".css") else text


def progress(step: Step, lang: Lang, repairing: bool = False) -> str:
    """How far a job is, in a line."""
    if repairing:
        key = "repairing" if step.total else "starting"
    elif step.writing:
        key = "writing"
    elif step.rule:
        key = "running_rules"
    else:
        key = "reading_files" if step.total else "starting"
    file = visible(step.file)
    return WORDS[key][lang].format(done=step.done, total=step.total, file=file, rule=step.rule)


def _render(template: str, session: Session, **more: Any) -> str:
    lang = session.settings.lang
    outcome = session.outcome
    checked = {f.path: f for f in outcome.files} if outcome else {}
    limits, changes = session.shelf.limits, session.changes
    return (
        _environment()
        .get_template(template)
        .render(
            version=__version__,
            lang=lang,
            title=TITLE[lang],
            t={key: text[lang] for key, text in WORDS.items()},
            colours={s.key: s.colour[lang] for s in SEVERITIES},
            session=session,
            settings=session.settings,
            files=sorted(session.shelf.files.values(), key=lambda f: f.path),
            checked=checked,
            checked_at=outcome.generation if outcome else -1,
            outcome=outcome,
            verdict=verdict(outcome) if outcome else None,
            changes=changes,
            still=_still(changes),
            trouble=session.trouble[lang] if session.trouble else "",
            shown=_SHOWN,
            most={"file": limits.file // MB, "files": limits.files},
            **more,
        )
    )


def _still(changes: Changes | None) -> list[Item]:
    """What is left and not new."""
    new = set(changes.new) if changes else set()
    return [item for item in changes.left if item not in new] if changes else []


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["size"] = _size
    environment.filters["fill"] = lambda text, **values: text.format(**values)
    return environment


def _size(size: int) -> str:
    return f"{size / MB:.1f} MB" if size >= MB else f"{max(1, round(size / 1024))} kB"
