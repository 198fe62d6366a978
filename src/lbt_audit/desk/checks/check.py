"""The audit of the files on the desk, its documents, and what is told of it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from lbt_audit.config.county import County
from lbt_audit.config.load import load_county
from lbt_audit.desk.checks.job import CheckJob, Settings, Step, Tell
from lbt_audit.desk.checks.outcome import CheckedFile, Outcome
from lbt_audit.desk.uploads.names import ANNOTATED, copy_name
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.engine.run import audit
from lbt_audit.intake.readers.result import ReadResult
from lbt_audit.model.secret import Secret
from lbt_audit.reports.annotated.copies import FOLDER, annotated_copies
from lbt_audit.reports.annotated.originals import Originals
from lbt_audit.reports.documents import audit_documents
from lbt_audit.reports.files.write import write_all
from lbt_audit.reports.page.page import FILE_NAME
from lbt_audit.reports.tables.changes import files_of, items_of
from lbt_audit.reports.tables.summary import Summary
from lbt_audit.reports.words import SEVERITIES, as_of_line, crash_text


def check(job: CheckJob, tell: Tell) -> Outcome:
    """Audit ``job.folder`` into ``job.out``. Raises ConfigError for what is wrong in the county file."""
    tell(Step())
    settings, lang = job.settings, job.settings.lang
    request = request_for((job.folder,), settings, job.secret)
    found = audit(request, _Teller(tell))
    tell(Step(writing=True))
    originals = Originals(job.folder, found.submissions)
    annotated = annotated_copies(found, originals)
    copies = {copy.path: f"{FOLDER[lang]}/{copy.name}" for copy in annotated.copies}
    documents = [
        *audit_documents(found, job.out, copies=copies),
        *((copies[copy.path], copy.render) for copy in annotated.copies),
    ]
    written, failed, _ = write_all(job.out, documents)
    names = [document.path.relative_to(job.out).as_posix() for document in written]
    summary = Summary(found)
    real = {s.path: s.file or s.path for s in found.submissions}
    there = set(names)
    files = _files(found, summary, {p: c for p, c in copies.items() if c in there})
    handed = {name: PurePosixPath(name).name for name in names}
    for path, name in copies.items():
        handed[name] = copy_name(real[path], PurePosixPath(name).suffix, ANNOTATED, lang)
    warnings = [*found.run.warnings, *found.run.given_up, *annotated.notes, *(e.text for e in failed)]
    return Outcome(
        number=job.number,
        generation=job.generation,
        folder=job.out,
        lang=lang,
        about=f"{as_of_line(found.run, lang)}；{found.run.profile_in(lang)}"
        if lang == "zh"
        else f"{as_of_line(found.run, lang)}; {found.run.profile_in(lang)}",
        files=files,
        issues=items_of(found),
        paths=files_of(found),
        tally=tuple(summary.by_severity[s] for s in SEVERITIES),  # type: ignore[arg-type]
        causes=summary.causes,
        children=summary.children,
        rows=summary.rows,
        whole=not (failed or summary.crashed or found.run.given_up),
        page=FILE_NAME[lang],
        list=next(n for n in names if n.endswith(".xlsx") and "/" not in n),
        documents=handed,
        warnings=(*(w[lang] for w in warnings), *(crash_text(r, lang) for r in summary.crashed)),
    )


def request_for(paths: tuple[Path, ...], settings: Settings, secret: str | None = None) -> Request:
    """An audit of ``paths`` as the side panel wants it. ``secret``: of the numbers of issues, unless the county file
    has its own. Raises ConfigError."""
    county: County | None = load_county(settings.county) if settings.county is not None else None
    own = county is not None and county.salt
    return Request(
        paths=paths,
        county=county,
        secret=Secret(secret, "kept") if secret and not own else None,
        as_of=settings.as_of,
        profile=settings.profile,
        lang=settings.lang,
        mask=(county.mask if county is not None else None) or "partial",
        previous=county.previous if county is not None else None,
    )


class _Teller(Watcher):
    def __init__(self, tell: Tell) -> None:
        self._tell, self._total, self._done = tell, 0, 0

    def found(self, count: int) -> None:
        self._total = count
        self._tell(Step(count))

    def read(self, *results: object) -> None:
        self._done += 1
        (result,) = results
        file = result.file.relative if isinstance(result, ReadResult) else ""
        self._tell(Step(self._total, self._done, file))

    def rule(self, code: str) -> None:
        self._tell(Step(self._total, self._total, rule=code))


def _files(found: Audit, summary: Summary, copies: dict[str, str]) -> tuple[CheckedFile, ...]:
    state = {s.path: found.verdicts.get(s.path) or s.status for s in found.submissions}
    real = {s.path: s for s in found.submissions}
    return tuple(
        CheckedFile(
            real[f.path].file or f.path,
            real[f.path].status,
            state[f.path],
            f.standing,
            f.remark or "",
            f.rows,
            f.tally,
            copies.get(f.path, ""),
        )
        for f in summary.by_submission
    )
