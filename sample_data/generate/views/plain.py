"""What the simple books share."""

from __future__ import annotations

from collections.abc import Iterable

from sample_data.generate.sheet import Book, Column
from sample_data.generate.views.registers import WORKERS


def book(
    kind: str, path: str, unit: str, title: str, columns: Iterable[tuple[str, str]], **facts: str
) -> Book:
    made = Book(kind, path, unit, title, [Column("", header, key) for header, key in columns])
    made.style = {"date": "dot", "since": "dot", "encoding": "gbk", "seed": sum(map(ord, path))}
    made.facts = facts
    return made


def director(township: str, village: str) -> str:
    """The village's officer for children (儿童主任)."""
    at = sum(map(ord, township + village))
    return WORKERS[at % 10] + ("明菊", "朝芬", "国琴", "忠秀")[at % 4]
