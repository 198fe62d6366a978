"""What the ``ledger`` commands do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lbt_audit.cli import exits
from lbt_audit.cli.checking import parse_day
from lbt_audit.cli.errors import UsageError, complain
from lbt_audit.cli.streams import binary_stdout
from lbt_audit.ledger.store import open_ledger
from lbt_audit.model.text import Lang

if TYPE_CHECKING:
    import sqlite3

    from lbt_audit.ledger.replies.answering import Collected
    from lbt_audit.ledger.replies.sheet import Refusal


def show_status(
    ledger: Path, as_of: str | None, sample: int, seed: str | None, whole: bool, lang: Lang
) -> int:
    """One screen: units, persons, relapses, waivers, who has not answered, trend."""
    from lbt_audit.ledger.export import background
    from lbt_audit.ledger.recheck import review
    from lbt_audit.ledger.summary import trend
    from lbt_audit.notices.screen import RecheckScreen
    from lbt_audit.notices.write import Inspection
    from lbt_audit.reports.terminal import console_for

    with open_ledger(ledger, create=False, write=False) as connection:
        recheck = review(connection, _day(as_of))
        seed = seed or recheck.as_of.isoformat()
        inspection = Inspection(
            recheck, background(connection), trend(connection), recheck.sample(sample, seed), seed
        )
    screen = RecheckScreen(inspection, None, console_for(sys.stdout), whole=whole, lang=lang)
    screen.print()
    return exits.OK


def show_history(ledger: Path, issue: str, lang: Lang) -> int:
    from lbt_audit.ledger.summary import history
    from lbt_audit.ledger.waivers import find_issue
    from lbt_audit.notices.screen import history_lines

    with open_ledger(ledger, create=False, write=False) as connection:
        fingerprint = find_issue(connection, issue)
        row = connection.execute("SELECT * FROM issue WHERE fingerprint = ?", (fingerprint,)).fetchone()
        lines = history_lines(row, history(connection, fingerprint), lang)
    sys.stdout.write("\n".join(lines) + "\n")
    return exits.OK


def grant_waiver(
    ledger: Path, issue: str, reason: str, approved_by: str, until: str, on: str | None, lang: Lang
) -> int:
    from lbt_audit.ledger.waivers import Waiver, grant

    last = parse_day(until, "--until")
    with open_ledger(ledger, create=False) as connection:
        waiver = Waiver(issue, reason, approved_by, last)
        fingerprint = grant(connection, waiver, parse_day(on, "--on") if on else _today(connection))
    sys.stdout.write(
        f"问题 {fingerprint} 豁免至 {last}（含当日）\n" if lang == "zh" else f"{fingerprint} waived until {last} (inclusive)\n"
    )  # fmt: skip
    return exits.OK


def take_replies(ledger: Path, files: Sequence[Path], on: str | None, lang: Lang) -> int:
    """Read, enter and say what became of every row."""
    from lbt_audit.ledger.replies.answering import answering
    from lbt_audit.ledger.replies.collect import collect
    from lbt_audit.notices.reply_screen import reply_lines

    for path in files:
        if not path.exists():
            raise UsageError(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
    with open_ledger(ledger, create=False) as connection:
        day = parse_day(on, "--on") if on else _today(connection)
        collected = collect(connection, files, day, exclude=[ledger])
        waiting = answering(connection, day)
    for refusal in collected.refusals:
        complain(_told(refusal, lang), lang)
    for remark in collected.remarks:
        complain(("注意：" if lang == "zh" else "note: ") + _told(remark, lang), lang, label=False)
    sys.stdout.write("\n".join(reply_lines(collected, waiting, lang)) + "\n")
    return exits.FINDINGS if _wanting(collected) else exits.OK


def _told(refusal: Refusal, lang: Lang) -> str:
    return f"{refusal.place}{'：' if lang == 'zh' else ': '}{refusal.text[lang]}"


def _wanting(collected: Collected) -> bool:
    return bool(collected.refusals or collected.incomplete)


def export_register(ledger: Path, to: str, output: Path | None, as_of: str | None, lang: Lang) -> int:
    from lbt_audit.ledger.export import background, write_csv, write_json
    from lbt_audit.ledger.recheck import review
    from lbt_audit.ledger.summary import trend
    from lbt_audit.notices.register_book import FILE_NAME, write_register

    with open_ledger(ledger, create=False, write=False) as connection:
        recheck, known, points = review(connection, _day(as_of)), background(connection), trend(connection)
    renders: dict[str, Callable[[BinaryIO], None]] = {
        "xlsx": lambda out: write_register(recheck, known, points, (), lang, out),
        "csv": lambda out: write_csv(recheck, known, lang, out),
        "json": lambda out: write_json(recheck, known, points, out),
    }
    if output is None and to == "xlsx":
        output = Path(FILE_NAME[lang])
    if output is None or str(output) == "-":
        out = binary_stdout(for_people=to == "csv")
        renders[to](out)
        out.flush()
        return exits.OK
    from lbt_audit.reports.write import replacing

    with replacing(output, [ledger]) as (file, written):
        renders[to](file)
    note = written[0].note
    if note is not None:
        complain(note[lang], lang, label=False)
    sys.stderr.write(("已生成：" if lang == "zh" else "written: ") + f"{written[0].path}\n")
    return exits.OK


def _day(text: str | None) -> date | None:
    return parse_day(text) if text else None


def _today(connection: sqlite3.Connection) -> date:
    """Today, or the day of the newest audit where that is later (a county may audit ahead)."""
    newest = connection.execute("SELECT max(as_of) FROM audit").fetchone()[0]
    return max(date.today(), date.fromisoformat(newest)) if newest else date.today()
