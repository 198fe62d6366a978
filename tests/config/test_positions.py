"""Lines of keys in TOML, against documents generated with known lines."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.config.positions import Positions, walk

DOCUMENT = '''\
a = 1  # [x]
b.c = "}"
s = """
d = 1
\\"""
"""
e = \'\'\'
"\'\'\'

"村 = 名" = [
  1, # ]
  [2,
   3],
]
t = {u = 1, v = [
  4, 5]}

[p."q.r"]
w = 2026-10-31

[[k]]
x = 1
[[k]]
x = 2
[[k.n]]
y = 1
[k.m]
z = """a"""""
last = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1), (("b",), 2), (("b", "c"), 2), (("s",), 3), (("e",), 7), (("村 = 名",), 10),
        (("村 = 名", 0), 11), (("村 = 名", 1), 12), (("村 = 名", 1, 1), 13), (("t",), 15), (("t", "u"), 15),
        (("t", "v", 1), 16), (("p", "q.r"), 18), (("p", "q.r", "w"), 19), (("k", 0, "x"), 22),
        (("k", 1, "x"), 24), (("k", 1, "n", 0, "y"), 26), (("k", 1, "m", "z"), 28), (("k", 1, "m", "last"), 29),
        (("k", 1, "nowhere"), 23), (("nowhere",), 1),
    ],
)  # fmt: skip
def test_lines(path: tuple[str | int, ...], line: int) -> None:
    assert Positions(DOCUMENT).line(path) == line


def test_every_path_of_the_document_has_a_line() -> None:
    positions = Positions(DOCUMENT)
    for path in walk(tomllib.loads(DOCUMENT)):
        assert path in positions._lines or not path


_text = st.text("ab\"'\\=[]{}#,.村 \n", max_size=6)


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@given(st.lists(st.tuples(_text, _text, st.booleans()), max_size=8, unique_by=lambda e: e[0]))
def test_generated_documents(entries: list[tuple[str, str, bool]]) -> None:
    text, expected, line = "", {}, 1
    for key, value, many in entries:
        expected[key] = line
        chunk = f"{_literal(key)} = " + (
            f"[\n {_literal(value)}, {{x = {_literal(value)}}}\n]" if many else _literal(value)
        )
        text += chunk + "\n"
        line += chunk.count("\n") + 1
    assert set(tomllib.loads(text)) == set(expected)
    positions = Positions(text)
    assert {key: positions.line((key,)) for key in expected} == expected
