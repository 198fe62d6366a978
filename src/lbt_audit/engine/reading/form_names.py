"""Files and sheets are named after persons, forms for one child as a rule: in what is reported, paths and sheets bear
such names and numbers masked, and so do what files call their units.

Done once, before anything is audited, so that nothing behind has seen the name. ``Submission.file`` keeps the
way to the file for those who have to open it. A report without masks shows paths as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lbt_audit.engine.privacy.veil import Veil
from lbt_audit.intake.table import Note, Submission
from lbt_audit.model.regex import regex
from lbt_audit.model.run import Mask
from lbt_audit.model.unit import Unit
from lbt_audit.values.mask import mask_value

# What else stands in the names of such files and sheets; 2 to 4 characters left over are taken for a name.
_USUAL = regex(
    r"农村|留守|困境|儿童|学生|孩子|基本|个人|家庭|情况|信息|登记|调查|档案|一人一[表档]|一户一档|花名册|名[册单]|台账|统计|汇总|"
    r"附件|户口[簿本]|身份证|照片|协议书?|委托|监护|家访|走访|记录|材料|扫描|复印件|工作|副本|新建|空白|模板|样表|表格?|[的之及]"
)
_RUN = regex(r"[\u3400-\u9fff\U00020000-\U0003ffff·•]{2,}")
_UNIT = regex(r"[省市县区旗镇乡村组校园班级]$")
_LONGEST = 4


def without_names(submissions: Iterable[Submission], veil: Veil) -> list[Submission]:
    """``submissions``, their paths, sheets and unknown units as ``veil`` shows them. Beside a form also what merely looks
    like a name is masked."""
    given, mask = list(submissions), veil.level
    if mask == "none":
        return given
    folders = {_folder(s.path) for s in given if any(t.form for t in s.tables)}
    taken = {s.path for s in given}
    shown = []
    for submission in given:
        names = _names(submission)
        is_form = any(t.form for t in submission.tables)
        # Beside forms lie photographs of them, and forms that cannot be read.
        if is_form or (submission.status != "audited" and _folder(submission.path) in folders):
            shown.append(_shown(submission, names, veil, taken, form=True))
        else:
            shown.append(_shown(submission, (), veil, taken, form=False))
    return shown


def _shown(
    submission: Submission, names: Sequence[str], veil: Veil, taken: set[str], *, form: bool
) -> Submission:
    mask = veil.level
    folder, slash, file = submission.path.rpartition("/")
    stem, dot, ending = file.rpartition(".") if "." in file else (file, "", "")
    for name in names:
        folder = folder.replace(name, mask_value(name, "name", mask))
    folder = "/".join(veil.text(part) for part in folder.split("/"))
    path = submission.path
    masked = f"{folder}{slash}{veil.text(_masked(stem, names, mask) if form else stem)}"
    if f"{masked}{dot}{ending}" != path:
        path = _unused(masked, f"{dot}{ending}", taken)
    forms = {t.sheet for t in submission.tables if t.form}
    sheets: dict[str, str] = {}
    used = {t.sheet for t in submission.tables}
    for sheet in dict.fromkeys([*(t.sheet for t in submission.tables), *submission.ignored_sheets]):
        own = veil.text(_masked(sheet, names, mask) if form and (sheet in forms or not forms) else sheet)
        sheets[sheet] = sheet if own == sheet else _unused(own, "", used)

    def noted(notes: Sequence[Note]) -> tuple[Note, ...]:
        return tuple(
            replace(n, detail={**n.detail, "sheet": sheets.get(n.detail["sheet"], n.detail["sheet"])})
            if "sheet" in n.detail
            else n
            for n in notes
        )

    tables = tuple(
        replace(t, path=path, sheet=sheets[t.sheet], notes=noted(t.notes), unit=_shown_unit(t.unit, veil))
        for t in submission.tables
    )
    ignored = {sheets[sheet]: reason for sheet, reason in submission.ignored_sheets.items()}
    return replace(
        submission, path=path, tables=tables, ignored_sheets=ignored, notes=noted(submission.notes),
        file=None if path == submission.path else submission.path,
        sheets={own: sheet for sheet, own in sheets.items() if own != sheet},
    )  # fmt: skip


def _shown_unit(unit: Unit, veil: Veil) -> Unit:
    township = None if unit.township is None else veil.text(unit.township)
    return replace(unit, name=veil.text(unit.name), township=township)


def _masked(text: str, names: Sequence[str], mask: Mask) -> str:
    """``text`` without ``names``, nor what is left of it besides the usual words and looks like one: a file may
    spell the child otherwise than the form in it."""
    for name in names:
        text = text.replace(name, mask_value(name, "name", mask))
    plain = _USUAL.sub(lambda m: " " * len(m[0]), text)
    for run in reversed(list(_RUN.finditer(plain))):
        if len(run[0]) <= _LONGEST and not _UNIT.search(run[0]) and "*" not in _around(text, run):
            text = text[: run.start()] + mask_value(run[0], "name", mask) + text[run.end() :]
    return text


def _around(text: str, run: re.Match[str]) -> str:
    """The characters beside a run: next to a star it is the rest of a masked name."""
    return text[max(run.start() - 1, 0) : run.start()] + text[run.end() : run.end() + 1]


def _unused(stem: str, ending: str, taken: set[str]) -> str:
    """A name nothing else is shown under: 杨*峰登记表(2).xlsx beside another child's 杨*峰登记表.xlsx."""
    shown, number = f"{stem}{ending}", 1
    while shown in taken:
        number += 1
        shown = f"{stem}({number}){ending}"
    taken.add(shown)
    return shown


def _names(submission: Submission) -> list[str]:
    """The children of a file's forms, the longest first."""
    found = set()
    for table in submission.tables:
        if table.form and "child_name" in table.columns:
            for text in table.columns["child_name"].text.to_pylist():
                found |= {text.strip(), "".join(text.split())}
    return sorted((n for n in found if len(n) > 1), key=lambda n: (-len(n), n))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
