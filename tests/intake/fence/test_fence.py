"""Reading behind the fence: whatever a file does to its reader, the audit goes on."""

from __future__ import annotations

import os
import random
import signal
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.parsers.expat import ParserCreate

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cost import cpu
from tests.intake.packages import cells, package, read_one, same, strings, styles, worksheet

from lbt_audit.intake.fence import worker
from lbt_audit.intake.fence.pool import Fence
from lbt_audit.intake.files.find import InputFile, find_files
from lbt_audit.intake.files.limits import MB, Limits
from lbt_audit.intake.read import ReadResult, read_files

SMALL = worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>')


def _read(folder: Path, jobs: int = 2, limits: Limits | None = None) -> dict[str, ReadResult]:
    files = find_files([folder])
    results = list(read_files(files, jobs=jobs, limits=limits))
    assert [r.file for r in results] == files
    return {r.file.relative: r for r in results}


def test_results_cross_unchanged_and_in_order(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{r * 3}"{" hidden=" + chr(34) + "1" + chr(34) if r == 5 else ""}><c r="B{r * 3}" s="1"><v>{42000 + r}</v></c>'
        f'<c r="E{r * 3}" t="s"><v>{r % 3}</v></c><c r="F{r * 3}"><f>A1</f></c></row>'
        for r in range(1, 40)
    )
    markup = worksheet(rows, '<cols><col min="1" max="1" hidden="1"/></cols>', '<mergeCell ref="A1:C2"/>')
    shared = strings("<t>杨晓峰</t>", "<t>张𠮷</t>", "<t> </t>")
    package(tmp_path / "b.xlsx", {"甲": markup, "乙": worksheet("")}, shared=shared, style=styles("14"))
    (tmp_path / "a.csv").write_text("姓名,性别\n甲,男\n", encoding="gbk")
    (tmp_path / "c.rar").write_bytes(b"Rar!\x1a\x07\x00")
    done: list[str] = []
    results = list(read_files(find_files([tmp_path]), jobs=2, on_done=lambda r: done.append(r.file.relative)))
    assert done == ["a.csv", "b.xlsx", "c.rar"]
    for result in results:
        direct = read_one(result.file.path)
        assert (result.sha256, result.format, result.reason, result.notes) == (
            direct.sha256, direct.format, direct.reason, direct.notes,
        )  # fmt: skip
        for one, other in zip(result.grids, direct.grids, strict=True):
            same(one, other)
    assert [g.shape for g in results[1].grids] == [(39, 6), (0, 0)]


def _hand_made(folder: Path) -> None:
    """Files known to end, hang or swell one reader or another."""
    package(
        folder / "corners.xlsx",
        worksheet(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
    )
    package(folder / "count.xlsx", SMALL, shared=strings("<t>a</t>"))
    package(
        folder / "date.xlsx",
        worksheet('<row r="1"><c r="A1" s="1"><v>1e300</v></c></row>'),
        style=styles("14"),
    )
    package(folder / "reference.xlsx", worksheet('<row r="1"><c r="ZZZZ99999999"><v>1</v></c></row>'))
    package(
        folder / "merge.xlsx", worksheet("", tail='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    )
    (folder / "zero.xlsx").write_bytes(b"")
    (folder / "cut.xlsx").write_bytes((folder / "count.xlsx").read_bytes()[:400])
    package(folder / "deep.xlsx", worksheet("<!-- -->" + "<row>" * 100_000))
    package(folder / "many.xlsx", worksheet(SMALL, tail="<mergeCell ref='A1:B2'/>" * 10))
    with zipfile.ZipFile(folder / "names.xlsx", "w") as archive:
        for i in range(30_000):
            archive.writestr(f"xl/{i}", "")


def test_ugly_files_are_results_and_the_rest_goes_on(tmp_path: Path) -> None:
    _hand_made(tmp_path)
    (tmp_path / "~last.csv").write_text("姓名,性别\n甲,男\n", encoding="utf-8")
    results = _read(tmp_path)
    assert results["~last.csv"].grids[0].shape == (2, 2)
    assert cells(results["corners.xlsx"].grids[0]) == {(1, 0): (2, "1"), (1048576, 16383): (2, "1")}
    assert cells(results["date.xlsx"].grids[0]) == {(1, 0): (2, "1e300")}
    assert results["merge.xlsx"].grids[0].merges == ((1, 0, 1048576, 16383),)
    reasons = {k: r.reason for k, r in results.items() if r.reason}
    assert reasons == {
        "zero.xlsx": "empty", "cut.xlsx": "damaged", "deep.xlsx": "damaged", "names.xlsx": "too_many_parts",
        "many.xlsx": "damaged",
    }  # fmt: skip


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with zipfile.ZipFile(package(tmp_path / "a.xlsx", SMALL)) as plain:
            for name in plain.namelist():
                if "sheet1" not in name:
                    archive.writestr(name, plain.read(name))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(SMALL.encode()[:-100])
            for _ in range(300):
                part.write(b" " * MB)
    unpacked: list[bytes] = []
    read = zipfile.ZipExtFile.read
    monkeypatch.setattr(
        zipfile.ZipExtFile, "read", lambda self, n=-1: unpacked.append(read(self, n)) or unpacked[-1]
    )
    result = read_one(tmp_path / "bomb.xlsx")
    assert (result.reason, int(result.detail["size"]) >= 300) == ("bomb", True)
    assert sum(map(len, unpacked)) < MB


_TROUBLE = {
    "abort": "os.abort()",
    "hang": "time.sleep(3600)",
    "exit": "os._exit(3)",
    "kill": "os.kill(os.getpid(), 9)",
    "term": "os.kill(os.getpid(), 15)",
    "noise": "os.write(1, b'x' * 1000)",
    "swell": "bytearray(1 << 40)",
    "panic": "exec('class PanicException(BaseException): pass\\nraise PanicException')",
}


@pytest.fixture
def troubled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that do to themselves what a file's name asks for."""
    from lbt_audit.intake.fence import start

    boot = (
        "import sys, os, time; sys.path[:] = {path!r}; import lbt_audit.intake.files.container as c; old = c.recognise\n"
        f"trouble = {_TROUBLE!r}\n"
        "def recognise(stream, name, limits):\n"
        "    exec(trouble.get(name.split('.')[0], ''))\n"
        "    return old(stream, name, limits)\n"
        "c.recognise = recognise\n"
        "from lbt_audit.intake.fence.worker import main; main()"
    ).replace("{", "{{").replace("}", "}}").replace("{{path!r}}", "{path!r}")  # fmt: skip
    monkeypatch.setattr(start, "_BOOT", boot)


@pytest.mark.usefixtures("troubled")
def test_readers_that_die_hang_or_swell(tmp_path: Path) -> None:
    for name in (*_TROUBLE, "good1", "good2", "zgood"):
        package(tmp_path / f"{name}.xlsx", SMALL)
    (tmp_path / "hang.xlsx").write_bytes(b"")  # its size leaves it two seconds, the others minutes
    results = _read(tmp_path, limits=Limits(seconds=2, seconds_per_mb=500_000))
    reasons = {k.removesuffix(".xlsx"): r.reason for k, r in results.items()}
    assert reasons == {
        "abort": "crashed", "exit": "crashed", "hang": "timeout", "swell": "memory", "panic": "damaged",
        "kill": "killed", "term": "killed", "noise": None, "good1": None, "good2": None, "zgood": None,
    }  # fmt: skip
    assert all(len(r.sha256) == 64 for r in results.values())
    assert results["hang.xlsx"].detail == {"seconds": "2"}


@pytest.mark.parametrize(
    "error", [BlockingIOError(11, "Resource temporarily unavailable"), RuntimeError("can't start new thread")]
)
@pytest.mark.parametrize("what", ["Popen", "Thread"])
def test_where_no_reader_can_be_started_no_file_is_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, error: Exception
) -> None:
    from lbt_audit.intake.fence import pool

    def refuse(*_: object, **__: object) -> None:
        raise error

    package(tmp_path / "a.xlsx", SMALL)
    monkeypatch.setattr(pool.subprocess if what == "Popen" else pool.threading, what, refuse)
    with pytest.raises(type(error)):
        _read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="address space can be limited on Unix only")
def test_memory_is_limited(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{"x" * 30000}</t></is></c></row>'
        for r in range(1, 9000)
    )
    package(tmp_path / "a.xlsx", worksheet(rows))
    package(tmp_path / "b.xlsx", SMALL)
    results = _read(tmp_path, limits=Limits(memory=700 * MB, ratio=10**6))
    assert results["a.xlsx"].reason in ("memory", "crashed")
    assert results["b.xlsx"].reason is None


def test_two_hundred_small_files_need_two_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lbt_audit.intake.fence import pool

    real = pool._Reader
    for i in range(200):
        package(tmp_path / f"{i:03}.xlsx", SMALL)
    readers: list[Limits] = []
    monkeypatch.setattr(pool, "_Reader", lambda limits: readers.append(limits) or real(limits))
    results = _read(tmp_path)
    assert all(r.reason is None for r in results.values()) and len(readers) == 2


def test_leaving_early_ends_the_readers(tmp_path: Path) -> None:
    for i in range(20):
        package(tmp_path / f"{i:03}.xlsx", SMALL)
    files = find_files([tmp_path])
    with Fence(2, Limits()) as fence:
        iterator = fence.read(files)
        next(iterator)
        processes = [r._process for r in fence._readers]
    for process in processes:
        assert process.wait(60) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupt_ends_readers_that_do_not_listen(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    package(tmp_path / "in" / "a.xlsx", SMALL)
    script = (
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in the background
        "from pathlib import Path\nfrom lbt_audit.intake.fence import pool, start\n"
        "from lbt_audit.intake.files.find import find_files\nfrom lbt_audit.intake.read import read_files\n"
        "start._BOOT = 'import os, time; os.write(1, b\"x\"); time.sleep(3600)'\n"
        "class Reader(pool._Reader):\n"
        "    def read(self, file):\n"
        "        assert self._process.stdout.read(1) == b'x'\n"
        "        print('at work', flush=True)\n"
        "        return super().read(file)\n"
        "pool._Reader = Reader\n"
        f"for r in read_files(find_files([Path({str(tmp_path / 'in')!r})]), jobs=2): print('read', flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"at work\n"
        process.send_signal(signal.SIGINT)
        # Ends when the script and the reader, who holds no end of this pipe but waits for its own, are gone.
        assert process.stdout.read() == b""
        assert process.wait() != 0


def test_children_do_without_pandas() -> None:
    script = (
        f"import sys; sys.argv = ['', {worker.arguments(Limits())!r}]\n"
        "import lbt_audit.intake.fence.worker as w\nw._silence = lambda: None\n"
        "try:\n    w.main()\nfinally:\n"
        "    import pyarrow as pa; pa.array([1]); sys.stderr.write(str('pandas' in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], input=b"", capture_output=True, check=False)
    assert done.stderr == b"False"


def test_a_million_rows_quickly(tmp_path: Path) -> None:
    """Reading and understanding them costs about what a bare parser takes to walk through the markup."""
    numbers = np.arange(1, 1_048_577)
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in numbers.tolist())
    markup = worksheet(body)
    path = package(tmp_path / "a.xlsx", markup)
    (result,) = _read(tmp_path).values()
    assert result.grids[0].shape == (1_048_576, 1)
    assert result.grids[0].text[0][1_048_575].as_py() == "1048576"

    def walk() -> None:
        parser = ParserCreate()
        parser.StartElementHandler = lambda *_: None
        parser.CharacterDataHandler = lambda _: None
        parser.Parse(markup, True)

    assert cpu(lambda: read_one(path), 2) < 1.5 * cpu(walk, 2)


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>42075</v></c><c r="C1" t="e"><v>#N/A</v></c></row>'
        * 20
    )
    path = package(
        tmp_path_factory.mktemp("valid") / "a.xlsx",
        worksheet(rows),
        shared=strings("<t>姓名</t>"),
        style=styles("14"),
    )
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(path.with_name("b.xlsx"), "w") as stored:
        for name in archive.namelist():  # stored, so that changed bytes reach the parsers
            stored.writestr(name, archive.read(name))
    return path.with_name("b.xlsx").read_bytes()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), count=st.integers(1, 12), repair=st.booleans())
def test_mutations_never_raise(tmp_path: Path, valid: bytes, seed: int, count: int, repair: bool) -> None:
    """Read without the fence: not even the reader itself may let anything out."""
    chance = random.Random(seed)
    data = bytearray(valid)
    for _ in range(count):
        at = chance.randrange(len(data))
        action = chance.randrange(4)
        if action == 0:
            data[at] = chance.randrange(256)
        elif action == 1:
            del data[at : at + chance.randrange(1, 40)]
        elif action == 2:
            data[at:at] = data[chance.randrange(len(data)) :][: chance.randrange(1, 60)]
        else:
            data[at : at + 4] = struct.pack("<I", chance.choice([0, 2**31, 2**32 - 1]))
    path = tmp_path / "m.xlsx"
    path.write_bytes(_with_right_sums(bytes(data), path) if repair else data)
    result = read_one(path)
    for grid in result.grids:
        cells(grid)


def _with_right_sums(data: bytes, path: Path) -> bytes:
    """Packed again where possible, so that damage gets past the check sums."""
    path.write_bytes(data)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            raw = []
            for entry in filter(lambda e: e.filename, entries):
                start = entry.header_offset + 30 + len(entry.filename.encode())
                raw.append((entry.filename, data[start : start + entry.file_size]))
    except Exception:
        return data
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in raw:
            archive.writestr(name, part)
    return path.read_bytes()


def test_mutations_behind_the_fence(tmp_path: Path, valid: bytes) -> None:
    chance = random.Random(5)
    for i in range(60):
        data = bytearray(valid)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / f"{i:02}.xlsx").write_bytes(data)
    results = _read(tmp_path)
    assert {r.status for r in results.values()} <= {"read", "unreadable", "ignored"}


def test_grids_hold_plain_strings(tmp_path: Path) -> None:
    package(tmp_path / "a.xlsx", SMALL)
    (result,) = read_files([InputFile("a.xlsx", tmp_path / "a.xlsx")], jobs=1)
    assert all(t.type == pa.string() for t in result.grids[0].text)
