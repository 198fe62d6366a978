"""``check --watch``: the files are audited again whenever one was saved, and what has changed is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.check.exclusions import exclusions
from lbt_audit.cli.check.options import WatchOptions
from lbt_audit.cli.check.outputs import targets
from lbt_audit.cli.check.run import Checked, check, spare_collections
from lbt_audit.cli.check.saves import Saves
from lbt_audit.cli.errors import UsageError, complain, told
from lbt_audit.cli.language import spoken
from lbt_audit.model.errors import AuditError
from lbt_audit.model.secret import Secret
from lbt_audit.model.text import Text
from lbt_audit.reports.formats import Format

_WAITING = Text(
    "改好后保存即可，随即再核查一遍；按 Ctrl-C 结束。",
    "Correct and save: the files are checked again at once. Ctrl-C ends.",
)


def watch(options: WatchOptions) -> int:
    """Audit, and again after every save, until Ctrl-C; gives the exit code of the last audit."""
    _refuse(options)
    spare_collections()
    paths = arguments.existing(options.paths or [Path()])
    saves = Saves(paths, exclusions(options, arguments.county(options.config, paths)))
    turns = _Turns(replace(options, notices=False))
    known = saves.now()
    try:
        turns.take()
        while True:
            known = saves.next(known, turns.unready)
            try:
                turns.take()
            except (AuditError, OSError) as error:  # a slip in the county file is to be corrected, too
                turns.failed(error)
    except KeyboardInterrupt:
        return turns.code


class _Turns:
    """One audit after another. ``code``: the exit code of the last one."""

    code = exits.INTERRUPTED

    def __init__(self, options: WatchOptions) -> None:
        from lbt_audit.reports.tables.changes import Course

        self._options, self._lang, self._course = options, spoken(), Course()
        self._secret: Secret | None = None
        self._documents: list[str] = []

    def take(self) -> None:
        """Audit and tell."""
        at = datetime.now()
        done = check(self._options, self._secret)
        # The key stays: fingerprints are compared.
        self._secret, self.code = done.secret, done.code
        self._print(done, at)

    def _print(self, done: Checked, at: datetime) -> None:
        from lbt_audit.reports.screen.changes import ChangesReport
        from lbt_audit.reports.screen.screen import console_for

        changes = self._course.take(done.audit)
        documents, self._documents = self._documents, done.outputs.documents
        ChangesReport(
            done.audit,
            changes,
            console_for(sys.stdout),
            self._documents if self._documents != documents else (),
            at=at,
            whole=self._options.verbose,
            brief=self._options.quiet,
        ).print()
        self._wait()

    def unready(self, files: Sequence[Path]) -> None:
        """``files`` are gone, not whole, or held by another program."""
        for path in files:
            zh, en = (
                (
                    "还没有写完、是空的，或正被其他程序占用，读不了",
                    "is not whole, is empty or held by another program",
                )
                if path.exists()
                else ("不在原处了，可能已移走或改名", "is no longer there; perhaps it was moved or renamed")
            )
            text = Text(
                f"{path.name} {zh}；保存好、放回来后再核查",
                f"{path.name} {en}; it is checked again once it is saved",
            )
            complain(text[self._lang], self._lang, label=False)

    def failed(self, error: AuditError | OSError) -> None:
        """Say why an audit could not be made."""
        self.code = told(error, self._lang)
        self._wait()

    def _wait(self) -> None:
        if not self._options.quiet:
            sys.stdout.write(_WAITING[self._lang] + "\n")
        sys.stdout.flush()


def _refuse(options: WatchOptions) -> None:
    """What is made once for a submission is not made for every save."""
    wanted = targets(options.formats or [Format.text], options.output_files or ())
    if any(file is None and name != Format.text for name, file in wanted):
        raise UsageError(
            "--watch 在屏幕上显示每次保存后的变化，标准输出不能同时用其他格式；请用 --output-file 指定文件",
            "--watch tells on the screen what every save has changed, so stdout takes no other format; give it an "
            "--output-file",
        )
    if options.ledger is not None:
        raise UsageError(
            "--watch 与 --ledger 不能同时用：台账记的是每次报送，不是每次保存；改好后再用 check --ledger 记入",
            "--watch does not go with --ledger, which records what was handed in and not every save; run check --ledger "
            "once everything is corrected",
        )
    if options.notices:
        raise UsageError(
            "--watch 与 --notices 不能同时用：通知书按报送生成，不随每次保存生成",
            "--watch does not go with --notices: orders are made for what was handed in, not for every save",
        )
