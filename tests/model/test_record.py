"""``model.record.dataclass`` is the standard one in everything the program asks of it."""

import copy
import dataclasses
import pickle
from dataclasses import field, replace

import pytest

from lbt_audit.model.record import dataclass


@dataclass(frozen=True)
class Place:
    sheet: str
    row: int = 1
    seen: list[int] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tight:
    sheet: str
    row: int = 1


@dataclass(frozen=True)
class Cell(Place):
    column: int = 0


@dataclass
class Open:
    row: int


@dataclass(frozen=True, eq=False)
class Itself:
    row: int


@dataclass(frozen=True)
class Nothing:
    pass


@dataclass(frozen=True)
class Named:
    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.name.lower() == other.name.lower()

    def __hash__(self) -> int:
        return hash(self.name.lower())

    def __repr__(self) -> str:
        return self.name


@pytest.mark.parametrize("kind", [Place, Tight])
def test_equal_hashed_and_shown_by_its_fields(kind):
    assert kind("花名册") == kind("花名册", 1) != kind("花名册", 2)
    assert len({kind("花名册"), kind("花名册", 1), kind("花名册", 2)}) == 2
    assert repr(kind("花名册")) == f"{kind.__name__}(sheet='花名册', row=1)"
    assert replace(kind("花名册"), row=3) == kind("花名册", 3)
    assert copy.copy(kind("花名册")) == pickle.loads(pickle.dumps(kind("花名册"))) == kind("花名册")


def test_fields_that_are_not_compared_are_neither_compared_nor_hashed():
    assert Place("花名册", 1, [1]) == Place("花名册", 1, [2])
    assert hash(Place("花名册", 1, [1])) == hash(Place("花名册", 1, [2]))
    assert [f.name for f in dataclasses.fields(Place)] == ["sheet", "row", "seen"]


def test_a_kind_is_not_the_kind_it_is_made_of():
    assert Cell("花名册") == Cell("花名册", column=0) != Place("花名册")
    assert repr(Cell("花名册", 2, column=3)) == "Cell(sheet='花名册', row=2, column=3)"


def test_what_may_change_has_no_hash():
    assert Open(1) == Open(1)
    with pytest.raises(TypeError):
        hash(Open(1))


def test_without_equality_each_is_itself():
    assert Itself(1) != Itself(1)
    assert len({Itself(1), Itself(1)}) == 2


def test_what_a_class_says_itself_stands():
    assert Named("A") == Named("a")
    assert hash(Named("A")) == hash(Named("a"))
    assert repr(Named("A")) == "A"
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
