"""A county's folder with persons, ID numbers and telephones everywhere: in every column of every kind of register, in
headers, in names of sheets, files and folders."""

from __future__ import annotations

import csv
import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import openpyxl
from sample_data.generate.ids import complete
from sample_data.generate.views.forms import MERGED, PRINTED

from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.field import Field
from lbt_audit.model.kind import Kind

NAMES = (
    "覃银屏", "蒙贵", "欧阳雪梅", "韦", "阿依努尔·买买提", "敖小满", "吴阿妮", "覃晓", "仡大强", "蒋氏玉", "岑远", "陆三妹",
)  # fmt: skip
# None of them stands in an example of a rule: those are invented, and the page shows them.
NAMES = tuple(n for n in NAMES if len(n) > 1)


def _ids(count: int, born: date, first: int) -> tuple[str, ...]:
    """Numbers of persons of one sex, whose days of birth follow ``born``."""
    days = [born + timedelta(days=31 * k) for k in range(count)]
    return tuple(complete(f"529901{day:%Y%m%d}{first + 22 * k:03d}") for k, day in enumerate(days))


_CHILDREN = dict(zip(NAMES, _ids(len(NAMES), date(2017, 3, 4), 8), strict=True))
_FATHERS = _ids(4, date(1987, 2, 3), 7)
_MOTHERS = _ids(4, date(1988, 4, 5), 18)
_OTHERS = _ids(4, date(1957, 5, 6), 28)
IDS = (*_CHILDREN.values(), *_FATHERS, *_MOTHERS, *_OTHERS)
PHONES = tuple(f"13{k % 10}0{4211000 + 7919 * k}" for k in range(12))
_PLAIN = {
    "sex": "女",
    "ethnicity": "汉族",
    "township": "白石镇",
    "village": "大坝村",
    "school_name": "白石镇中心小学",
    "grade": "三年级",
    "guardian_rel": "奶奶",
    "health": "健康",
    "father_work_place": "广东东莞",
    "home_addr": "白石镇大坝村二组",
}


_SECRET = re.compile("|".join(sorted((*NAMES, *IDS, *PHONES), key=len, reverse=True)))
"""Everything that must not be found."""


class _Turns:
    """Names and numbers, one after the other; ``number_of`` gives those of people who can be what they are there."""

    def __init__(self) -> None:
        self.names, self.ids, self.phones = cycle(NAMES), cycle(IDS), cycle(PHONES)
        self._children = cycle(_CHILDREN.items())
        self._id_no = next(iter(_CHILDREN.values()))
        self._others = {"father_id": cycle(_FATHERS), "mother_id": cycle(_MOTHERS), "": cycle(_OTHERS)}

    def child(self) -> str:
        """The name of the next child, whose number is then that of ``id_no``."""
        name, self._id_no = next(self._children)
        return name

    def number_of(self, field: str) -> str:
        return self._id_no if field == "id_no" else next(self._others.get(field, self._others[""]))


def plant(folder: Path, dictionary: Dictionary) -> None:
    """Files of every kind that is audited below ``folder``."""
    turns = _Turns()
    for number, kind in enumerate(k for k in dictionary.kinds.values() if k.audited and k.layout == "list"):
        below = folder / ("", f"{next(turns.names)}{next(turns.phones)}", next(turns.ids))[number % 3]
        below.mkdir(parents=True, exist_ok=True)
        rows = list(_rows(kind, dictionary, turns))
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = (next(turns.names), f"表{next(turns.ids)}", next(turns.phones))[number % 3]
        sheet.append([kind.title.zh])
        sheet.append([f"填报单位：{next(turns.names)}  填报日期：2026年10月25日"])
        for row in rows:
            sheet.append(row)
        book.save(
            below
            / f"{(next(turns.names), next(turns.ids), next(turns.phones))[number % 3]}{kind.title.zh}.xlsx"
        )
        if number % 4 == 0:
            with (below / f"{kind.key}{next(turns.ids)}.csv").open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([*rows[:4], *rows[-3:]])
    _plant_forms(folder, dictionary, turns)
    (folder / f"{NAMES[0]}{IDS[0]}的照片.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / f"{NAMES[4]}登记表{PHONES[3]}.xls").write_bytes(b"broken")
    (folder / f"{NAMES[1]}.zip").write_bytes(b"PK\x05\x06" + bytes(18))


def _plant_forms(
    folder: Path,
    dictionary: Dictionary,
    turns: _Turns,
) -> None:
    """Forms for one child: a file, a sheet for each of several, below and beside each other; every blank holds in turn
    what does not belong there."""
    blanks = [key for _, key in re.findall(r"(\{(\w+)\})", PRINTED)]
    forms = []
    for number in range(4 * len(blanks)):
        values = {
            key: _plain(dictionary.fields[key], turns) if key in dictionary.fields else next(turns.names)
            for key in blanks
        }
        name, id_no, phone = next(turns.names), next(turns.ids), next(turns.phones)
        planted = (name, id_no, f"其父{name}（证号{id_no}）电话{phone}", phone)
        values["child_name"] = values["child_name"] or next(turns.names)
        values[blanks[number % len(blanks)]] = planted[number // len(blanks)]
        forms.append([line.format_map(values).split("|") for line in PRINTED.strip().split("\n")])
    below = folder / "一人一表" / next(turns.names)
    below.mkdir(parents=True)
    for number, form in enumerate(forms[:12]):
        _save(
            below
            / f"{(next(turns.names), next(turns.ids), next(turns.phones))[number % 3]}登记表{number}.xlsx",
            {next(turns.names): form},
        )
    _save(
        below / "各人一表.xlsx",
        {f"{next(turns.names)}{n}": form for n, form in enumerate(forms[12:60])},
    )
    _save(
        below / "逐一在下.xlsx",
        {"登记表": [line for form in forms[60:120] for line in (*form, [])]},
    )
    side = [[*a, *[""] * (11 - len(a)), *b] for one, other in zip(forms[120::2], forms[121::2], strict=False)
            for a, b in zip([*one, []], [*other, []], strict=True)]  # fmt: skip
    _save(below / "左右并排.xlsx", {"登记表": side})


def _save(path: Path, sheets: Mapping[str, list[list[str]]]) -> None:
    """Forms as a workbook; merged as they are printed where a sheet holds one."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append([text or None for text in line])
        if len(lines) == len(PRINTED.strip().split("\n")):
            for top, left, bottom, right in MERGED:
                sheet.merge_cells(
                    start_row=top + 1,
                    start_column=left + 1,
                    end_row=bottom + 1,
                    end_column=right + 1,
                )
    book.save(path)


def _rows(kind: Kind, dictionary: Dictionary, turns: _Turns) -> Iterator[list[str]]:
    """A header, a record for each person, then for every column records that hold in it what does not belong there."""
    fields = [dictionary.fields[key] for key in kind.columns if dictionary.fields[key].titles]
    yield [
        *(f.titles[0] for f in fields),
        f"{next(turns.names)}情况",
        next(turns.ids),
        f"电话{next(turns.phones)}",
    ]

    def plain() -> list[str]:
        return [*(_plain(f, turns) for f in fields), "", "", ""]

    for _ in range(6):
        yield plain()
    for column in range(len(fields) + 3):
        name, number, phone = next(turns.names), next(turns.ids), next(turns.phones)
        planted = (name, number, f"其父{name}（证号{number}）电话{phone}", phone)
        for turn in (0, 1):
            row = plain()
            row[column] = planted[(column + turn) % 4]
            yield row
    for shift in (1, 2, 3):
        row = plain()
        yield row[-shift:] + row[:-shift]


def _plain(field: Field, turns: _Turns) -> str:
    if field.key == "child_name":
        return turns.child()
    if field.privacy == "name":
        return next(turns.names)
    if field.privacy == "phone":
        return next(turns.phones)
    if field.privacy == "id" and "id" in field.key:
        return turns.number_of(field.key)
    return _PLAIN.get(field.key, "")


def found_in(path: Path) -> set[str]:
    """Which secrets stand in a file: in its name, its bytes, and what is packed in it."""
    contents = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            contents = [package.read(part) for part in package.namelist()]
    found = (found_in_text(content.decode("utf-8", "replace")) for content in contents)
    return _found_in_name(path).union(*found)


def found_in_copy(path: Path) -> set[str]:
    """Which secrets stand in what an annotated copy adds to the file of the unit, which is its own and stays in clear:
    in its name, the list (but for the names of sheets, which are the file's), its notes."""
    with zipfile.ZipFile(path) as package:
        notes = [package.read(part).decode() for part in package.namelist() if "comments" in part.casefold()]
    listed = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = [[c.value for c in row if getattr(c, "column", 0) != 3] for row in listed.iter_rows()]
    assert len(rows) > 6 and any("<comment " in note for note in notes)
    return _found_in_name(path).union(*map(found_in_text, ("\n".join(map(str, rows)), *notes)))


def _found_in_name(path: Path) -> set[str]:
    return {f"name: {secret}" for secret in _SECRET.findall(path.as_posix())}


def found_in_text(text: str) -> set[str]:
    """Which secrets stand in a text, or in what remains of it without marks."""
    plain = html.unescape(text) if "&" in text else text
    if "<" in plain[:200]:  # runs of a document split words
        plain += re.sub("<[^>]*>", "", plain)
    return set(_SECRET.findall(plain))
